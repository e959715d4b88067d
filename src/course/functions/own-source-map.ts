/** A source map as esbuild writes it. https://tc39.es/ecma426/ */
export interface SourceMap {
  readonly sources: readonly string[]
  readonly names: readonly string[]
  readonly mappings: string
}

/** Digits of the mappings' numbers: five bits each and one that says that more follow. */
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const digitBits = 5
const moreFlag = 1 << digitBits

const digitValues = new Uint8Array(128)
for (const [value, digit] of [...digits].entries()) digitValues[digit.charCodeAt(0)] = value

/** The running values that each number of a segment is a difference to. */
interface Position {
  source: number
  line: number
  column: number
  name: number
}

/**
 * Keeps of a source map only what is about some sources, renamed; the rest of the code maps to nothing. A bundle's packages
 * make most of its map, and nobody's stack needs their lines.
 * @param rename the new name of a source, or `undefined` for one to leave out
 */
export function keepOwnSources(
  map: SourceMap,
  rename: (source: string) => string | undefined,
): SourceMap & { readonly version: 3 } {
  const kept = map.sources.flatMap((source, index) => {
    const name = rename(source)
    return name === undefined ? [] : [{ index, name }]
  })
  const newIndex = new Map(kept.map(({ index }, position) => [index, position]))
  const mappings = rewriteMappings(map.mappings, source => newIndex.get(source))
  return { version: 3, sources: kept.map(({ name }) => name), names: map.names, mappings }
}

function rewriteMappings(mappings: string, indexOf: (source: number) => number | undefined): string {
  const read: Position = { source: 0, line: 0, column: 0, name: 0 }
  const written: Position = { source: 0, line: 0, column: 0, name: 0 }
  let isMapped = false
  const rewriteLine = (line: string): string => {
    let readColumn = 0
    let writtenColumn = 0
    const segments: string[] = []
    for (const segment of line === '' ? [] : line.split(',')) {
      const [column = 0, ...place] = decodeNumbers(segment)
      readColumn += column
      advance(read, place)
      const source = place.length === 0 ? undefined : indexOf(read.source)
      // What follows a mapped piece of code would count as part of it, if nothing said where it ends.
      if (source === undefined && !isMapped) continue
      const numbers = [readColumn - writtenColumn]
      if (source !== undefined) numbers.push(...difference(written, { ...read, source }, place.length))
      segments.push(numbers.map(encodeNumber).join(''))
      writtenColumn = readColumn
      isMapped = source !== undefined
    }
    return segments.join(',')
  }
  const lines = mappings.split(';').map(rewriteLine)
  // Node reads a segment without a place wrongly where the map ends with it.
  return `${lines.join(';')}${isMapped ? '' : ';'}`
}

function advance(position: Position, [source = 0, line = 0, column = 0, name = 0]: readonly number[]): void {
  position.source += source
  position.line += line
  position.column += column
  position.name += name
}

/** The numbers of a segment that leads from where the last one was written to `next`, which is where it then stands. */
function difference(last: Position, next: Position, count: number): number[] {
  const numbers = [next.source - last.source, next.line - last.line, next.column - last.column]
  Object.assign(last, { source: next.source, line: next.line, column: next.column })
  if (count <= numbers.length) return numbers
  numbers.push(next.name - last.name)
  last.name = next.name
  return numbers
}

function decodeNumbers(segment: string): number[] {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (let index = 0; index < segment.length; index++) {
    const digit = digitValues[segment.charCodeAt(index)] ?? 0
    value |= (digit & (moreFlag - 1)) << shift
    shift += digitBits
    if ((digit & moreFlag) !== 0) continue
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1)
    value = 0
    shift = 0
  }
  return numbers
}

function encodeNumber(number: number): string {
  let rest = number < 0 ? (-number << 1) | 1 : number << 1
  let text = ''
  do {
    const digit = rest & (moreFlag - 1)
    rest >>>= digitBits
    text += digits[rest > 0 ? digit | moreFlag : digit]
  } while (rest > 0)
  return text
}
