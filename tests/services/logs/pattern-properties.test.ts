import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AwsError } from '../../../src/core/aws-error.ts'
import { matchesGlob, splitGlob } from '../../../src/services/logs/patterns/glob.ts'
import { compilePattern } from '../../../src/services/logs/patterns/pattern.ts'

const blank = fc.constantFrom('', ' ', '  ', '\t')
const blanks = fc.array(blank, { minLength: 60, maxLength: 60 })

/** Joins the tokens of a pattern with blanks where any may stand. */
function space(tokens: readonly string[], between: readonly string[]): string {
  return tokens.map((token, index) => token + (between[index % between.length] ?? '')).join('')
}

/** A regular expression that says what a text with wildcards says, by itself slow and plain. */
function globExpression(text: string): RegExp {
  const pieces = text.split('*').map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^(?:${pieces.join('[\\s\\S]*')})$`)
}

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

type Condition =
  | {
      readonly kind: 'compare'
      readonly path: Path
      readonly operator: string
      readonly operand: string | number
    }
  | { readonly kind: 'is'; readonly path: Path; readonly literal: null | boolean }
  | { readonly kind: 'absent'; readonly path: Path }
type Expression = Condition | { readonly kind: 'all' | 'any'; readonly parts: readonly Expression[] }
type Path = readonly (string | number)[]

describe('JSON patterns', () => {
  const path: fc.Arbitrary<Path> = fc
    .tuple(fc.constantFrom('a', 'b', 'x.y'), fc.array(fc.constantFrom('a', 'b', 0, 1), { maxLength: 2 }))
    .map(([first, rest]) => [first, ...rest])
  const text = fc.constantFrom('u', 'v', 'u*', '*', '1', 'a "q"', '')
  const comparison = fc.oneof(
    fc.record({
      kind: fc.constant('compare' as const),
      path,
      operator: fc.constantFrom('=', '!='),
      operand: text,
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      path,
      operator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
      operand: fc.constantFrom(-1, 0, 1, 1.5, 1e3),
    }),
  )
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    { weight: 3, arbitrary: comparison },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('is' as const),
        path,
        literal: fc.constantFrom(null, true, false),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('absent' as const), path }) },
  )
  const { expression } = fc.letrec<{ expression: Expression }>(tie => ({
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      condition,
      fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        parts: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }),
      }),
    ),
  }))
  const leaf = fc.constantFrom(null, true, false, 'u', 'uv', '1', 'a "q"', '', -1, 0, 1, 1.5, 1000)
  const { value } = fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b'), tie('value'), { maxKeys: 2 }),
    ),
  }))
  const event = fc.dictionary(fc.constantFrom('a', 'b', 'x.y'), value, { maxKeys: 3 })

  function writePath(steps: Path): string {
    return steps.reduce<string>((written, step) => {
      if (typeof step === 'number') return `${written}[${step}]`
      return step.includes('.') ? `${written}['${step}']` : `${written}.${step}`
    }, '$')
  }

  function tokens(part: Expression): string[] {
    switch (part.kind) {
      case 'compare':
        return [writePath(part.path), part.operator, JSON.stringify(part.operand)]
      case 'is':
        return [`${writePath(part.path)} `, 'IS ', String(part.literal).toUpperCase()]
      case 'absent':
        return [`${writePath(part.path)} `, 'NOT ', 'EXISTS']
      default: {
        const operator = part.kind === 'all' ? '&&' : '||'
        return [
          '(',
          ...part.parts.flatMap((each, index) => [...(index > 0 ? [operator] : []), ...tokens(each)]),
          ')',
        ]
      }
    }
  }

  function naive(part: Expression, top: unknown): boolean {
    if ('parts' in part) {
      const holds = (each: Expression) => naive(each, top)
      return part.kind === 'all' ? part.parts.every(holds) : part.parts.some(holds)
    }
    const found = walk(top, part.path)
    if (part.kind === 'absent') return found === undefined
    if (part.kind === 'is') return found === part.literal
    if (typeof found !== 'string' && typeof found !== 'number') return false
    if (typeof part.operand === 'string') {
      return globExpression(part.operand).test(String(found)) === (part.operator === '=')
    }
    const own = typeof found === 'string' && found.trim() === '' ? Number.NaN : Number(found)
    switch (part.operator) {
      case '=':
        return own === part.operand
      case '!=':
        return own !== part.operand
      case '<':
        return own < part.operand
      case '<=':
        return own <= part.operand
      case '>':
        return own > part.operand
      default:
        return own >= part.operand
    }
  }

  function walk(top: unknown, steps: Path): unknown {
    let found = top
    for (const step of steps) {
      const isHolder = typeof found === 'object' && found !== null
      if (!isHolder || Array.isArray(found) !== (typeof step === 'number')) return undefined
      found = (found as Record<string | number, unknown>)[step]
    }
    return found
  }

  it('match as read branch by branch, however they are spaced', () => {
    fc.assert(
      fc.property(expression, event, blanks, (part, top, between) => {
        const pattern = space(['{', ...tokens(part), '}'], between)
        fc.pre(pattern.length <= 1024)
        expect(compilePattern(pattern).matches(JSON.stringify(top)), pattern).toBe(naive(part, top))
      }),
      { numRuns: 3000 },
    )
  })

  it('bind && closer than ||', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 5 }),
        fc.array(fc.boolean()),
        event,
        (parts, ands, top) => {
          const operators = parts.slice(1).map((_, index) => (ands[index] ? '&&' : '||'))
          const pattern = `{ ${parts.map((part, index) => `${index > 0 ? `${operators[index - 1]} ` : ''}${tokens(part).join(' ')}`).join(' ')} }`
          const groups: Condition[][] = [[]]
          for (const [index, part] of parts.entries()) {
            if (index > 0 && operators[index - 1] === '||') groups.push([])
            groups.at(-1)?.push(part)
          }
          const expected = groups.some(group => group.every(part => naive(part, top)))
          expect(compilePattern(pattern).matches(JSON.stringify(top)), pattern).toBe(expected)
        },
      ),
      { numRuns: 1000 },
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
