import type { Blob } from '../../../cloud/blob-store.ts'
import type { Platform } from '../../../cloud/live-part.ts'
import type { LambdaState, StoredZip } from '../state.ts'
import { allCode } from './code-plane.ts'

/** Zips that functions and layers have let go. */
export interface CodeTrash {
  /** Frees those that no function and no layer of any account uses any more, once no call may still read them. */
  discard(codes: readonly StoredZip[]): void
  /** Frees what waits, if no call is at work. */
  sweep(): void
  clear(): void
}

/** Creates an empty one. `isAtWork` tells whether any call is: its environment may still have to be unpacked. */
export function createCodeTrash(
  { blobs, states }: Pick<Platform<LambdaState>, 'blobs' | 'states'>,
  isAtWork: () => boolean,
): CodeTrash {
  const waiting = new Set<Blob>()
  const sweep = (): void => {
    if (waiting.size === 0 || isAtWork()) return
    const used = new Set<Blob>()
    for (const { state } of states()) for (const { blob } of allCode(state)) used.add(blob)
    for (const blob of waiting) if (!used.has(blob)) blobs.remove(blob)
    waiting.clear()
  }
  return {
    discard: codes => {
      for (const { blob } of codes) waiting.add(blob)
      sweep()
    },
    sweep,
    clear: () => waiting.clear(),
  }
}
