import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  GetAccessKeyLastUsedCommand,
  GetGroupCommand,
  GetGroupPolicyCommand,
  GetUserCommand,
  type IAMClient,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListUsersCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccessKeyCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountId, allowing, iamClient, useCloud } from './lab.ts'

const cloud = useCloud()
let iam: IAMClient
beforeAll(() => {
  iam = iamClient(cloud())
})

function create(UserName: string, more: object = {}) {
  return iam.send(new CreateUserCommand({ UserName, ...more }))
}

async function keysOf(UserName: string) {
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
}

describe('a user', () => {
  it('is created, renamed and deleted', async () => {
    const { User } = await create('ana', { Path: '/datos/', Tags: [{ Key: 'a', Value: 'b' }] })
    expect(User).toMatchObject({
      UserId: expect.stringMatching(/^AIDA/),
      Arn: `arn:aws:iam::${accountId}:user/datos/ana`,
      Tags: [{ Key: 'a', Value: 'b' }],
    })
    await iam.send(new UpdateUserCommand({ UserName: 'ana', NewUserName: 'anita', NewPath: '/' }))
    const renamed = await iam.send(new GetUserCommand({ UserName: 'anita' }))
    expect(renamed.User).toMatchObject({ UserId: User?.UserId, Arn: `arn:aws:iam::${accountId}:user/anita` })
    await expect(iam.send(new GetUserCommand({ UserName: 'ana' }))).rejects.toMatchObject({
      Code: 'NoSuchEntity',
      message: 'The user with name ana cannot be found.',
    })
    expect((await iam.send(new ListUsersCommand({}))).Users).toHaveLength(1)
    await iam.send(new DeleteUserCommand({ UserName: 'anita' }))
  })

  it('has at most two access keys, which can be turned off', async () => {
    await create('llaves')
    const first = await keysOf('llaves')
    expect(first.accessKeyId).toMatch(/^[A-Z2-7]{20}$/)
    await keysOf('llaves')
    await expect(keysOf('llaves')).rejects.toMatchObject({
      Code: 'LimitExceeded',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    })
    const key = { UserName: 'llaves', AccessKeyId: first.accessKeyId }
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: 'Inactive' }))
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: 'llaves' }))
    expect(AccessKeyMetadata.find(each => each.AccessKeyId === first.accessKeyId)?.Status).toBe('Inactive')
    expect(
      (await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: first.accessKeyId }))).UserName,
    ).toBe('llaves')
    await expect(iam.send(new DeleteUserCommand({ UserName: 'llaves' }))).rejects.toMatchObject({
      Code: 'DeleteConflict',
      message: 'Cannot delete entity, must delete access keys first.',
    })
    await iam.send(new DeleteAccessKeyCommand(key))
    await expect(iam.send(new DeleteAccessKeyCommand(key))).rejects.toMatchObject({
      Code: 'NoSuchEntity',
      message: `The Access Key with id ${first.accessKeyId} cannot be found.`,
    })
  })

  it('who asks without a name is told of itself', async () => {
    await create('yo')
    const own = iamClient(cloud(), await keysOf('yo'))
    expect((await own.send(new GetUserCommand({}))).User?.UserName).toBe('yo')
    expect((await own.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(1)
  })

  it('is in groups, and has policies of its own', async () => {
    await create('miembro')
    await iam.send(new CreateGroupCommand({ GroupName: 'equipo' }))
    const both = { GroupName: 'equipo', UserName: 'miembro' }
    await iam.send(new AddUserToGroupCommand(both))
    await iam.send(new AddUserToGroupCommand(both))
    expect((await iam.send(new GetGroupCommand({ GroupName: 'equipo' }))).Users).toMatchObject([
      { UserName: 'miembro' },
    ])
    expect((await iam.send(new ListGroupsForUserCommand({ UserName: 'miembro' }))).Groups).toHaveLength(1)
    const inline = { GroupName: 'equipo', PolicyName: 'leer' }
    await iam.send(new PutGroupPolicyCommand({ ...inline, PolicyDocument: allowing('s3:Get*') }))
    expect((await iam.send(new GetGroupPolicyCommand(inline))).PolicyDocument).toContain('s3%3AGet%2A')
    await expect(iam.send(new DeleteGroupCommand({ GroupName: 'equipo' }))).rejects.toMatchObject({
      message: 'Cannot delete entity, must remove users from group first.',
    })
    await expect(iam.send(new DeleteUserCommand({ UserName: 'miembro' }))).rejects.toMatchObject({
      message: 'Cannot delete entity, must remove users from group first.',
    })
    await iam.send(new RemoveUserFromGroupCommand(both))
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
    await iam.send(new AttachUserPolicyCommand({ UserName: 'miembro', PolicyArn }))
    expect(
      (await iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'miembro' }))).AttachedPolicies,
    ).toEqual([{ PolicyName: 'AmazonS3ReadOnlyAccess', PolicyArn }])
    await expect(
      iam.send(
        new PutUserPolicyCommand({
          UserName: 'miembro',
          PolicyName: 'larga',
          PolicyDocument: allowing('s3:*', `arn:aws:s3:::${'a'.repeat(2048)}`),
        }),
      ),
    ).rejects.toMatchObject({ message: 'Maximum policy size of 2048 bytes exceeded for user miembro' })
  })
})

describe('GetUser without a name', () => {
  it("is the account's root for any other key, as a Terraform provider asks", async () => {
    expect((await iam.send(new GetUserCommand({}))).User).toMatchObject({
      UserId: accountId,
      Arn: `arn:aws:iam::${accountId}:root`,
    })
  })

  it('is refused to a role', async () => {
    const sts = new STSClient({
      endpoint: cloud().url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/x`, RoleSessionName: 'sesion' }),
    )
    const role = iamClient(cloud(), {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    })
    await expect(role.send(new GetUserCommand({}))).rejects.toMatchObject({
      Code: 'ValidationError',
      message: 'Must specify userName when calling with non-User credentials',
    })
  })
})
