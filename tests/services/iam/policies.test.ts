import {
  AttachRolePolicyCommand,
  CreateAccountAliasCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteAccountAliasCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DetachRolePolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  type IAMClient,
  ListAccountAliasesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
} from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, it } from 'vitest'
import { findIdentityPolicyFault } from '../../../src/cloud/policy/identity-faults.ts'
import { accountId, allowing, iamClient, trustFor, useCloud } from './lab.ts'

const cloud = useCloud()
let iam: IAMClient
beforeAll(() => {
  iam = iamClient(cloud())
})

const awsPolicy = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'

async function create(PolicyName: string, more: object = {}): Promise<string> {
  const PolicyDocument = allowing('s3:GetObject')
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument, ...more }))
  return Policy?.Arn ?? ''
}

describe('a managed policy', () => {
  it('is created, described and deleted', async () => {
    const PolicyArn = await create('leer', {
      Path: '/x/',
      Description: 'Lee',
      Tags: [{ Key: 'a', Value: '1' }],
    })
    expect(PolicyArn).toBe(`arn:aws:iam::${accountId}:policy/x/leer`)
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
    expect(Policy).toMatchObject({
      PolicyId: expect.stringMatching(/^ANPA/),
      PolicyName: 'leer',
      Path: '/x/',
      Description: 'Lee',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Tags: [{ Key: 'a', Value: '1' }],
    })
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? '')).toBe(allowing('s3:GetObject'))
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: 'b', Value: '2' }] }))
    expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toHaveLength(2)
    await iam.send(new DeletePolicyCommand({ PolicyArn }))
    await expect(iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      Code: 'NoSuchEntity',
      message: `Policy ${PolicyArn} was not found.`,
    })
  })

  it('has five versions at most, one of which counts', async () => {
    const PolicyArn = await create('versiones')
    const add = (SetAsDefault: boolean) =>
      iam.send(
        new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:PutObject'), SetAsDefault }),
      )
    expect((await add(true)).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true })
    for (let count = 0; count < 3; count++) await add(false)
    await expect(add(false)).rejects.toMatchObject({
      Code: 'LimitExceeded',
      message:
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    })
    const { Versions = [] } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }))
    expect(Versions.map(each => `${each.VersionId} ${each.IsDefaultVersion}`)).toEqual([
      'v5 false',
      'v4 false',
      'v3 false',
      'v2 true',
      'v1 false',
    ])
    await expect(
      iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' })),
    ).rejects.toMatchObject({
      Code: 'DeleteConflict',
      message: 'Cannot delete the default version of a policy.',
    })
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      Code: 'DeleteConflict',
      message: expect.stringContaining('This policy has more than one version.'),
    })
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
    for (const VersionId of ['v2', 'v3', 'v4', 'v5'])
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }))
    expect((await add(false)).PolicyVersion?.VersionId).toBe('v6')
    await expect(iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))).rejects.toMatchObject(
      {
        message: `Policy ${PolicyArn} version v2 does not exist or is not attachable.`,
      },
    )
  })

  it('that somebody has is not deleted', async () => {
    const PolicyArn = await create('usada')
    await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trustFor() }))
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn }))
    expect(await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }))).toMatchObject({
      PolicyRoles: [{ RoleName: 'r', RoleId: expect.stringMatching(/^AROA/) }],
      PolicyUsers: [],
      PolicyGroups: [],
    })
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      Code: 'DeleteConflict',
      message: 'Cannot delete a policy attached to entities.',
    })
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'r', PolicyArn }))
    await iam.send(new DeletePolicyCommand({ PolicyArn }))
  })

  it.each([
    [
      'a document that is none',
      { PolicyDocument: '{}' },
      'MalformedPolicyDocument',
      'Syntax errors in policy.',
    ],
    [
      'a bucket without ARN',
      { PolicyDocument: allowing('s3:*', 'b') },
      'MalformedPolicyDocument',
      'Resource b must be in ARN format or "*".',
    ],
    [
      'a long document',
      { PolicyDocument: allowing('s3:*', `arn:aws:s3:::${'a'.repeat(6144)}`) },
      'LimitExceeded',
      'Cannot exceed quota for PolicySize: 6144',
    ],
    [
      'a name that is taken',
      { PolicyName: 'TOMADA' },
      'EntityAlreadyExists',
      'A policy called TOMADA already exists. Duplicate names are not allowed.',
    ],
  ])('is refused with %s', async (_what, input, Code, message) => {
    await create('tomada').catch(error => expect(error.Code).toBe('EntityAlreadyExists'))
    await expect(create('otra', input)).rejects.toMatchObject({ Code, message })
  })

  it('is refused with an ARN of something else', async () => {
    await expect(
      iam.send(new GetPolicyCommand({ PolicyArn: 'arn:aws:s3:::cubo-de-datos' })),
    ).rejects.toMatchObject({ Code: 'InvalidInput', message: 'ARN arn:aws:s3:::cubo-de-datos is not valid.' })
  })
})

describe("AWS's own policies", () => {
  it('are described, and nobody changes them', async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: awsPolicy }))
    expect(Policy?.PolicyName).toBe('AmazonS3ReadOnlyAccess')
    const VersionId = Policy?.DefaultVersionId
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: awsPolicy, VersionId }))
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')).Statement[0].Action).toContain(
      's3:Get*',
    )
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: awsPolicy }))).rejects.toMatchObject({
      Code: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
    })
  })

  it('are listed apart, and are all valid', async () => {
    await create('local')
    const { Policies: own = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))
    expect(own.every(({ Arn }) => Arn?.startsWith(`arn:aws:iam::${accountId}:`))).toBe(true)
    const { Policies: aws = [] } = await iam.send(new ListPoliciesCommand({ Scope: 'AWS' }))
    expect(aws.length).toBeGreaterThan(20)
    for (const { Arn, DefaultVersionId } of aws) {
      const { PolicyVersion } = await iam.send(
        new GetPolicyVersionCommand({ PolicyArn: Arn, VersionId: DefaultVersionId }),
      )
      expect(findIdentityPolicyFault(decodeURIComponent(PolicyVersion?.Document ?? '')), Arn).toBeUndefined()
    }
    const { Policies: attached } = await iam.send(
      new ListPoliciesCommand({ Scope: 'AWS', OnlyAttached: true }),
    )
    expect(attached).toEqual([])
  })
})

describe('the account', () => {
  it('has a summary and an alias', async () => {
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
    expect(SummaryMap).toMatchObject({ RolesQuota: 1000, Users: 0 })
    const AccountAlias = 'mi-taller'
    await iam.send(new CreateAccountAliasCommand({ AccountAlias }))
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([AccountAlias])
    await iam.send(new DeleteAccountAliasCommand({ AccountAlias }))
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([])
  })
})
