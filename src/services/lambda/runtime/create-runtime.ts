import type { Platform } from '../../../cloud/live-part.ts'
import type { EnvironmentParts } from './environment.ts'
import { Fleet } from './fleet.ts'
import { createLifeline } from './lifeline.ts'
import { maximumEnvironments } from './limits.ts'
import { createPlaces } from './places.ts'
import { findRuntimeProblem } from './problems.ts'
import type { Runtime } from './runtime.ts'
import { createRuntimeApi } from './runtime-api.ts'

/** Creates what runs functions: nothing is started before the first call. */
export function createRuntime(platform: Platform): Runtime {
  const places = createPlaces({ blobs: platform.blobs, id: () => platform.ids.hex(16) })
  const parts: EnvironmentParts = {
    platform,
    places,
    api: createRuntimeApi(),
    lifeline: createLifeline(places.root),
  }
  const newFleet = (): Fleet => new Fleet(parts, maximumEnvironments())
  let fleet = newFleet()
  const end = async (): Promise<void> => {
    const ended = fleet
    fleet = newFleet()
    await ended.close()
    places.clear()
    parts.lifeline.close()
  }
  return {
    invoke: (deployment, invocation) => fleet.invoke(deployment, invocation),
    findProblem: runtime => findRuntimeProblem(runtime, platform.containment),
    retire: functionArn => fleet.retire(functionArn),
    isIdle: () => fleet.isIdle,
    idle: () => fleet.idle(),
    reset: end,
    close: end,
  }
}
