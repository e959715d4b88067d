import {
  DeleteResourcePolicyCommand,
  DescribeResourcePoliciesCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LogsLab, startLogsLab } from './lab.ts'

let lab: LogsLab
beforeAll(async () => {
  lab = await startLogsLab()
})
afterAll(() => lab.close())

const policyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'route53.amazonaws.com' },
      Action: 'logs:PutLogEvents',
      Resource: '*',
    },
  ],
})

describe('resource policies', () => {
  it('of the account are kept by name, ten at most', async () => {
    const put = (policyName: string, document = policyDocument) =>
      lab.client.send(new PutResourcePolicyCommand({ policyName, policyDocument: document }))
    const { resourcePolicy } = await put('p0')
    expect(resourcePolicy).toEqual({
      policyName: 'p0',
      policyDocument,
      lastUpdatedTime: expect.any(Number),
      policyScope: 'ACCOUNT',
    })
    for (let index = 1; index < 10; index += 1) await put(`p${index}`)
    await expect(put('p10')).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Resource limit exceeded.',
    })
    await put('p1', '{}')
    await expect(put('p1', 'no json')).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await lab.client.send(new DeleteResourcePolicyCommand({ policyName: 'p0' }))
    const { resourcePolicies = [] } = await lab.client.send(new DescribeResourcePoliciesCommand({ limit: 3 }))
    expect(resourcePolicies.map(policy => [policy.policyName, policy.policyDocument])).toEqual([
      ['p1', '{}'],
      ['p2', policyDocument],
      ['p3', policyDocument],
    ])
    const again = lab.client.send(new DeleteResourcePolicyCommand({ policyName: 'p0' }))
    await expect(again).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Policy with name [p0] does not exist.',
    })
  })

  it('of one group change only from the revision that they have', async () => {
    const group = await lab.makeGroup()
    const resourceArn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`
    const put = (expectedRevisionId?: string) =>
      lab.client.send(
        new PutResourcePolicyCommand({ policyName: 'suya', policyDocument, resourceArn, expectedRevisionId }),
      )
    const { revisionId } = await put()
    await expect(put()).rejects.toMatchObject({ name: 'InvalidParameterException' })
    const second = await put(revisionId)
    expect(second.revisionId).not.toBe(revisionId)
    const { resourcePolicies } = await lab.client.send(new DescribeResourcePoliciesCommand({ resourceArn }))
    expect(resourcePolicies).toMatchObject([
      { policyScope: 'RESOURCE', resourceArn, revisionId: second.revisionId },
    ])
    const remove = (expectedRevisionId?: string) =>
      lab.client.send(new DeleteResourcePolicyCommand({ resourceArn, expectedRevisionId }))
    await expect(remove(revisionId)).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await remove(second.revisionId)
    const absent = new PutResourcePolicyCommand({
      policyName: 'x',
      policyDocument,
      resourceArn: `${resourceArn}-no`,
    })
    await expect(lab.client.send(absent)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})
