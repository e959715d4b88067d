import { describe, expect, it } from 'vitest'
import { allow, ana, ask, outcomeOf, policyOf, session } from './asking.ts'

describe('actions', () => {
  it.each([
    ['s3:GetObject', 'allowed'],
    ['S3:getobject', 'allowed'],
    ['s3:Get*', 'allowed'],
    ['s3:Ge?Object', 'allowed'],
    ['*', 'allowed'],
    ['s3:GetObjectAcl', 'implicitDeny'],
    ['s3:Put*', 'implicitDeny'],
    ['s3:Get', 'implicitDeny'],
  ])('%s: %s', (Action, outcome) => expect(outcomeOf(allow({ Action }))).toBe(outcome))

  it('NotAction is every other action', () => {
    expect(outcomeOf({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })).toBe('allowed')
    expect(outcomeOf({ Effect: 'Allow', NotAction: ['s3:*', 'iam:*'], Resource: '*' })).toBe('implicitDeny')
  })
})

describe('resources', () => {
  it.each([
    ['arn:aws:s3:::b/k', 'allowed'],
    ['arn:aws:s3:::b/*', 'allowed'],
    ['arn:aws:s3:::*', 'allowed'],
    ['arn:aws:s3:::?/k', 'allowed'],
    ['arn:aws:s3', 'allowed'],
    ['arn:*:s3:*:*:b/*', 'allowed'],
    ['arn:aws:s3:::b', 'implicitDeny'],
    ['arn:aws:s3:::B/k', 'implicitDeny'],
    ['arn:aws:*:b/k', 'implicitDeny'],
    ['arn:aws:sqs:::b/k', 'implicitDeny'],
  ])('%s: %s', (Resource, outcome) => expect(outcomeOf(allow({ Resource }))).toBe(outcome))

  it('the last part of an ARN may hold colons', () => {
    const resource = 'arn:aws:lambda:us-east-1:111111111111:function:f:PROD'
    expect(
      outcomeOf(allow({ Resource: 'arn:aws:lambda:us-east-1:111111111111:function:*' }), { resource }),
    ).toBe('allowed')
    expect(outcomeOf(allow({ Resource: 'arn:aws:lambda:us-east-1:*:function:f' }), { resource })).toBe(
      'implicitDeny',
    )
  })

  it('NotResource is every other resource', () => {
    expect(outcomeOf({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::b/*' })).toBe('implicitDeny')
    expect(outcomeOf({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::c/*' })).toBe('allowed')
  })
})

describe('a decision', () => {
  it('is a refusal without a policy, and names what is missing', () => {
    expect(ask({}, {})).toEqual({ outcome: 'implicitDeny', missing: 'identity' })
  })

  it('names the statements that decided', () => {
    const policy = policyOf([allow({ Sid: 'Uno' }), { ...allow(), Effect: 'Deny', Sid: 'Dos' }])
    const decision = ask({}, { identity: [policy] })
    expect(decision).toMatchObject({
      outcome: 'explicitDeny',
      by: [{ layer: 'identity', policyId: 'p', statement: { sid: 'Dos', index: 1 } }],
    })
  })

  it('is a refusal where the boundary or the session does not allow, or anything denies', () => {
    const identity = [policyOf(allow())]
    const only = policyOf(allow({ Action: 'sqs:*' }))
    const deny = policyOf({ ...allow(), Effect: 'Deny' })
    expect(ask({}, { identity, boundary: only })).toEqual({ outcome: 'implicitDeny', missing: 'boundary' })
    expect(ask({}, { identity, session: [only] })).toEqual({ outcome: 'implicitDeny', missing: 'session' })
    expect(ask({}, { identity, boundary: policyOf(allow()), session: identity }).outcome).toBe('allowed')
    expect(ask({}, { identity: [], boundary: policyOf(allow()) }).outcome).toBe('implicitDeny')
    for (const layer of ['boundary', 'resource'] as const)
      expect(ask({}, { identity, [layer]: deny }).outcome).toBe('explicitDeny')
  })
})

describe("a resource's policy", () => {
  const named = (Principal: unknown) => policyOf(allow({ Principal }))
  const own = policyOf(allow())
  const nothing = policyOf(allow({ Action: 'sqs:*' }))
  const role = 'arn:aws:iam::111111111111:role/lector'

  it.each([
    ['*', 'allowed'],
    [{ AWS: '*' }, 'allowed'],
    [{ AWS: ana.kind === 'aws' ? ana.arn : '' }, 'allowed'],
    [{ AWS: '111111111111' }, 'implicitDeny'],
    [{ AWS: 'arn:aws:iam::111111111111:root' }, 'implicitDeny'],
    [{ AWS: 'arn:aws:iam::111111111111:user/eva' }, 'implicitDeny'],
    [{ Service: 's3.amazonaws.com' }, 'implicitDeny'],
  ])('of the same account gives by itself to %j: %s', (principal, outcome) => {
    expect(ask({}, { resource: named(principal) }).outcome).toBe(outcome)
  })

  it('gives to a role only within its boundary, to a session beyond it', () => {
    const boundary = nothing
    expect(ask({ principal: session }, { resource: named({ AWS: role }) }).outcome).toBe('allowed')
    expect(ask({ principal: session }, { resource: named({ AWS: role }), boundary }).outcome).toBe(
      'implicitDeny',
    )
    const itself = named({ AWS: 'arn:aws:sts::111111111111:assumed-role/lector/s1' })
    expect(ask({ principal: session }, { resource: itself, boundary }).outcome).toBe('allowed')
  })

  it('of another account gives only together with the own policies', () => {
    const resourceAccountId = '222222222222'
    const resource = named({ AWS: '111111111111' })
    expect(ask({}, { resource, resourceAccountId })).toEqual({ outcome: 'implicitDeny', missing: 'identity' })
    expect(ask({}, { identity: [own], resourceAccountId })).toEqual({
      outcome: 'implicitDeny',
      missing: 'resource',
    })
    expect(ask({}, { identity: [own], resource, resourceAccountId }).outcome).toBe('allowed')
    expect(ask({}, { resource: named('*'), resourceAccountId }).outcome).toBe('implicitDeny')
  })

  it('gives nothing where it may only deny', () => {
    const resourceAccountId = '222222222222'
    const asked = { identity: [own], resourceAccountId, isResourceDenyOnly: true }
    const missing = { outcome: 'implicitDeny', missing: 'resource' }
    expect(ask({}, { ...asked, resource: named({ AWS: '111111111111' }) })).toEqual(missing)
    expect(ask({}, { ...asked, resource: named('*'), granted: 'account' }).outcome).toBe('allowed')
  })

  it('has an access control list beside it, which gives as it does', () => {
    const resourceAccountId = '222222222222'
    expect(ask({}, { identity: [own], granted: 'account', resourceAccountId }).outcome).toBe('allowed')
    expect(ask({}, { granted: 'everyone', resourceAccountId })).toEqual({
      outcome: 'implicitDeny',
      missing: 'identity',
    })
    const anonymous = { principal: { kind: 'anonymous' } } as const
    expect(ask(anonymous, { granted: 'everyone', resourceAccountId }).outcome).toBe('allowed')
    expect(ask(anonymous, { resourceAccountId })).toEqual({ outcome: 'implicitDeny', missing: 'resource' })
  })

  it('is all that a service, a federated or an unknown caller has', () => {
    const lambda = { kind: 'service', name: 'lambda.amazonaws.com' } as const
    expect(ask({ principal: lambda }, { resource: named({ Service: 'lambda.amazonaws.com' }) }).outcome).toBe(
      'allowed',
    )
    expect(ask({ principal: lambda }, { resource: named({ Service: 's3.amazonaws.com' }) })).toEqual({
      outcome: 'implicitDeny',
      missing: 'resource',
    })
    expect(ask({ principal: lambda }, { resource: named({ AWS: '*' }) }).outcome).toBe('implicitDeny')
    const saml = { kind: 'federated', id: 'cognito-identity.amazonaws.com' } as const
    expect(
      ask({ principal: saml }, { resource: named({ Federated: 'cognito-identity.amazonaws.com' }) }).outcome,
    ).toBe('allowed')
    expect(ask({ principal: { kind: 'anonymous' } }, { resource: named('*') }).outcome).toBe('allowed')
    expect(ask({ principal: { kind: 'anonymous' } }, { resource: named({ AWS: role }) }).outcome).toBe(
      'implicitDeny',
    )
  })

  it('NotPrincipal is everybody else', () => {
    const deny = (NotPrincipal: unknown) => policyOf({ ...allow(), Effect: 'Deny', NotPrincipal })
    const eva = 'arn:aws:iam::111111111111:user/eva'
    const anaArn = 'arn:aws:iam::111111111111:user/ana'
    expect(ask({}, { identity: [own], resource: deny({ AWS: eva }) }).outcome).toBe('explicitDeny')
    expect(ask({}, { identity: [own], resource: deny({ AWS: [eva, anaArn] }) }).outcome).toBe('allowed')
  })

  it('without resources speaks of its own', () => {
    const trust = policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '*' } })
    expect(ask({ action: 'sts:AssumeRole', resource: role }, { resource: trust }).outcome).toBe('allowed')
  })
})

describe('a hostile pattern', () => {
  it('is decided in time that grows with its length, not exponentially', () => {
    const Resource = `arn:aws:s3:::${'*a'.repeat(50)}*b`
    const resource = `arn:aws:s3:::${'a'.repeat(5000)}`
    const start = performance.now()
    expect(outcomeOf(allow({ Resource }), { resource })).toBe('implicitDeny')
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
