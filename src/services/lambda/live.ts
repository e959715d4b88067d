import type { LivePart, Platform } from '../../cloud/live-part.ts'
import { type Activations, createActivations } from './functions/activations.ts'
import type { Runtime } from './runtime/runtime.ts'
import type { LambdaState } from './state.ts'

/** What Lambda keeps beside its state: processes, and work under way. */
export interface LambdaLive extends LivePart {
  readonly platform: Platform<LambdaState>
  readonly runtime: Runtime
  readonly activations: Activations
}

/** Opens Lambda on a runtime. */
export function openLambda(platform: Platform<LambdaState>, runtime: Runtime): LambdaLive {
  const activations = createActivations(platform, runtime)
  return {
    platform,
    runtime,
    activations,
    isIdle: () => activations.isIdle() && runtime.isIdle(),
    idle: async () => {
      await activations.idle()
      await runtime.idle()
    },
    resume: () => {
      for (const { state } of platform.states()) activations.resume(state)
    },
    reset: async () => {
      activations.clear()
      await runtime.reset()
    },
    close: async () => {
      activations.clear()
      await runtime.close()
    },
  }
}
