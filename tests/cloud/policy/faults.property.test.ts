// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createContextKeys } from '../../../src/cloud/policy/context-keys.ts'
import { decide } from '../../../src/cloud/policy/decide.ts'
import { findIdentityPolicyFault } from '../../../src/cloud/policy/identity-faults.ts'
import { parsePolicy } from '../../../src/cloud/policy/policy.ts'
import { locateStatements } from '../../../src/cloud/policy/positions.ts'
import { findTrustPolicyFault } from '../../../src/cloud/policy/resource-faults.ts'
import { ana } from './asking.ts'

const odd = fc.constantFrom<unknown>(null, 0, true, '', 'x', [], {}, [null], { a: null })

/** Mostly what a policy may hold there, sometimes what it may not. */
function mostly(right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: odd })
}

function oneOrList(...values: readonly string[]): fc.Arbitrary<unknown> {
  const one = fc.constantFrom(...values)
  return mostly(fc.oneof(one, fc.array(mostly(one), { minLength: 1, maxLength: 2 })))
}

const condition = fc.dictionary(
  fc.constantFrom('StringLike', 'DateLessThan', 'Null', 'ForAnyValue:IpAddress', 'NumericEqualsIfExists'),
  mostly(
    fc.dictionary(fc.constantFrom('aws:username', 'x'), oneOrList('2026-01-01', '1', '*'), { maxKeys: 2 }),
  ),
  { maxKeys: 2 },
)
const common = {
  Sid: mostly(fc.constantFrom('a', 'b', 'c')),
  Effect: mostly(fc.constantFrom('Allow', 'Deny')),
  Condition: mostly(condition),
}
const principals = fc.dictionary(
  fc.constantFrom('AWS', 'Service'),
  oneOrList('*', '111111111111', 'lambda.amazonaws.com'),
  { maxKeys: 2 },
)
const statements = {
  identity: fc.record(
    {
      ...common,
      Action: oneOrList('s3:*', '*', 'sqs:Send?'),
      Resource: oneOrList('*', 'arn:aws:s3:::b', 'arn:aws:s3:::b/${aws:username}'),
    },
    { requiredKeys: ['Effect', 'Action', 'Resource'] },
  ),
  trust: fc.record(
    { ...common, Action: oneOrList('sts:AssumeRole', 'sts:*'), Principal: mostly(principals) },
    { requiredKeys: ['Effect', 'Action', 'Principal'] },
  ),
}

function documentOf(statement: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const Statement = mostly(fc.oneof(statement, fc.array(mostly(statement), { minLength: 1, maxLength: 2 })))
  const document = fc.record(
    { Version: mostly(fc.constant('2012-10-17')), Id: mostly(fc.constant('id')), Statement },
    { requiredKeys: ['Version', 'Statement'] },
  )
  return document.map(value => JSON.stringify(value))
}

const request = {
  principal: ana,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b',
  keys: createContextKeys({ 'aws:username': 'ana' }),
}

describe.each([
  ['an identity policy', documentOf(statements.identity), findIdentityPolicyFault],
  ['a trust policy', documentOf(statements.trust), (text: string) => findTrustPolicyFault(text, () => true)],
])('%s', (_what, document, findFault) => {
  it('that is valid can be decided by; one that is not is told why', () => {
    let valid = 0
    fc.assert(
      fc.property(document, written => {
        const fault = findFault(written)
        expect(fault).not.toBe('')
        if (fault !== undefined) return
        valid += 1
        const policy = parsePolicy(written)
        decide(request, { identity: [{ id: 'p', policy }], resource: { id: 'r', policy } })
        expect(locateStatements(written)).toHaveLength(policy.statements.length)
      }),
      { numRuns: 5000 },
    )
    expect(valid).toBeGreaterThan(200)
  })

  it('of any text is answered', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), written => {
        expect(typeof findFault(written)).toBe('string')
      }),
      { numRuns: 2000 },
    )
  })
})
