import type { Platform } from '../../../cloud/live-part.ts'
import { functionPending, updateInProgress } from '../errors.ts'
import { activationMilliseconds } from '../limits.ts'
import type { Runtime } from '../runtime/runtime.ts'
import type { FunctionVersion, LambdaFunction, LambdaState } from '../state.ts'
import { allVersions } from './find.ts'

/** Brings created and updated versions to where they can run. */
export interface Activations {
  /** Begins; some milliseconds later the version is active, or failed when this machine cannot run it. */
  begin(version: FunctionVersion): void
  /** Begins again what a saved state shows as begun. */
  resume(state: LambdaState): void
  /** Resolves when the version is no longer being created or updated. */
  settled(version: FunctionVersion): Promise<void>
  isIdle(): boolean
  idle(): Promise<void>
  clear(): void
}

/** Creates the work of activating; none is under way. */
export function createActivations(
  platform: Pick<Platform<LambdaState>, 'clock' | 'ids' | 'scheduler'>,
  runtime: Pick<Runtime, 'findProblem'>,
): Activations {
  const underWay = new Map<FunctionVersion, { readonly done: Promise<void>; readonly end: () => void }>()
  const finish = async (version: FunctionVersion): Promise<void> => {
    const problem = await runtime.findProblem(version.settings.runtime)
    version.activation =
      problem === undefined
        ? { state: 'Active', lastUpdate: 'Successful' }
        : { state: 'Failed', reason: problem, lastUpdate: 'Failed' }
    version.revisionId = platform.ids.uuid()
  }
  const begin = (version: FunctionVersion): void => {
    let end = (): void => undefined
    const done = new Promise<void>(resolve => {
      end = resolve
    })
    underWay.set(version, { done, end })
    platform.scheduler.at(platform.clock.now() + activationMilliseconds, () =>
      finish(version).finally(() => {
        underWay.delete(version)
        end()
      }),
    )
  }
  return {
    begin,
    resume: state => {
      for (const owner of state.functions.values())
        for (const version of allVersions(owner)) if (isChanging(version)) begin(version)
    },
    settled: async version => {
      await underWay.get(version)?.done
    },
    isIdle: () => underWay.size === 0,
    idle: async () => {
      await Promise.all([...underWay.values()].map(({ done }) => done))
    },
    clear: () => {
      for (const { end } of underWay.values()) end()
      underWay.clear()
    },
  }
}

function isChanging({ activation }: FunctionVersion): boolean {
  return activation.state === 'Pending' || activation.lastUpdate === 'InProgress'
}

/**
 * Refuses to change a function that is being created or updated.
 * @throws AwsError ResourceConflictException
 */
export function refuseWhileChanging({ arn, latest }: LambdaFunction): void {
  if (latest.activation.state === 'Pending') throw functionPending('Pending')
  if (latest.activation.lastUpdate === 'InProgress') throw updateInProgress(arn)
}
