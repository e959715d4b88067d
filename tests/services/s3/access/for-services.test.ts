import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { expect, it } from 'vitest'
import { useS3 } from '../lab.ts'

const lab = useS3({ enforceIam: true })
const otherAccount = '111122223333'

it('a function’s code comes out of another account’s bucket only if that gives it', async () => {
  const Bucket = await lab.newBucket({ isOpen: true })
  await lab.put(Bucket, 'codigo.zip', 'no es un zip')
  const credentials = { accessKeyId: otherAccount, secretAccessKey: 'test' }
  const place = { endpoint: lab.cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 }
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: trust })
  await new IAMClient(place).send(new CreateRoleCommand({ RoleName: 'funcion', AssumeRolePolicyDocument }))
  const create = () =>
    new LambdaClient(place).send(
      new CreateFunctionCommand({
        FunctionName: 'f',
        Role: `arn:aws:iam::${otherAccount}:role/funcion`,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { S3Bucket: Bucket, S3Key: 'codigo.zip' },
      }),
    )
  await expect(create()).rejects.toMatchObject({
    message: expect.stringContaining('S3 Error Code: AccessDenied. S3 Error Message: Access Denied'),
  })
  const Statement = {
    Effect: 'Allow',
    Principal: { AWS: otherAccount },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  await lab.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  await expect(create()).rejects.toMatchObject({ message: expect.stringContaining('Could not unzip') })
})
