// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createContextKeys } from '../../../src/cloud/policy/context-keys.ts'
import { decide } from '../../../src/cloud/policy/decide.ts'
import { parsePolicy } from '../../../src/cloud/policy/policy.ts'
import type { Principal } from '../../../src/cloud/policy/principal.ts'
import { ana, session } from './asking.ts'
import { type ModelRequest, type ModelStatement, modelDecision } from './naive-model.ts'

const action = fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage')
const actionPattern = fc.constantFrom('s3:*', 'S3:get*', '*', 'sqs:SendMessage', 's3:???Object', 'sqs:Send')
const resource = fc.constantFrom('arn:aws:s3:::b', 'arn:aws:s3:::b/ana/k', 'arn:aws:sqs:us-east-1:1:c', '*')
const resourcePattern = fc.constantFrom(
  '*',
  'arn:aws:s3:::b',
  'arn:aws:s3:::b/*',
  'arn:aws:s3:::b/${aws:username}/*',
  'arn:aws:s3:::?',
  'arn:aws:*:*:*:*',
  'arn:aws:sqs:*:c',
  "arn:aws:s3:::b/${no:hay, 'ana'}/?",
  'arn:aws:s3:::b/${no:hay}/k',
)
const principal = fc.constantFrom<unknown>(
  '*',
  { AWS: '*' },
  { AWS: '111111111111' },
  { AWS: 'arn:aws:iam::111111111111:user/ana' },
  { AWS: ['arn:aws:iam::111111111111:role/lector', '222222222222'] },
  { AWS: 'arn:aws:sts::111111111111:assumed-role/lector/s1' },
  { Service: 'lambda.amazonaws.com' },
)
const conditionValues = fc.uniqueArray(
  fc.constantFrom('ana', 'a*', '?va', '10', '9', 'true', '${aws:username}'),
  {
    minLength: 1,
    maxLength: 3,
  },
)
const operator = fc
  .tuple(
    fc.constantFrom('', 'ForAnyValue:', 'ForAllValues:'),
    fc.constantFrom(
      'StringEquals',
      'StringNotEquals',
      'StringLike',
      'StringNotLike',
      'NumericLessThan',
      'Bool',
    ),
    fc.constantFrom('', 'IfExists'),
  )
  .map(parts => parts.join(''))
const conditionKey = fc.constantFrom('aws:username', 'AWS:UserName', 'etiquetas', 'no:hay')
const condition = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  {
    weight: 3,
    arbitrary: fc.dictionary(operator, fc.dictionary(conditionKey, conditionValues, { maxKeys: 2 }), {
      maxKeys: 2,
    }),
  },
)
const oneOrList = (arbitrary: fc.Arbitrary<string>) =>
  fc.oneof(arbitrary, fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3 }))

const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    action: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), oneOrList(actionPattern)),
    resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), oneOrList(resourcePattern)),
    Condition: condition,
  })
  .map(
    parts =>
      ({
        Effect: parts.Effect,
        [parts.action[0]]: parts.action[1],
        [parts.resource[0]]: parts.resource[1],
        ...(parts.Condition && { Condition: parts.Condition }),
      }) as ModelStatement,
  )
const statements = fc.array(statement, { minLength: 1, maxLength: 3 })
const resourceStatements = fc.array(
  fc
    .tuple(statement, fc.constantFrom('Principal', 'Principal', 'NotPrincipal'), principal)
    .map(([each, name, value]) => ({ ...each, [name]: value })),
  { minLength: 1, maxLength: 2 },
)
const caller = fc.constantFrom<Principal>(
  ana,
  session,
  { kind: 'service', name: 'lambda.amazonaws.com' },
  { kind: 'anonymous' },
)
const request: fc.Arbitrary<ModelRequest> = fc.record({
  principal: caller,
  action,
  resource,
  keys: fc.record(
    {
      'aws:username': fc.constantFrom('ana', 'eva', '9'),
      etiquetas: fc.uniqueArray(fc.constantFrom('ana', 'eva', '9', '11', 'true'), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
})
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const world = fc.record({
  identity: fc.array(statements, { maxLength: 2 }),
  boundary: optional(statements),
  session: optional(statements),
  resource: optional(resourceStatements),
  resourceAccountId: fc.constantFrom('111111111111', '222222222222'),
})

function named(written: readonly ModelStatement[]) {
  return { id: 'p', policy: parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: written })) }
}

describe('the evaluator', () => {
  it('decides as a model that reads the rules one by one', () => {
    const seen = new Map<string, number>()
    fc.assert(
      fc.property(request, world, (asked, policies) => {
        const decision = decide(
          { ...asked, keys: createContextKeys(asked.keys) },
          {
            identity: policies.identity.map(named),
            boundary: policies.boundary && named(policies.boundary),
            session: policies.session && [named(policies.session)],
            resource: policies.resource && named(policies.resource),
            resourceAccountId: policies.resourceAccountId,
          },
        )
        seen.set(decision.outcome, (seen.get(decision.outcome) ?? 0) + 1)
        expect(decision.outcome).toBe(modelDecision(asked, policies))
      }),
      { numRuns: 5000 },
    )
    for (const outcome of ['allowed', 'explicitDeny', 'implicitDeny'])
      expect(seen.get(outcome), outcome).toBeGreaterThan(200)
  })
})
