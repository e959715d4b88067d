const cutoff = 0.8
const most = 3

/** The up to three words most like `word`, best first, by the measure of the AWS CLI (Ratcliff and Obershelp, at least 0.8). */
export function closeMatches(word: string, candidates: readonly string[]): readonly string[] {
  return candidates
    .map(candidate => ({ candidate, likeness: measureLikeness(candidate, word) }))
    .filter(({ likeness }) => likeness >= cutoff)
    .sort((a, b) => b.likeness - a.likeness || (a.candidate < b.candidate ? 1 : -1))
    .slice(0, most)
    .map(({ candidate }) => candidate)
}

/** Twice the matching characters over all characters: 1 for equal texts, 0 for nothing in common. */
function measureLikeness(a: string, b: string): number {
  const total = a.length + b.length
  return total === 0 ? 1 : (2 * countMatching(a, b)) / total
}

/** Characters in the longest common block and, by recursion, on both sides of it. */
function countMatching(a: string, b: string): number {
  const block = longestBlock(a, b)
  if (block.length === 0) return 0
  return (
    block.length +
    countMatching(a.slice(0, block.a), b.slice(0, block.b)) +
    countMatching(a.slice(block.a + block.length), b.slice(block.b + block.length))
  )
}

function longestBlock(a: string, b: string): { a: number; b: number; length: number } {
  let best = { a: 0, b: 0, length: 0 }
  let previous = new Array<number>(b.length + 1).fill(0)
  for (let i = 0; i < a.length; i++) {
    const current = new Array<number>(b.length + 1).fill(0)
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue
      const length = (previous[j] ?? 0) + 1
      current[j + 1] = length
      if (length > best.length) best = { a: i - length + 1, b: j - length + 1, length }
    }
    previous = current
  }
  return best
}
