import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { environmentFor, installed, run } from '../s3/others.ts'
import { allowing, trustFor } from './lab.ts'

let cloud: LocalCloud
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0 })
})
afterAll(() => cloud.close())

describe.skipIf(!installed.awsCli)('the AWS CLI (skipped where it is not installed)', () => {
  const aws = async (...words: string[]): Promise<unknown> => {
    const output = await run({ file: 'aws', arguments: ['iam', ...words] }, environmentFor(cloud.url))
    return output === '' ? undefined : JSON.parse(output)
  }

  it('makes a role with a policy, and reads its document', async () => {
    await aws('create-role', '--role-name', 'cli', '--assume-role-policy-document', trustFor())
    const document = allowing('s3:GetObject', 'arn:aws:s3:::lago/*')
    await aws('put-role-policy', '--role-name', 'cli', '--policy-name', 'leer', '--policy-document', document)
    expect(await aws('get-role-policy', '--role-name', 'cli', '--policy-name', 'leer')).toMatchObject({
      PolicyDocument: JSON.parse(document),
    })
    expect(await aws('get-role', '--role-name', 'cli')).toMatchObject({
      Role: { AssumeRolePolicyDocument: JSON.parse(trustFor()) },
    })
  }, 30_000)

  it('simulates', async () => {
    const simulation = await aws(
      'simulate-principal-policy',
      '--policy-source-arn',
      'arn:aws:iam::000000000000:role/cli',
      '--action-names',
      's3:GetObject',
      's3:PutObject',
      '--resource-arns',
      'arn:aws:s3:::lago/x',
    )
    expect(simulation).toMatchObject({
      EvaluationResults: [{ EvalDecision: 'allowed' }, { EvalDecision: 'implicitDeny' }],
    })
  }, 30_000)
})

const program = `
import boto3, json
iam = boto3.client('iam')
trust = json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': 'lambda.amazonaws.com'}, 'Action': 'sts:AssumeRole'}]})
for index in range(5):
    iam.create_role(RoleName=f'boto-{index}', Path='/boto/', AssumeRolePolicyDocument=trust)
pages = iam.get_paginator('list_roles').paginate(PathPrefix='/boto/', PaginationConfig={'PageSize': 2})
names = [role['RoleName'] for page in pages for role in page['Roles']]
iam.get_waiter('role_exists').wait(RoleName='boto-0')
try:
    iam.get_role(RoleName='nadie')
except iam.exceptions.NoSuchEntityException as error:
    code = error.response['Error']['Code']
print(json.dumps({'names': names, 'trust': iam.get_role(RoleName='boto-0')['Role']['AssumeRolePolicyDocument'], 'code': code}))
`

describe.skipIf(!installed.boto3)('boto3 (skipped where it is not installed)', () => {
  it('pages, waits, catches and reads documents', async () => {
    const output = await run({ file: 'python3', arguments: ['-c', program] }, environmentFor(cloud.url))
    expect(JSON.parse(output)).toEqual({
      names: ['boto-0', 'boto-1', 'boto-2', 'boto-3', 'boto-4'],
      trust: JSON.parse(trustFor()),
      code: 'NoSuchEntity',
    })
  }, 30_000)
})
