import type { LambdaLive } from '../live.ts'
import type { StoredZip } from '../state.ts'
import { allCode } from './code-plane.ts'

/** Frees zips that no function and no layer of any account uses any more. */
export function releaseCode(candidates: readonly StoredZip[], { platform }: LambdaLive): void {
  const used = new Set<StoredZip['blob']>()
  for (const { state } of platform.states()) for (const { blob } of allCode(state)) used.add(blob)
  for (const blob of new Set(candidates.map(({ blob }) => blob)))
    if (!used.has(blob)) platform.blobs.remove(blob)
}
