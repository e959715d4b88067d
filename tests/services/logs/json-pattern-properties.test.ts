import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../src/services/logs/patterns/pattern.ts'
import { blanks, globExpression, space } from './plain-reading.ts'

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
