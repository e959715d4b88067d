import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as iam from '@aws-sdk/client-iam'
import * as lambda from '@aws-sdk/client-lambda'
import * as s3 from '@aws-sdk/client-s3'
import { clientOptions } from './client-options.ts'
import { functionZip } from './model-values.ts'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

/** Puts what the noise names where it is not (any more): buckets, objects, a role, a user, a function, a log. */
export async function plant(endpoint: string): Promise<void> {
  const options = clientOptions(endpoint)
  const clients = {
    s3: new s3.S3Client(options),
    iam: new iam.IAMClient(options),
    lambda: new lambda.LambdaClient(options),
    logs: new logs.CloudWatchLogsClient(options),
  }
  for (const step of steps(clients)) await step().catch(unlessItIsThere)
  for (const client of Object.values(clients)) client.destroy()
}

function steps({
  s3: buckets,
  iam: users,
  lambda: functions,
  logs: log,
}: {
  readonly s3: s3.S3Client
  readonly iam: iam.IAMClient
  readonly lambda: lambda.LambdaClient
  readonly logs: logs.CloudWatchLogsClient
}): (() => Promise<unknown>)[] {
  const put = (Bucket: string, Key: string, Body: string) => () =>
    buckets.send(new s3.PutObjectCommand({ Bucket, Key, Body }))
  return [
    () => buckets.send(new s3.CreateBucketCommand({ Bucket: 'fuzz' })),
    () => buckets.send(new s3.CreateBucketCommand({ Bucket: 'fuzz-versions' })),
    () => buckets.send(new s3.CreateBucketCommand({ Bucket: 'fuzz-lock', ObjectLockEnabledForBucket: true })),
    () =>
      buckets.send(
        new s3.PutBucketVersioningCommand({
          Bucket: 'fuzz-versions',
          VersioningConfiguration: { Status: 'Enabled' },
        }),
      ),
    put('fuzz', 'k', 'hola'),
    put('fuzz', 'a/b', 'hola otra vez'),
    put('fuzz', 'grande', 'g'.repeat(300_000)),
    put('fuzz-versions', 'k', 'uno'),
    put('fuzz-versions', 'k', 'dos'),
    put('fuzz-lock', 'k', 'guardado'),
    () => users.send(new iam.CreateRoleCommand({ RoleName: 'fuzz', AssumeRolePolicyDocument: trust })),
    () => users.send(new iam.CreateUserCommand({ UserName: 'fuzz' })),
    () => users.send(new iam.CreateGroupCommand({ GroupName: 'fuzz' })),
    () => log.send(new logs.CreateLogGroupCommand({ logGroupName: 'fuzz' })),
    () => log.send(new logs.CreateLogStreamCommand({ logGroupName: 'fuzz', logStreamName: 's' })),
    () =>
      functions.send(
        new lambda.CreateFunctionCommand({
          FunctionName: 'fuzz',
          Role: 'arn:aws:iam::000000000000:role/fuzz',
          Runtime: 'nodejs20.x',
          Handler: 'index.handler',
          Code: { ZipFile: Buffer.from(functionZip, 'latin1') },
        }),
      ),
  ]
}

/** What the noise has left behind may be in the way (names that are taken, a policy, a lock); it stays. */
function unlessItIsThere(error: Error & { $metadata?: { httpStatusCode?: number } }): void {
  const status = error.$metadata?.httpStatusCode
  if (status === undefined || status < 400 || status >= 500) throw error
}
