import * as sdk from '@aws-sdk/client-iam'
import { beforeAll, describe, expect, it } from 'vitest'
import { accountId, allowing, iamClient, trustFor, useCloud } from './lab.ts'

/*
 * The calls that a Terraform provider makes for a role with a policy, in its order.
 * https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/iam
 */

const cloud = useCloud()
let iam: sdk.IAMClient
beforeAll(() => {
  iam = iamClient(cloud())
})

const RoleName = 'lambda-role'
const PolicyArn = `arn:aws:iam::${accountId}:policy/lambda-policy`

describe('a Terraform provider', () => {
  it('starts', async () => {
    const { User } = await iam.send(new sdk.GetUserCommand({}))
    expect(User?.Arn?.split(':')[4]).toBe(accountId)
    await iam.send(new sdk.ListRolesCommand({ MaxItems: 1 }))
  })

  it('creates a role and reads it', async () => {
    const AssumeRolePolicyDocument = trustFor()
    const Tags = [{ Key: 'Environment', Value: 'dev' }]
    await iam.send(
      new sdk.CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument,
        Path: '/',
        MaxSessionDuration: 3600,
        Tags,
      }),
    )
    const { Role } = await iam.send(new sdk.GetRoleCommand({ RoleName }))
    expect(Role).toMatchObject({ MaxSessionDuration: 3600, Path: '/', Tags })
    expect(Role?.Description).toBeUndefined()
    expect(Role?.PermissionsBoundary).toBeUndefined()
    expect((await iam.send(new sdk.ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([])
    expect((await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual(
      [],
    )
  })

  it('creates a policy, attaches it, and reads both', async () => {
    const PolicyDocument = allowing(['s3:GetObject'], ['arn:aws:s3:::lago/*'])
    await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'lambda-policy', Path: '/', PolicyDocument }))
    const { Policy } = await iam.send(new sdk.GetPolicyCommand({ PolicyArn }))
    const { PolicyVersion } = await iam.send(
      new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
    )
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(PolicyDocument)
    await iam.send(new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn }))
    const { AttachedPolicies } = await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName }))
    expect(AttachedPolicies).toEqual([{ PolicyName: 'lambda-policy', PolicyArn }])
  })

  it('changes the policy more often than versions are kept', async () => {
    for (let change = 0; change < 7; change++) {
      const { Versions = [] } = await iam.send(new sdk.ListPolicyVersionsCommand({ PolicyArn }))
      const oldest = Versions.filter(each => each.IsDefaultVersion !== true).at(-1)
      if (Versions.length === 5)
        await iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId: oldest?.VersionId }))
      const PolicyDocument = allowing('s3:GetObject', `arn:aws:s3:::lago/${change}/*`)
      await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }))
    }
    expect((await iam.send(new sdk.GetPolicyCommand({ PolicyArn }))).Policy?.DefaultVersionId).toBe('v8')
  })

  it('destroys everything', async () => {
    await iam.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn }))
    const { Versions = [] } = await iam.send(new sdk.ListPolicyVersionsCommand({ PolicyArn }))
    for (const { VersionId, IsDefaultVersion } of Versions)
      if (IsDefaultVersion !== true)
        await iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId }))
    await iam.send(new sdk.DeletePolicyCommand({ PolicyArn }))
    expect(
      (await iam.send(new sdk.ListInstanceProfilesForRoleCommand({ RoleName }))).InstanceProfiles,
    ).toEqual([])
    await iam.send(new sdk.DeleteRoleCommand({ RoleName }))
    await expect(iam.send(new sdk.GetRoleCommand({ RoleName }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    })
  })
})
