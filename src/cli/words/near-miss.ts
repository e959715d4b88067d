import { distance } from 'fastest-levenshtein'

/** Letters that may differ at most, whatever the word's length. */
const mostEdits = 2

/**
 * The known word that was meant perhaps: at most two edits away, and fewer than half of the word's own letters.
 * Of equals, the first one listed.
 */
export function findNearMiss(word: string, known: readonly string[]): string | undefined {
  const tolerance = Math.min(mostEdits, Math.floor((word.length - 1) / 2))
  let best: { word: string; edits: number } | undefined
  for (const candidate of known) {
    const edits = distance(word, candidate)
    if (edits <= tolerance && (best === undefined || edits < best.edits)) best = { word: candidate, edits }
  }
  return best?.word
}
