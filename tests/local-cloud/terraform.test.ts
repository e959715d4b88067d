import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as iam from '@aws-sdk/client-iam'
import * as lambda from '@aws-sdk/client-lambda'
import * as s3 from '@aws-sdk/client-s3'
import * as sts from '@aws-sdk/client-sts'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

/*
 * What a Terraform provider reads of each resource, in its order, and what it takes for an answer. What it does with
 * roles and policies is in tests/services/iam/terraform.test.ts.
 * https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service
 */

const Bucket = 'lago'
const configuration = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
}
const role = 'arn:aws:iam::000000000000:role/lambda-role'

let cloud: LocalCloud
let buckets: s3.S3Client
let functions: lambda.LambdaClient
let groups: logs.CloudWatchLogsClient
const clients: { destroy(): void }[] = []
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0 })
  const to = { ...configuration, endpoint: cloud.url }
  buckets = new s3.S3Client({ ...to, forcePathStyle: true })
  functions = new lambda.LambdaClient(to)
  groups = new logs.CloudWatchLogsClient(to)
  clients.push(buckets, functions, groups)
  await buckets.send(new s3.CreateBucketCommand({ Bucket, ACL: 'private' }))
})
afterAll(async () => {
  for (const client of clients) client.destroy()
  await cloud.close()
})

/** What a call answered, without its metadata, or the code of its refusal. */
async function answerOf(call: Promise<object>): Promise<unknown> {
  try {
    const { $metadata: _, ...answer } = (await call) as { $metadata: unknown }
    return answer
  } catch (error) {
    return (error as Error).name
  }
}

describe('a provider starts', () => {
  it('by asking who it is', async () => {
    const to = { ...configuration, endpoint: cloud.url }
    const users = new iam.IAMClient(to)
    const tokens = new sts.STSClient(to)
    clients.push(users, tokens)
    expect((await users.send(new iam.GetUserCommand({}))).User?.Arn).toBe('arn:aws:iam::000000000000:root')
    expect((await tokens.send(new sts.GetCallerIdentityCommand({}))).Account).toBe('000000000000')
    expect((await users.send(new iam.ListRolesCommand({ MaxItems: 1 }))).IsTruncated).toBe(false)
  })
})

