/** A place in a JSON text and what is wrong there. */
class Mistake extends Error {
  readonly index: number

  constructor(message: string, index: number) {
    super(message)
    this.index = index
  }
}

const literal = /(?:true|false|null|NaN|-?Infinity|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y

/** Says what is wrong in a JSON text and where, in the AWS CLI's words (Python's `json`); `undefined` when nothing is. */
export function locateJsonError(text: string): string | undefined {
  try {
    const end = skipSpace(text, skipValue(text, skipSpace(text, 0)))
    if (end < text.length) throw new Mistake('Extra data', end)
    return undefined
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    const before = text.slice(0, error.index)
    const line = before.split('\n').length
    const column = error.index - before.lastIndexOf('\n')
    return `${error.message}: line ${line} column ${column} (char ${error.index})`
  }
}

function skipSpace(text: string, index: number): number {
  let at = index
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at++
  return at
}

function skipValue(text: string, index: number): number {
  const first = text[index]
  if (first === '"') return skipString(text, index)
  if (first === '{') return skipObject(text, index)
  if (first === '[') return skipArray(text, index)
  literal.lastIndex = index
  if (!literal.test(text)) throw new Mistake('Expecting value', index)
  return literal.lastIndex
}

function skipObject(text: string, index: number): number {
  let at = skipSpace(text, index + 1)
  if (text[at] === '}') return at + 1
  for (;;) {
    if (text[at] !== '"') throw new Mistake('Expecting property name enclosed in double quotes', at)
    at = skipSpace(text, skipString(text, at))
    if (text[at] !== ':') throw new Mistake("Expecting ':' delimiter", at)
    at = skipSpace(text, skipValue(text, skipSpace(text, at + 1)))
    if (text[at] === '}') return at + 1
    if (text[at] !== ',') throw new Mistake("Expecting ',' delimiter", at)
    at = skipSpace(text, at + 1)
  }
}

function skipArray(text: string, index: number): number {
  let at = skipSpace(text, index + 1)
  if (text[at] === ']') return at + 1
  for (;;) {
    at = skipSpace(text, skipValue(text, at))
    if (text[at] === ']') return at + 1
    if (text[at] !== ',') throw new Mistake("Expecting ',' delimiter", at)
    at = skipSpace(text, at + 1)
  }
}

function skipString(text: string, index: number): number {
  for (let at = index + 1; at < text.length; at++) {
    const character = text.charAt(at)
    if (character === '"') return at + 1
    if (character < ' ') throw new Mistake('Invalid control character at', at)
    if (character === '\\') at = skipEscape(text, at)
  }
  throw new Mistake('Unterminated string starting at', index)
}

/** Gives the index of the escape's last character. */
function skipEscape(text: string, index: number): number {
  const escaped = text.charAt(index + 1)
  if (escaped === 'u') {
    if (!/^[0-9a-fA-F]{4}$/.test(text.slice(index + 2, index + 6))) {
      throw new Mistake('Invalid \\uXXXX escape', index + 1)
    }
    return index + 5
  }
  if (escaped !== '' && !'"\\/bfnrt'.includes(escaped)) throw new Mistake('Invalid \\escape', index)
  return index + 1
}
