import { describe, expect, it } from 'vitest'
import { findIdentityPolicyFault } from '../../../src/cloud/policy/identity-faults.ts'
import { locateStatements } from '../../../src/cloud/policy/positions.ts'
import { findResourcePolicyFault, findTrustPolicyFault } from '../../../src/cloud/policy/resource-faults.ts'

const syntax = 'Syntax errors in policy.'
const legacy = 'The policy failed legacy parsing'
const good = { Effect: 'Allow', Action: 's3:*', Resource: '*' }
const document = (statement: unknown, elements: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statement, ...elements })

describe('an identity policy', () => {
  const cases: [what: string, text: string, fault: string | undefined][] = [
    ['valid', document(good), undefined],
    ['valid, several', document([good, { ...good, Sid: 'Dos' }], { Id: 'x' }), undefined],
    ['not JSON', '{', syntax],
    ['a list', '[]', syntax],
    ['null', 'null', syntax],
    ['an unknown element', document(good, { Comment: 'x' }), syntax],
    ['no statement', JSON.stringify({ Version: '2012-10-17' }), syntax],
    ['an empty list of statements', document([]), syntax],
    ['an unknown version', document(good, { Version: '2012-10-18' }), syntax],
    [
      'the old version',
      document(good, { Version: '2008-10-17' }),
      'Policy document must be version 2012-10-17 or greater.',
    ],
    [
      'no version',
      JSON.stringify({ Statement: good }),
      'Policy document must be version 2012-10-17 or greater.',
    ],
    ['an unknown element of a statement', document({ ...good, Actions: 's3:*' }), syntax],
    ['no effect', document({ Action: 's3:*', Resource: '*' }), syntax],
    ['an effect in small letters', document({ ...good, Effect: 'allow' }), legacy],
    ['another effect', document({ ...good, Effect: 'Permit' }), syntax],
    ['Action and NotAction', document({ ...good, NotAction: 's3:*' }), syntax],
    ['an action that is a number', document({ ...good, Action: 1 }), syntax],
    ['an unknown condition operator', document({ ...good, Condition: { StringIs: { a: 'b' } } }), syntax],
    ['a condition that is a text', document({ ...good, Condition: 'x' }), syntax],
    [
      'a date that is none',
      document({ ...good, Condition: { DateLessThan: { 'aws:CurrentTime': 'ayer' } } }),
      legacy,
    ],
    ['a principal', document({ ...good, Principal: '*' }), 'Policy document should not specify a principal.'],
    ['no action', document({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
    ['an empty list of actions', document({ ...good, Action: [] }), 'Policy statement must contain actions.'],
    [
      'no resource',
      document({ Effect: 'Allow', Action: 's3:*' }),
      'Policy statement must contain resources.',
    ],
    [
      'an action without service',
      document({ ...good, Action: 'GetObject' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      'an action with two colons',
      document({ ...good, Action: 's3:Get:Object' }),
      'Actions/Condition can contain only one colon.',
    ],
    ['an odd service', document({ ...good, Action: 's_3:Get' }), 'Vendor s_3 is not valid'],
    [
      'a bucket without ARN',
      document({ ...good, Resource: 'mi-bucket' }),
      'Resource mi-bucket must be in ARN format or "*".',
    ],
    [
      'a partition that is none',
      document({ ...good, Resource: 'arn:xyz:s3:::b' }),
      'Partition "xyz" is not valid for resource "arn:xyz:s3:::b".',
    ],
    [
      'a bucket of a region',
      document({ ...good, Resource: 'arn:aws:s3:us-east-1::b' }),
      'Resource arn:aws:s3:us-east-1::b can not contain region information.',
    ],
    [
      'a role of a region',
      document({ ...good, Resource: 'arn:aws:iam:us-east-1:1:role/x' }),
      'IAM resource arn:aws:iam:us-east-1:1:role/x cannot contain region information.',
    ],
    ['an ARN that is too short', document({ ...good, Resource: 'arn:aws:s3::b' }), legacy],
    [
      'repeated Sids',
      document([
        { ...good, Sid: 'a' },
        { ...good, Sid: 'a' },
      ]),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      'a Sid with blanks',
      document({ ...good, Sid: 'a b' }),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
  ]
  it.each(cases)('%s', (_what, text, fault) => expect(findIdentityPolicyFault(text)).toBe(fault))
})

describe('a trust policy', () => {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const cases: [what: string, text: string, fault: string | undefined][] = [
    ['valid', document(trust), undefined],
    ['without version', JSON.stringify({ Statement: [trust] }), undefined],
    ['not JSON', 'hola', 'This policy contains invalid Json'],
    ['no statement', '{}', 'Missing required field Statement'],
    ['an empty list of statements', document([]), 'Could not parse the policy: Statement is empty!'],
    ['a resource', document({ ...trust, Resource: '*' }), 'Has prohibited field Resource'],
    [
      'no principal',
      document({ Effect: 'Allow', Action: 'sts:AssumeRole' }),
      'Missing required field Principal',
    ],
    ['no action', document({ Effect: 'Allow', Principal: '*' }), 'Missing required field Action'],
    ['an unknown element', document({ ...trust, Foo: 1 }), 'Unknown field Foo'],
    ['an effect in small letters', document({ ...trust, Effect: 'allow' }), 'Invalid effect: allow'],
    [
      'an action of S3',
      document({ ...trust, Action: 's3:GetObject' }),
      'AssumeRole policy may only specify STS AssumeRole actions.',
    ],
    [
      'a service that is none',
      document({ ...trust, Principal: { Service: 'lambda' } }),
      'Invalid principal in policy: "SERVICE":"lambda"',
    ],
    [
      'a user that is not there',
      document({ ...trust, Principal: { AWS: 'arn:aws:iam::111111111111:user/nadie' } }),
      'Invalid principal in policy: "AWS":"arn:aws:iam::111111111111:user/nadie"',
    ],
    [
      'a user that is',
      document({ ...trust, Principal: { AWS: 'arn:aws:iam::111111111111:user/ana' } }),
      undefined,
    ],
    [
      'an account',
      document({ ...trust, Principal: { AWS: ['111111111111', 'arn:aws:iam::222222222222:root'] } }),
      undefined,
    ],
    [
      'an unknown condition operator',
      document({ ...trust, Condition: { StringIs: { a: 'b' } } }),
      'Invalid Condition type : StringIs',
    ],
  ]
  it.each(cases)('%s', (_what, text, fault) =>
    expect(findTrustPolicyFault(text, arn => arn.endsWith('/ana'))).toBe(fault),
  )
})

describe("a resource's policy", () => {
  const rules = {
    prohibited: [],
    required: ['Effect', 'Principal', 'Action', 'Resource'],
    actionFault: (action: string) => (action.startsWith('s3:') ? undefined : 'Policy has invalid action'),
    resourceFault: (resource: string) =>
      resource.startsWith('arn:aws:s3:::b') ? undefined : 'Policy has invalid resource',
    isKnownPrincipal: () => true,
  }
  const statement = { ...good, Principal: '*', Resource: 'arn:aws:s3:::b/*' }
  it.each([
    ['valid', document(statement), undefined],
    [
      'an action of another service',
      document({ ...statement, Action: 'sqs:*' }),
      'Policy has invalid action',
    ],
    [
      'another bucket',
      document({ ...statement, Resource: 'arn:aws:s3:::c/*' }),
      'Policy has invalid resource',
    ],
    ['no resource', document({ ...statement, Resource: undefined }), 'Missing required field Resource'],
  ])('%s', (_what, text, fault) => expect(findResourcePolicyFault(text, rules)).toBe(fault))
})

describe('where statements stand', () => {
  it('counts lines and columns from 1, whatever their texts hold', () => {
    const text =
      '{"Id": "\\"Statement\\": [{",\n "Statement" : [\n  {"Sid": "}{"},\n  {"Condition": {"A": {}}}\n]}'
    expect(locateStatements(text)).toEqual([
      { start: { line: 3, column: 3 }, end: { line: 3, column: 16 } },
      { start: { line: 4, column: 3 }, end: { line: 4, column: 27 } },
    ])
  })

  it('finds a statement that is no list', () => {
    expect(locateStatements('{"Statement":{"Sid":"x"}}')).toEqual([
      { start: { line: 1, column: 14 }, end: { line: 1, column: 25 } },
    ])
  })
})
