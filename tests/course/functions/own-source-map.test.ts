import { SourceMap as NodeSourceMap } from 'node:module'
import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { keepOwnSources } from '../../../src/course/functions/own-source-map.ts'

/** A map of generated columns to lines of `a.ts`, `b.ts` or `c.ts`, as another tool writes it. */
function encode(lines: readonly (readonly Segment[])[]): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const number = (value: number): string => {
    let rest = Math.abs(value) * 2 + (value < 0 ? 1 : 0)
    let text = ''
    do {
      text += digits[(rest % 32) + (rest >= 32 ? 32 : 0)]
      rest = Math.floor(rest / 32)
    } while (rest > 0)
    return text
  }
  let last = { source: 0, line: 0, column: 0 }
  return lines
    .map(segments => {
      let generated = 0
      return segments
        .map(({ at, source, line, column }) => {
          const numbers = [at - generated, source - last.source, line - last.line, column - last.column]
          generated = at
          last = { source, line, column }
          return numbers.map(number).join('')
        })
        .join(',')
    })
    .join(';')
}

interface Segment {
  readonly at: number
  readonly source: number
  readonly line: number
  readonly column: number
}

const segments: fc.Arbitrary<Segment[]> = fc
  .uniqueArray(
    fc.record({
      at: fc.nat(60),
      source: fc.nat(2),
      line: fc.nat(2000),
      column: fc.nat(100),
    }),
    { maxLength: 5, selector: ({ at }) => at },
  )
  .map(list => list.sort((left, right) => left.at - right.at))

it('what is kept leads where it led, and the rest nowhere', () => {
  fc.assert(
    fc.property(fc.array(segments, { maxLength: 8 }), lines => {
      const map = { version: 3, sources: ['a.ts', 'b.ts', 'c.ts'], names: [], mappings: encode(lines) }
      const whole = new NodeSourceMap({ ...map, file: '', sourcesContent: [], sourceRoot: '' })
      const own = keepOwnSources(map, source => (source === 'b.ts' ? undefined : `own/${source}`))
      expect(own.sources).toEqual(['own/a.ts', 'own/c.ts'])
      const read = {
        ...own,
        sources: [...own.sources],
        names: [],
        file: '',
        sourcesContent: [],
        sourceRoot: '',
      }
      const rest = new NodeSourceMap(read)
      for (const [line, list] of lines.entries()) {
        for (const { at } of list) {
          const before = Object(whole.findEntry(line, at))
          const after = Object(rest.findEntry(line, at))
          if (before.originalSource === 'b.ts') expect(after.originalSource).toBeUndefined()
          else {
            expect(after.originalSource).toBe(`own/${before.originalSource}`)
            expect([after.originalLine, after.originalColumn]).toEqual([
              before.originalLine,
              before.originalColumn,
            ])
          }
        }
      }
    }),
    { numRuns: 500 },
  )
})

it('a map that is kept whole stays as it is', () => {
  const code = 'export const doble = (n: number): number => {\n  const dos = 2\n  return n * dos\n}\n'
  const { map } = transformSync(code, { loader: 'ts', sourcemap: true, sourcefile: 'a.ts', minify: true })
  const { sources, names, mappings } = JSON.parse(map)
  expect(keepOwnSources({ sources, names, mappings }, source => source)).toEqual({
    version: 3,
    sources,
    names,
    mappings,
  })
})
