/** Reads a pattern of names as shells write them: `*` any text, `?` one character, `[abc]` and `[!abc]` one of a set. */
export function toPattern(pattern: string): RegExp {
  let source = ''
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern.charAt(index)
    const setEnd = character === '[' ? findSetEnd(pattern, index) : -1
    if (setEnd !== -1) {
      source += toSet(pattern.slice(index + 1, setEnd))
      index = setEnd
    } else if (character === '*') source += '.*'
    else if (character === '?') source += '.'
    else source += character.replace(/[.+^${}()|[\]\\/]/g, '\\$&')
  }
  return new RegExp(`^${source}$`, 'su')
}

/** The index of the bracket that closes a set, or -1: a bracket that comes first is part of it. */
function findSetEnd(pattern: string, start: number): number {
  const first = pattern[start + 1] === '!' ? start + 2 : start + 1
  return pattern.indexOf(']', first + (pattern[first] === ']' ? 1 : 0))
}

function toSet(content: string): string {
  const isNegated = content.startsWith('!')
  const members = (isNegated ? content.slice(1) : content).replace(/[\\\]^[]/g, '\\$&')
  return `[${isNegated ? '^' : ''}${members}]`
}
