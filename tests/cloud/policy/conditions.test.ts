// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so
import { describe, expect, it } from 'vitest'
import type { ContextFacts } from '../../../src/cloud/policy/context-keys.ts'
import { allow, outcomeOf } from './asking.ts'

type Case = readonly [
  operator: string,
  written: unknown,
  value: string | string[] | undefined,
  holds: boolean,
]

const cases: readonly Case[] = [
  ['StringEquals', 'uno', 'uno', true],
  ['StringEquals', 'uno', 'Uno', false],
  ['StringEquals', ['uno', 'dos'], 'dos', true],
  ['StringEquals', 'u*', 'uno', false],
  ['StringEquals', 'u*', 'u*', true],
  ['StringEquals', 'uno', undefined, false],
  ['StringNotEquals', ['uno', 'dos'], 'dos', false],
  ['StringNotEquals', ['uno', 'dos'], 'tres', true],
  ['StringNotEquals', 'uno', undefined, true],
  ['StringEqualsIgnoreCase', 'UNO', 'uno', true],
  ['StringNotEqualsIgnoreCase', 'UNO', 'uno', false],
  ['StringLike', 'raw/*', 'raw/a/b', true],
  ['StringLike', 'raw/?', 'raw/ab', false],
  ['StringLike', 'RAW/*', 'raw/a', false],
  ['StringNotLike', 'raw/*', 'processed/a', true],
  ['NumericEquals', '10', '10.0', true],
  ['NumericEquals', 10, '10', true],
  ['NumericNotEquals', '10', '11', true],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', '10', 'diez', false],
  ['NumericGreaterThanEquals', '10', '10', true],
  ['DateLessThan', '2026-01-01T00:00:00Z', '2025-12-31T23:59:59Z', true],
  ['DateGreaterThan', '2026-01-01', '1767225601', true],
  ['DateEquals', '1767225600', '2026-01-01T00:00:00Z', true],
  ['DateNotEquals', '1767225600', '2026-01-01T00:00:00Z', false],
  ['DateLessThanEquals', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z', true],
  ['DateGreaterThanEquals', '2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z', false],
  ['Bool', 'true', 'TRUE', true],
  ['Bool', false, 'true', false],
  ['Bool', 'true', undefined, false],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ4', false],
  ['IpAddress', '203.0.113.0/24', '203.0.113.7', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.7', false],
  ['IpAddress', '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', '203.0.113.7', '::ffff:203.0.113.7', true],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
  ['IpAddress', '2001:db8::/32', '203.0.113.7', false],
  ['IpAddress', 'nada', '203.0.113.7', false],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
  ['ArnEquals', 'arn:aws:s3:::b', 'arn:aws:s3:::b', true],
  ['ArnLike', 'arn:aws:s3:*:*:b*', 'arn:aws:s3:::barca', true],
  ['ArnLike', 'arn:aws:s3:*:b', 'arn:aws:s3:us-east-1:1:b', false],
  ['ArnLike', 'arn:*:x', 'arn:aws:s3:::x', false],
  ['ArnLike', '*', 'arn:aws:s3:::x', true],
  ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::c', true],
  ['ArnNotEquals', 'arn:aws:s3:::b', 'arn:aws:s3:::b', false],
  ['Null', 'true', undefined, true],
  ['Null', 'true', 'x', false],
  ['Null', 'false', 'x', true],
  ['Null', 'false', undefined, false],
  ['StringEqualsIfExists', 'uno', undefined, true],
  ['StringEqualsIfExists', 'uno', 'dos', false],
  ['BoolIfExists', 'true', undefined, true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'b'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'y'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], undefined, false],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'y'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'x'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
  ['ForAllValues:StringNotLike', ['a*'], ['b', 'c'], true],
  ['ForAllValues:StringNotLike', ['a*'], ['b', 'ab'], false],
]

function question(value: string | string[] | undefined): { keys: ContextFacts } {
  return { keys: { 'Clave:Una': value } }
}

describe('the condition operators', () => {
  it.each(cases)('%s %j on %j is %j', (operator, written, value, holds) => {
    const statement = allow({ Condition: { [operator]: { 'clave:una': written } } })
    expect(outcomeOf(statement, question(value))).toBe(holds ? 'allowed' : 'implicitDeny')
  })

  it('all hold, or the statement does not apply', () => {
    const statement = allow({
      Condition: { StringEquals: { 'clave:una': 'uno', 'clave:dos': 'dos' }, Bool: { 'clave:tres': 'true' } },
    })
    const keys = { 'clave:una': 'uno', 'clave:dos': 'dos', 'clave:tres': 'true' }
    expect(outcomeOf(statement, { keys })).toBe('allowed')
    expect(outcomeOf(statement, { keys: { ...keys, 'clave:tres': 'false' } })).toBe('implicitDeny')
    expect(outcomeOf(statement, { keys: { ...keys, 'clave:dos': 'x' } })).toBe('implicitDeny')
  })
})

describe('policy variables', () => {
  const home = allow({ Resource: 'arn:aws:s3:::b/casa/${aws:username}/*' })

  it('take the value of the request', () => {
    const keys = { 'aws:username': 'ana' }
    expect(outcomeOf(home, { keys, resource: 'arn:aws:s3:::b/casa/ana/x' })).toBe('allowed')
    expect(outcomeOf(home, { keys, resource: 'arn:aws:s3:::b/casa/eva/x' })).toBe('implicitDeny')
  })

  it('hold no wildcards, whatever their value', () => {
    const keys = { 'aws:username': '*' }
    expect(outcomeOf(home, { keys, resource: 'arn:aws:s3:::b/casa/ana/x' })).toBe('implicitDeny')
    expect(outcomeOf(home, { keys, resource: 'arn:aws:s3:::b/casa/*/x' })).toBe('allowed')
  })

  it('without a value fit nothing, unless they have a default', () => {
    expect(outcomeOf(home, { resource: 'arn:aws:s3:::b/casa//x' })).toBe('implicitDeny')
    const statement = allow({ Resource: "arn:aws:s3:::b/${aws:PrincipalTag/equipo, 'nadie'}/*" })
    expect(outcomeOf(statement, { resource: 'arn:aws:s3:::b/nadie/x' })).toBe('allowed')
    const keys = { 'aws:PrincipalTag/Equipo': 'datos' }
    expect(outcomeOf(statement, { keys, resource: 'arn:aws:s3:::b/datos/x' })).toBe('allowed')
    expect(outcomeOf(statement, { keys, resource: 'arn:aws:s3:::b/nadie/x' })).toBe('implicitDeny')
  })

  it('write the special characters themselves', () => {
    const statement = allow({ Resource: 'arn:aws:s3:::b/${*}${?}${$}*' })
    expect(outcomeOf(statement, { resource: 'arn:aws:s3:::b/*?$x' })).toBe('allowed')
    expect(outcomeOf(statement, { resource: 'arn:aws:s3:::b/abcx' })).toBe('implicitDeny')
  })

  it('are plain text in documents of 2008', () => {
    const keys = { 'aws:username': 'ana' }
    const resource = 'arn:aws:s3:::b/casa/ana/x'
    expect(outcomeOf(home, { keys, resource }, '2008-10-17')).toBe('implicitDeny')
    const literal = 'arn:aws:s3:::b/casa/${aws:username}/x'
    expect(outcomeOf(home, { keys, resource: literal }, '2008-10-17')).toBe('allowed')
  })

  it('work in conditions', () => {
    const statement = allow({ Condition: { StringLike: { 's3:prefix': 'casa/${aws:username}/*' } } })
    const keys = { 'aws:username': 'ana', 's3:prefix': 'casa/ana/fotos' }
    expect(outcomeOf(statement, { keys })).toBe('allowed')
    expect(outcomeOf(statement, { keys: { ...keys, 'aws:username': 'eva' } })).toBe('implicitDeny')
  })
})
