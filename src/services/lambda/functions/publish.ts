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
  const version: FunctionVersion = {
    ...latest,
    version: String(owner.lastVersion),
    settings: { ...latest.settings, ...(description !== undefined && { description }) },
    revisionId: context.ids.uuid(),
    lastModified: context.clock.now(),
  }
  owner.versions.set(version.version, version)
  if (version.activation.state === 'Pending' || version.activation.lastUpdate === 'InProgress')
    context.live.activations.begin(version)
  return version
}
