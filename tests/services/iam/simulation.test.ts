import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  GetContextKeysForCustomPolicyCommand,
  GetContextKeysForPrincipalPolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountId, allowing, iamClient, policy, trustFor, useCloud } from './lab.ts'

const cloud = useCloud()
let iam: IAMClient
beforeAll(() => {
  iam = iamClient(cloud())
})

describe('SimulatePrincipalPolicy', () => {
  const PolicySourceArn = `arn:aws:iam::${accountId}:role/lector`
  beforeAll(async () => {
    await iam.send(new CreateRoleCommand({ RoleName: 'lector', AssumeRolePolicyDocument: trustFor() }))
    await iam.send(
      new PutRolePolicyCommand({
        RoleName: 'lector',
        PolicyName: 'leer',
        PolicyDocument: policy(
          { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/raw/*' },
          { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::b/raw/secreto/*' },
        ),
      }),
    )
    const PolicyArn = 'arn:aws:iam::aws:policy/CloudWatchLogsFullAccess'
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'lector', PolicyArn }))
  })

  const simulate = (input: object) =>
    iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['s3:GetObject'], ...input }))

  it('tells what a role may do, and which statement says so', async () => {
    const { EvaluationResults } = await simulate({
      ActionNames: ['s3:GetObject', 's3:PutObject'],
      ResourceArns: ['arn:aws:s3:::b/raw/x', 'arn:aws:s3:::b/raw/secreto/x'],
    })
    expect(EvaluationResults?.map(each => each.EvalDecision)).toEqual([
      'allowed',
      'explicitDeny',
      'implicitDeny',
      'explicitDeny',
    ])
    expect(EvaluationResults?.[0]).toMatchObject({
      EvalActionName: 's3:GetObject',
      EvalResourceName: 'arn:aws:s3:::b/raw/x',
      MatchedStatements: [
        {
          SourcePolicyId: 'role_lector_leer',
          SourcePolicyType: 'role',
          StartPosition: { Line: 1, Column: 38 },
        },
      ],
      MissingContextValues: [],
    })
  })

  it('counts managed policies, and gives pages', async () => {
    const input = { ActionNames: ['logs:PutLogEvents', 'logs:GetLogEvents', 's3:GetObject'], MaxItems: 2 }
    const first = await simulate(input)
    expect(first.EvaluationResults).toMatchObject([
      { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyType: 'aws-managed' }] },
      { EvalDecision: 'allowed' },
    ])
    const second = await simulate({ ...input, Marker: first.Marker })
    expect(second.EvaluationResults).toMatchObject([{ EvalDecision: 'implicitDeny' }])
    expect(second.IsTruncated).toBe(false)
  })

  it('takes a boundary and more policies into account', async () => {
    const { EvaluationResults } = await simulate({
      ActionNames: ['sqs:SendMessage', 'logs:PutLogEvents'],
      PolicyInputList: [allowing('sqs:*')],
      PermissionsBoundaryPolicyInputList: [allowing('sqs:SendMessage')],
    })
    expect(EvaluationResults).toMatchObject([
      {
        EvalDecision: 'allowed',
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
      },
      {
        EvalDecision: 'implicitDeny',
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
      },
    ])
  })

  it.each([
    [
      { PolicySourceArn: `arn:aws:iam::${accountId}:role/nadie` },
      'NoSuchEntity',
      'The role with name nadie cannot be found.',
    ],
    [
      { PolicySourceArn: 'arn:aws:s3:::cubo-de-datos' },
      'InvalidInput',
      'Invalid Entity Arn: arn:aws:s3:::cubo-de-datos',
    ],
    [{ ActionNames: ['GetObject'] }, 'InvalidInput', 'Invalid Action: GetObject'],
    [{ PolicyInputList: ['{}'] }, 'InvalidInput', 'Invalid policy document: Syntax errors in policy.'],
  ])('refuses %j', async (input, Code, message) => {
    await expect(simulate(input)).rejects.toMatchObject({ Code, message })
  })
})

describe('SimulateCustomPolicy', () => {
  const PolicyInputList = [
    policy({
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: '*',
      Condition: { StringLike: { 's3:prefix': 'raw/*' } },
    }),
  ]
  const simulate = (input: object) =>
    iam.send(new SimulateCustomPolicyCommand({ PolicyInputList, ActionNames: ['s3:ListBucket'], ...input }))

  it('decides with the given context, and says which values are missing', async () => {
    expect((await simulate({})).EvaluationResults).toMatchObject([
      { EvalDecision: 'implicitDeny', MissingContextValues: ['s3:prefix'] },
    ])
    const ContextEntries = [
      { ContextKeyName: 's3:prefix', ContextKeyType: 'string', ContextKeyValues: ['raw/2026'] },
    ]
    expect((await simulate({ ContextEntries })).EvaluationResults).toMatchObject([
      { EvalDecision: 'allowed', MissingContextValues: [] },
    ])
  })

  it("asks the resource's policy", async () => {
    const CallerArn = `arn:aws:iam::${accountId}:user/ana`
    const ResourcePolicy = policy({
      Effect: 'Allow',
      Principal: { AWS: CallerArn },
      Action: 's3:*',
      Resource: 'arn:aws:s3:::b',
    })
    const { EvaluationResults } = await simulate({
      CallerArn,
      ResourcePolicy,
      ResourceArns: ['arn:aws:s3:::b', 'arn:aws:s3:::c'],
    })
    expect(EvaluationResults).toMatchObject([
      { EvalDecision: 'allowed', MatchedStatements: [{ SourcePolicyType: 'resource' }] },
      { EvalDecision: 'implicitDeny' },
    ])
  })
})

describe('the context keys', () => {
  it('of documents and of a role are listed', async () => {
    const document = policy({
      Effect: 'Allow',
      Action: 's3:*',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: policy variables are written so
      Resource: 'arn:aws:s3:::b/${aws:username}/*',
      Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    })
    const custom = await iam.send(
      new GetContextKeysForCustomPolicyCommand({ PolicyInputList: [document, document] }),
    )
    expect(custom.ContextKeyNames).toEqual(['aws:securetransport', 'aws:username'])
    const own = await iam.send(
      new GetContextKeysForPrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${accountId}:role/lector`,
        PolicyInputList: [document],
      }),
    )
    expect(own.ContextKeyNames).toEqual(['aws:securetransport', 'aws:username'])
  })
})
