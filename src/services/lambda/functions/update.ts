import type { LambdaContext } from '../operation.ts'
import type { FunctionVersion, LambdaFunction } from '../state.ts'

/** Puts other code or settings in the place of `$LATEST`, which is then being updated for some milliseconds. */
export function replaceLatest(
  owner: LambdaFunction,
  change: Partial<Pick<FunctionVersion, 'code' | 'settings'>>,
  { ids, clock, live }: LambdaContext,
): FunctionVersion {
  owner.latest = {
    ...owner.latest,
    ...change,
    deployment: ids.uuid(),
    revisionId: ids.uuid(),
    lastModified: clock.now(),
    activation: { state: 'Active', lastUpdate: 'InProgress' },
  }
  live.activations.begin(owner.latest)
  return owner.latest
}
