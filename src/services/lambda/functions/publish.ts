import { putInState } from '../../../cloud/put-in-state.ts'
import type { LambdaContext } from '../operation.ts'
import type { FunctionVersion, LambdaFunction } from '../state.ts'

/** Makes a version of what `$LATEST` is now; when that is what was published last, gives the last one. */
export function publishVersion(
  owner: LambdaFunction,
  { description }: { readonly description?: string | undefined },
  context: LambdaContext,
): FunctionVersion {
  const { latest } = owner
  const last = owner.versions.get(String(owner.lastVersion))
  if (last?.deployment === latest.deployment) return last
  owner.lastVersion += 1
  const number = String(owner.lastVersion)
  const version = putInState<string, FunctionVersion>(owner.versions, number, {
    ...latest,
    version: number,
    settings: { ...latest.settings, ...(description !== undefined && { description }) },
    revisionId: context.ids.uuid(),
    lastModified: context.clock.now(),
  })
  if (version.activation.state === 'Pending' || version.activation.lastUpdate === 'InProgress')
    context.live.activations.begin(version)
  return version
}
