/** The texts around the `*` of a text with wildcards, in order: one more than there are wildcards. */
export type Glob = readonly string[]

/** Takes a text with wildcards apart. */
export function splitGlob(text: string): Glob {
  return text.split('*')
}

/** Whether a whole text is what a glob says, `*` being any characters or none; takes linear time. */
export function matchesGlob(text: string, glob: Glob): boolean {
  const [first = '', ...others] = glob
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first) || !text.endsWith(last)) return false
  const end = text.length - last.length
  let at = first.length
  for (const piece of others) {
    const found = text.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return at <= end
}
