import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError } from '../../../src/core/aws-error.ts'
import { matchesGlob, splitGlob } from '../../../src/services/logs/patterns/glob.ts'
import { compilePattern } from '../../../src/services/logs/patterns/pattern.ts'
import { splitWords } from '../../../src/services/logs/patterns/words.ts'
import { blanks, globExpression, space } from './plain-reading.ts'

describe('terms', () => {
  const word = fc.stringMatching(/^[ab_1ñ]{1,3}$/)
  const phrase = fc.stringMatching(/^[ab "\\-]{0,3}[ab]$/)
  const term = fc.record({
    sign: fc.constantFrom('', '', '?', '-'),
    text: fc.oneof(word, phrase),
  })
  type Term = typeof term extends fc.Arbitrary<infer Value> ? Value : never

  const write = ({ sign, text }: Term): string =>
    `${sign}${/^[\p{L}\p{N}_]+$/u.test(text) ? text : JSON.stringify(text)}`

  const naive = (terms: readonly Term[], message: string): boolean => {
    const holds = ({ text }: Term) => message.includes(text)
    const only = (sign: string) => terms.filter(each => each.sign === sign)
    if (terms.every(({ sign }) => sign === '?')) return terms.length === 0 || terms.some(holds)
    return only('').every(holds) && !only('-').some(holds)
  }

  it('match as read one by one', () => {
    const message = fc.stringMatching(/^[ab_1ñ "\\-]{0,12}$/)
    fc.assert(
      fc.property(fc.array(term, { maxLength: 4 }), message, (terms, text) => {
        expect(compilePattern(terms.map(write).join(' ')).matches(text)).toBe(naive(terms, text))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('wildcards', () => {
  it('match as a regular expression that says the same', () => {
    const text = fc.stringMatching(/^[ab]{0,8}$/)
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*]{0,6}$/), text, (glob, value) => {
        expect(matchesGlob(value, splitGlob(glob))).toBe(globExpression(glob).test(value))
      }),
      { numRuns: 5000 },
    )
  })
})

describe('space-delimited patterns', () => {
  const fieldTest = fc.constantFrom('', '=u', '!=u', '=u*', '>1', '<=1', '=1')
  const word = fc.constantFrom('u', 'uv', 'w', '1', '2', '-')
  const holds = (test: string, own: string): boolean => {
    const number = /^\d+$/.test(own) ? Number(own) : Number.NaN
    const tests: Record<string, boolean> = {
      '': true,
      '=u': own === 'u',
      '!=u': own !== 'u',
      '=u*': own.startsWith('u'),
      '>1': number > 1,
      '<=1': number <= 1,
      '=1': number === 1,
    }
    return tests[test] ?? false
  }

  it('match field by field, with an ellipsis anywhere', () => {
    const fields = fc.array(fieldTest, { minLength: 1, maxLength: 4 })
    const ellipsis = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined })
    const words = fc.array(word, { maxLength: 6 })
    fc.assert(
      fc.property(fields, ellipsis, words, blanks, (tests, place, line, between) => {
        const entries = tests.map((test, index) => `f${index}${test}`)
        const at = place === undefined ? undefined : Math.min(place, entries.length)
        if (at !== undefined) entries.splice(at, 0, '...')
        const pattern = space(
          ['[', ...entries.flatMap((entry, index) => (index > 0 ? [',', entry] : [entry])), ']'],
          between,
        )
        const values =
          at === undefined
            ? [...line.slice(0, tests.length - 1), line.slice(tests.length - 1).join(' ')]
            : [...line.slice(0, at), ...line.slice(line.length - (tests.length - at))]
        const expected =
          line.length >= tests.length && tests.every((test, index) => holds(test, values[index] ?? ''))
        expect(compilePattern(pattern).matches(line.join(' ')), pattern).toBe(expected)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('words of a line', () => {
  const plain = /"([^"]*)"(?=\s|$)|\[([^\]]*)\](?=\s|$)|(\S+)/g

  it('are those that a regular expression finds', () => {
    const line = fc.array(fc.constantFrom('a', '"', '[', ']', ' ', '\t', 'b c'), { maxLength: 12 })
    fc.assert(
      fc.property(line, parts => {
        const text = parts.join('')
        const expected = Array.from(text.matchAll(plain), match => ({
          text: match[1] ?? match[2] ?? match[3],
          start: match.index,
        }))
        expect(splitWords(text)).toEqual(expected)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('any text at all', () => {
  it('is a pattern or is refused as AWS refuses one, and no message breaks it', () => {
    const sign = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '$',
      '.',
      '"',
      '%',
      '&&',
      '||',
      '(',
      ')',
      '=',
      '!=',
      '*',
      '?',
      '-',
      ',',
      '...',
      '\\',
      'a',
      'b1',
      ' ',
      'IS',
      'NULL',
      'NOT',
      'EXISTS',
      'ñ',
      '\n',
      '1e3',
    )
    const pieces = fc.array(sign, { maxLength: 14 }).map(parts => parts.join(''))
    const any = fc.oneof(
      pieces,
      pieces.map(inner => `{ ${inner} }`),
      pieces.map(inner => `[${inner}]`),
      pieces.map(inner => `%${inner}%`),
      fc.string(),
    )
    fc.assert(
      fc.property(any, fc.oneof(fc.string(), fc.json()), (pattern, message) => {
        try {
          expect(typeof compilePattern(pattern).matches(message)).toBe('boolean')
          compilePattern(pattern).extract(message)
        } catch (error) {
          expect(error).toBeInstanceOf(AwsError)
          expect(error).toMatchObject({ code: 'InvalidParameterException' })
        }
      }),
      { numRuns: 10_000 },
    )
  })
})