describe('aws_s3_bucket', () => {
  const reads: readonly [name: string, read: () => Promise<object>, answer: unknown][] = [
    ['GetBucketPolicy', () => buckets.send(new s3.GetBucketPolicyCommand({ Bucket })), 'NoSuchBucketPolicy'],
    [
      'GetBucketAcl',
      () => buckets.send(new s3.GetBucketAclCommand({ Bucket })),
      { Owner: expect.anything(), Grants: [expect.objectContaining({ Permission: 'FULL_CONTROL' })] },
    ],
    ['GetBucketCors', () => buckets.send(new s3.GetBucketCorsCommand({ Bucket })), 'NoSuchCORSConfiguration'],
    [
      'GetBucketWebsite',
      () => buckets.send(new s3.GetBucketWebsiteCommand({ Bucket })),
      'NoSuchWebsiteConfiguration',
    ],
    ['GetBucketVersioning', () => buckets.send(new s3.GetBucketVersioningCommand({ Bucket })), {}],
    [
      'GetBucketAccelerateConfiguration',
      () => buckets.send(new s3.GetBucketAccelerateConfigurationCommand({ Bucket })),
      {},
    ],
    [
      'GetBucketRequestPayment',
      () => buckets.send(new s3.GetBucketRequestPaymentCommand({ Bucket })),
      { Payer: 'BucketOwner' },
    ],
    ['GetBucketLogging', () => buckets.send(new s3.GetBucketLoggingCommand({ Bucket })), {}],
    [
      'GetBucketLifecycleConfiguration',
      () => buckets.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })),
      'NoSuchLifecycleConfiguration',
    ],
    [
      'GetBucketReplication',
      () => buckets.send(new s3.GetBucketReplicationCommand({ Bucket })),
      'ReplicationConfigurationNotFoundError',
    ],
    [
      'GetBucketEncryption',
      () => buckets.send(new s3.GetBucketEncryptionCommand({ Bucket })),
      { ServerSideEncryptionConfiguration: { Rules: [expect.anything()] } },
    ],
    [
      'GetObjectLockConfiguration',
      () => buckets.send(new s3.GetObjectLockConfigurationCommand({ Bucket })),
      'ObjectLockConfigurationNotFoundError',
    ],
    ['GetBucketTagging', () => buckets.send(new s3.GetBucketTaggingCommand({ Bucket })), 'NoSuchTagSet'],
    [
      'GetBucketNotificationConfiguration',
      () => buckets.send(new s3.GetBucketNotificationConfigurationCommand({ Bucket })),
      {},
    ],
    ['GetBucketLocation', () => buckets.send(new s3.GetBucketLocationCommand({ Bucket })), {}],
  ]

  it.each(reads)('%s', async (_, read, answer) => {
    expect(await answerOf(read())).toEqual(answer)
  })

  it('HeadBucket tells the region, and a bucket that is not there', async () => {
    const head = await buckets.send(new s3.HeadBucketCommand({ Bucket }))
    expect(head.BucketRegion).toBe('us-east-1')
    expect(await answerOf(buckets.send(new s3.HeadBucketCommand({ Bucket: 'nada' })))).toBe('NotFound')
  })

  it('reads and changes tags by S3 Control', async () => {
    const url = `${cloud.url}/v20180820/tags/${encodeURIComponent(`arn:aws:s3:::${Bucket}`)}`
    const headers = { 'x-amz-account-id': '000000000000' }
    const list = async () => (await fetch(url, { headers })).text()
    expect(await list()).toContain('<Tags></Tags>')
    const tag = (Key: string) => `<Tag><Key>${Key}</Key><Value>1</Value></Tag>`
    const body = `<TagResourceRequest><Tags>${tag('a')}${tag('b')}${tag('c')}</Tags></TagResourceRequest>`
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(204)
    const { TagSet } = await buckets.send(new s3.GetBucketTaggingCommand({ Bucket }))
    expect(TagSet?.map(({ Key }) => Key)).toEqual(['a', 'b', 'c'])
    expect((await fetch(`${url}?tagKeys=a&tagKeys=c`, { method: 'DELETE', headers })).status).toBe(204)
    expect(await list()).toContain(`<Tags>${tag('b')}</Tags>`)
    expect((await fetch(`${url}?tagKeys=b`, { method: 'DELETE', headers })).status).toBe(204)
    expect(await answerOf(buckets.send(new s3.GetBucketTaggingCommand({ Bucket })))).toBe('NoSuchTagSet')
    const other = await fetch(url, { headers: { 'x-amz-account-id': '111111111111' } })
    expect(other.status).toBe(403)
  })

  it('echoes what a lifecycle configuration says of small objects', async () => {
    const LifecycleConfiguration = {
      Rules: [
        { ID: 'todo', Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 90 } },
        { ID: 'partes', Status: 'Disabled' as const, Filter: {}, Expiration: { Days: 1 } },
      ],
    }
    const TransitionDefaultMinimumObjectSize = 'all_storage_classes_128K' as const
    const input = { Bucket, LifecycleConfiguration, TransitionDefaultMinimumObjectSize }
    await buckets.send(new s3.PutBucketLifecycleConfigurationCommand(input))
    const read = () => answerOf(buckets.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket })))
    expect(await read()).toEqual({ ...LifecycleConfiguration, TransitionDefaultMinimumObjectSize })
    await buckets.send(new s3.DeleteBucketLifecycleCommand({ Bucket }))
    expect(await read()).toBe('NoSuchLifecycleConfiguration')
  })

  it('blocks public access and lets it be', async () => {
    const read = () => answerOf(buckets.send(new s3.GetPublicAccessBlockCommand({ Bucket })))
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: false,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    }
    await buckets.send(new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
    expect(await read()).toEqual({ PublicAccessBlockConfiguration })
    await buckets.send(new s3.DeletePublicAccessBlockCommand({ Bucket }))
    expect(await read()).toBe('NoSuchPublicAccessBlockConfiguration')
  })

  it('an object tells no version where there is none, and its tags', async () => {
    const place = { Bucket, Key: 'raw/ventas.csv' }
    await buckets.send(new s3.PutObjectCommand({ ...place, Body: 'x', Tagging: 'a=1' }))
    const head = await buckets.send(new s3.HeadObjectCommand(place))
    expect(head).toMatchObject({ ETag: '"9dd4e461268c8034f5c8564e155c67a6"', ServerSideEncryption: 'AES256' })
    expect(head.VersionId).toBeUndefined()
    const { TagSet } = await buckets.send(new s3.GetObjectTaggingCommand(place))
    expect(TagSet).toEqual([{ Key: 'a', Value: '1' }])
  })
})

