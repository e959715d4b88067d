import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetPolicyVersionCommand,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam'
import { expect, it } from 'vitest'
import { startLocalCloud } from '../../../src/local-cloud.ts'
import { allowing, iamClient, trustFor } from './lab.ts'

it('what IAM keeps is saved with the cloud and is there again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'iam-'))
  const before = await startLocalCloud({ port: 0 })
  const iam = iamClient(before)
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trustFor() }))
  const PolicyDocument = allowing('s3:GetObject')
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument }))
  await iam.send(new AttachRolePolicyCommand({ RoleName: 'r', PolicyArn: Policy?.Arn }))
  await before.saveSnapshot(folder)
  await before.close()
  const after = await startLocalCloud({ port: 0, snapshot: folder })
  try {
    const again = iamClient(after)
    expect(
      (await again.send(new ListAttachedRolePoliciesCommand({ RoleName: 'r' }))).AttachedPolicies,
    ).toEqual([{ PolicyName: 'p', PolicyArn: Policy?.Arn }])
    const version = { PolicyArn: Policy?.Arn, VersionId: 'v1' }
    const { PolicyVersion } = await again.send(new GetPolicyVersionCommand(version))
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(PolicyDocument)
  } finally {
    await after.close()
    await rm(folder, { recursive: true })
  }
})
