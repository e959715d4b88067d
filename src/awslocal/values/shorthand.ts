import { resolveFileReference } from './file-reference.ts'

/** What shorthand syntax can say: texts, lists and records of them. */
export type ShorthandValue =
  | string
  | Uint8Array
  | readonly ShorthandValue[]
  | { [key: string]: ShorthandValue }

/** Shorthand syntax that does not parse; the message points at the place. */
export class ShorthandError extends Error {
  override readonly name = 'ShorthandError'
}

const singleQuoted = /^'(?:\\'|[^'])*'/
const doubleQuoted = /^"(?:\\"|[^"])*"/
const wordStart = String.raw`!#-&(-+\--<>-Z\\-z|-\uffff`
/** The first value after `=` may hold further `=`; later ones may not, for there a new key may start. */
const firstValue = new RegExp(String.raw`^(?:\\,|[${wordStart}])(?:\\,|[\s!#-&(-+\--\\\^-|~-\uffff])*`)
const laterValue = new RegExp(String.raw`^(?:\\,|[${wordStart}])(?:\\,|[\s!#-&(-+\--<>-\uffff])*`)
const keyCharacter = /[A-Za-z0-9\-_.#/:]/

/**
 * Parses the AWS CLI's shorthand syntax: `Key=a,Values=[b,c],Nested={X=1},Names=d,e`.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 */
export function parseShorthand(text: string): Record<string, ShorthandValue> {
  return new ShorthandReader(text).readParameter()
}

/** A place in the text; one reader parses one value. */
class ShorthandReader {
  private readonly text: string
  private index = 0
  /** After `@=`: values may be `file://` references. */
  private readsFiles = false

  constructor(text: string) {
    this.text = text
  }

  readParameter(): Record<string, ShorthandValue> {
    const record: Record<string, ShorthandValue> = {}
    let lastIndex = 0
    do {
      if (this.index > 0) this.expect(',')
      const key = this.readKey()
      const value = this.readValues()
      if (Object.hasOwn(record, key)) throw this.duplicateKey(key, lastIndex + 1)
      record[key] = value
      lastIndex = this.index
    } while (!this.atEnd())
    return record
  }

  private readKey(): string {
    const start = this.index
    while (!this.atEnd() && keyCharacter.test(this.current())) this.index++
    const key = this.text.slice(start, this.index)
    this.skipSpace()
    this.readsFiles = this.current() === '@'
    if (this.readsFiles) this.expect('@')
    this.expect('=')
    return key
  }

  private readValues(): ShorthandValue {
    if (this.atEnd()) return ''
    if (this.current() === '[') return this.readList()
    if (this.current() === '{') return this.readRecord()
    return this.readCommaSeparated()
  }

  /** `a` is a text, `a,b` a list; `a,b=c` ends before `b`, which is the next key. */
  private readCommaSeparated(): ShorthandValue {
    const first = this.readFirst()
    this.skipSpace()
    if (this.current() !== ',') return first
    this.expect(',')
    const values = [first]
    for (;;) {
      try {
        const value = this.readLater()
        this.skipSpace()
        const isLast = this.atEnd()
        if (!isLast) this.expect(',')
        values.push(value)
        if (isLast) break
      } catch (error) {
        if (!(error instanceof ShorthandError) || this.atEnd()) throw error
        this.returnToComma()
        break
      }
    }
    return values.length === 1 ? first : values
  }

  private readList(): ShorthandValue {
    this.expect('[')
    const values: ShorthandValue[] = []
    while (this.current() !== ']') {
      values.push(this.readExplicit())
      this.endElement(']')
    }
    this.index++
    return values
  }

  private readRecord(): ShorthandValue {
    this.expect('{')
    const record: Record<string, ShorthandValue> = {}
    while (this.current() !== '}') {
      const key = this.readKey()
      record[key] = this.readExplicit()
      this.endElement('}')
    }
    this.index++
    return record
  }

  private endElement(close: string): void {
    this.skipSpace()
    if (this.current() === close) return
    this.expect(',')
  }

  private readExplicit(): ShorthandValue {
    if (this.current() === '[') return this.readList()
    if (this.current() === '{') return this.readRecord()
    return this.readFirst()
  }

  private readFirst(): string | Uint8Array {
    if (this.current() === "'") return this.readQuoted(singleQuoted, 'singled quoted', "'")
    if (this.current() === '"') return this.readQuoted(doubleQuoted, 'double quoted', '"')
    const match = firstValue.exec(this.text.slice(this.index))
    if (match === null) return ''
    return this.takeWord(match[0])
  }

  private readLater(): string | Uint8Array {
    if (this.current() === "'") return this.readQuoted(singleQuoted, 'singled quoted', "'")
    if (this.current() === '"') return this.readQuoted(doubleQuoted, 'double quoted', '"')
    const match = laterValue.exec(this.text.slice(this.index))
    if (match === null) throw this.unexpected('<second>', '<none>')
    return this.takeWord(match[0])
  }

  private takeWord(word: string): string | Uint8Array {
    this.index += word.length
    return this.resolve(word.replaceAll('\\,', ',').trimEnd())
  }

  private readQuoted(pattern: RegExp, name: string, quote: string): string | Uint8Array {
    const match = pattern.exec(this.text.slice(this.index))
    if (match === null) throw this.unexpected(`<${name}>`, '<none>')
    this.index += match[0].length
    const inner = match[0].slice(1, -1)
    return this.resolve(inner.replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\'))
  }

  private resolve(text: string): string | Uint8Array {
    return this.readsFiles ? resolveFileReference(text) : text
  }

  private expect(character: string): void {
    this.skipSpace()
    if (this.atEnd()) throw this.unexpected(character, 'EOF')
    if (this.current() !== character) throw this.unexpected(character, this.current())
    this.index++
    this.skipSpace()
  }

  private returnToComma(): void {
    while (this.index > 0 && this.text[this.index] !== ',') this.index--
  }

  private skipSpace(): void {
    while (!this.atEnd() && ' \t\n\r\v\f'.includes(this.current())) this.index++
  }

  private current(): string {
    return this.text[this.index] ?? ''
  }

  private atEnd(): boolean {
    return this.index >= this.text.length
  }

  private unexpected(expected: string, received: string): ShorthandError {
    return new ShorthandError(
      `Expected: '${expected}', received: '${received}' for input:\n${this.pointAt(this.index)}`,
    )
  }

  private duplicateKey(key: string, index: number): ShorthandError {
    return new ShorthandError(
      `Second instance of key "${key}" encountered for input:\n${this.pointAt(index)}\n` +
        'This is often because there is a preceding "," instead of a space.',
    )
  }

  /** The text with a caret below the place. */
  private pointAt(index: number): string {
    const nextLine = this.text.indexOf('\n', index)
    const consumed = nextLine === -1 ? this.text : this.text.slice(0, nextLine)
    const remaining = nextLine === -1 ? '' : this.text.slice(nextLine)
    const column = index - 1 - this.text.slice(0, index).lastIndexOf('\n')
    return `${consumed}\n${' '.repeat(column)}^${remaining}`
  }
}