describe('aws_lambda_function', () => {
  const FunctionName = 'procesar'

  it('is created, waited for and read', async () => {
    const ZipFile = zipSync({ 'index.js': strToU8('exports.handler = async () => 1') })
    const input = { FunctionName, Role: role, Handler: 'index.handler', Runtime: 'nodejs20.x' as const }
    await functions.send(
      new lambda.CreateFunctionCommand({ ...input, Code: { ZipFile }, Tags: { a: '1', b: '2', c: '3' } }),
    )
    await lambda.waitUntilFunctionActiveV2({ client: functions, maxWaitTime: 30 }, { FunctionName })
    const read = await functions.send(new lambda.GetFunctionCommand({ FunctionName }))
    expect(read).toMatchObject({
      Code: { RepositoryType: 'S3', Location: expect.stringMatching(/^http/) },
      Configuration: { State: 'Active', LastUpdateStatus: 'Successful' },
      Tags: { a: '1', b: '2', c: '3' },
    })
    const { Versions } = await functions.send(new lambda.ListVersionsByFunctionCommand({ FunctionName }))
    expect(Versions?.at(-1)?.Version).toBe('$LATEST')
    const signing = await functions.send(new lambda.GetFunctionCodeSigningConfigCommand({ FunctionName }))
    expect(signing.CodeSigningConfigArn ?? '').toBe('')
  })

  it('gives up several tags at once', async () => {
    const Resource = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`
    await functions.send(new lambda.UntagResourceCommand({ Resource, TagKeys: ['a', 'b'] }))
    expect((await functions.send(new lambda.ListTagsCommand({ Resource }))).Tags).toEqual({ c: '3' })
  })

  it('lets a bucket call it, as its policy says', async () => {
    await functions.send(
      new lambda.AddPermissionCommand({
        FunctionName,
        StatementId: 'AllowS3',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: `arn:aws:s3:::${Bucket}`,
        SourceAccount: '000000000000',
      }),
    )
    const { Policy = '' } = await functions.send(new lambda.GetPolicyCommand({ FunctionName }))
    expect(JSON.parse(Policy).Statement).toEqual([
      {
        Sid: 'AllowS3',
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`,
        Condition: {
          StringEquals: { 'AWS:SourceAccount': '000000000000' },
          ArnLike: { 'AWS:SourceArn': `arn:aws:s3:::${Bucket}` },
        },
      },
    ])
  })
})

describe('aws_cloudwatch_log_group', () => {
  it('is created, kept for some days, read and tagged', async () => {
    const logGroupName = '/aws/lambda/procesar-tf'
    await groups.send(new logs.CreateLogGroupCommand({ logGroupName, tags: { Environment: 'dev' } }))
    await groups.send(new logs.PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }))
    const { logGroups = [] } = await groups.send(
      new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
    )
    expect(logGroups).toMatchObject([{ logGroupName, retentionInDays: 14 }])
    const resourceArn = logGroups[0]?.arn?.replace(/:\*$/, '')
    expect((await groups.send(new logs.ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({
      Environment: 'dev',
    })
    await groups.send(new logs.DeleteRetentionPolicyCommand({ logGroupName }))
    await groups.send(new logs.DeleteLogGroupCommand({ logGroupName }))
  })
})
