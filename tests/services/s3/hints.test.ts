import {
  AddPermissionCommand,
  CreateFunctionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { beforeAll, describe, expect, it } from 'vitest'
import { awslocal, useHints } from '../../cloud/hints/lab.ts'
import { minimal } from '../lambda/lab.ts'

const lab = useHints()
let clients: ReturnType<typeof lab.clients>
beforeAll(() => {
  clients = lab.clients()
})

const get = (Bucket: string, Key: string) => clients.s3.send(new GetObjectCommand({ Bucket, Key }))
const put = (Bucket: string, Key: string) => clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))

/** Puts objects, some at a time. */
async function putMany(bucket: string, count: number, keyOf: (index: number) => string): Promise<void> {
  let next = 0
  const putNext = async (): Promise<void> => {
    while (next < count) await put(bucket, keyOf(next++))
  }
  await Promise.all(Array.from({ length: 20 }, putNext))
}

describe('a key that is not there', () => {
  it.each([
    ['s3.encoded-key', 'raw/red+flower+%C3%B1.csv', 'raw/red flower ñ.csv'],
    ['s3.encoded-key', 'raw/100%25.csv', 'raw/100%.csv'],
    ['s3.key-leading-slash', '/raw/ventas.csv', 'raw/ventas.csv'],
    ['s3.key-leading-slash', 'raw/ventas.csv', '/raw/ventas.csv'],
    ['s3.key-doubled-slash', 'raw//ventas.csv', 'raw/ventas.csv'],
    ['s3.key-doubled-slash', 'raw/ventas.csv', 'raw//ventas.csv'],
    ['s3.key-case', 'RAW/Ventas.csv', 'raw/ventas.csv'],
    ['s3.key-prefix', 'ventas.csv', 'raw/ventas.csv'],
    ['s3.key-prefix', 'datalake/raw/ventas.csv', 'raw/ventas.csv'],
  ])('%s: %s where %s is', async (id, key, existing) => {
    const bucket = await lab.bucketWith(existing, 'otro/informe.pdf')
    const quoted = /[^\w/.-]/.test(existing) && !existing.endsWith('%.csv') ? `'${existing}'` : existing
    expect(await lab.hintOf(get(bucket, key))).toEqual({
      id,
      facts: { bucket, key, existing },
      command: `${awslocal(lab)} s3api head-object --bucket ${bucket} --key ${quoted}`,
    })
  })

  it('is hinted at for HEAD, whose answer has no word on it, and for websites', async () => {
    const bucket = await lab.bucketWith('Index.html')
    const head = clients.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'index.html' }))
    expect((await lab.hintOf(head))?.id).toBe('s3.key-case')
    const site = await lab.bucketWith('Index.html')
    const WebsiteConfiguration = { IndexDocument: { Suffix: 'index.html' } }
    await clients.s3.send(new PutBucketWebsiteCommand({ Bucket: site, WebsiteConfiguration }))
    const url = `http://127.0.0.1:${lab.cloud.port}/`
    const { request } = await import('node:http')
    const visit = new Promise<unknown>((resolve, reject) => {
      const sent = request(url, { headers: { host: `${site}.s3-website.localhost` } }, resolve)
      sent.once('error', reject).end()
    })
    expect(await lab.lineOf(visit)).toMatchObject({
      service: 's3',
      operation: 'WEBSITE.GET.OBJECT',
      resource: `${site}/`,
      status: 404,
      error: { code: 'NoSuchKey' },
      hint: { id: 's3.key-case', facts: { key: 'index.html', existing: 'Index.html' } },
    })
  })

  it('is hinted at when it was deleted', async () => {
    const bucket = await lab.bucketWith()
    const VersioningConfiguration = { Status: 'Enabled' as const }
    await clients.s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }))
    await put(bucket, 'a.txt')
    await clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a.txt' }))
    expect(await lab.hintOf(get(bucket, 'a.txt'))).toMatchObject({
      id: 's3.key-deleted',
      command: expect.stringMatching(/list-object-versions --bucket \S+ --prefix a\.txt$/),
    })
    expect(await lab.hintOf(clients.s3.send(new DeleteBucketCommand({ Bucket: bucket })))).toMatchObject({
      id: 's3.bucket-holds-versions',
      facts: { bucket },
    })
  })

  it('and that nothing is like gets no hint, nor does what is fine', async () => {
    const bucket = await lab.bucketWith('raw/ventas.csv')
    expect(await lab.lineOf(get(bucket, 'processed/x.parquet'))).toMatchObject({ status: 404 })
    expect(lab.lines.at(-1)?.hint).toBeUndefined()
    expect(await lab.hintOf(get(bucket, '%E0%A4%A'))).toBeUndefined()
    expect(await lab.hintOf(get(bucket, 'raw/ventas.csv'))).toBeUndefined()
  })

  it('is compared with two thousand keys at most', async () => {
    const bucket = await lab.bucketWith()
    await putMany(bucket, 2001, index => `k/${String(index).padStart(5, '0')}`)
    expect((await lab.hintOf(get(bucket, 'K/01999')))?.id).toBe('s3.key-case')
    expect(await lab.hintOf(get(bucket, 'K/02000'))).toBeUndefined()
  })
})

describe('a new bucket', () => {
  it('tells why it is not made public', async () => {
    const bucket = await lab.bucketWith()
    const Statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${bucket}/*`,
    }
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
    const policy = clients.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }))
    expect(await lab.hintOf(policy)).toMatchObject({
      id: 's3.public-access-blocked',
      facts: { bucket, setting: 'BlockPublicPolicy' },
      command: `${awslocal(lab)} s3api get-public-access-block --bucket ${bucket}`,
    })
    const upload = clients.s3.send(
      new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x', ACL: 'authenticated-read' }),
    )
    expect((await lab.hintOf(upload))?.id).toBe('s3.acls-disabled')
  })
})

describe('a bucket that is not there', () => {
  it('is hinted at when its name is nearly one', async () => {
    await clients.s3.send(new CreateBucketCommand({ Bucket: 'datalake-curso' }))
    for (const bucket of ['datalake_curso', 'datalake-crso', 'data-lake-curso']) {
      expect(await lab.hintOf(clients.s3.send(new HeadBucketCommand({ Bucket: bucket })))).toMatchObject({
        id: 's3.bucket-near',
        facts: { bucket, existing: 'datalake-curso' },
        command: `${awslocal(lab)} s3 ls`,
      })
    }
    expect(await lab.hintOf(clients.s3.send(new HeadBucketCommand({ Bucket: 'ninguno' })))).toBeUndefined()
  })

  it('is hinted at when another account has the name', async () => {
    const bucket = await lab.bucketWith()
    const other = lab.clients({ accessKeyId: '111111111111' })
    expect(await lab.hintOf(other.s3.send(new CreateBucketCommand({ Bucket: bucket })))).toMatchObject({
      id: 's3.bucket-of-another-account',
      facts: { bucket, accountId: '111111111111', owner: '000000000000' },
      command: expect.stringMatching(/^AWS_ACCESS_KEY_ID=111111111111 npx awslocal /),
    })
  })
})

describe('notifications', () => {
  const FunctionName = 'procesar-csv'
  const LambdaFunctionArn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`
  let bucket: string
  const notify = () =>
    clients.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: bucket,
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [
            {
              LambdaFunctionArn,
              Events: ['s3:ObjectCreated:*'],
              Filter: {
                Key: {
                  FilterRules: [
                    { Name: 'prefix', Value: 'raw/' },
                    { Name: 'suffix', Value: '.csv' },
                  ],
                },
              },
            },
          ],
        },
      }),
    )

  beforeAll(async () => {
    bucket = await lab.bucketWith()
    await clients.lambda.send(new CreateFunctionCommand(minimal(FunctionName)))
    const waiting = { client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }
    await waitUntilFunctionActiveV2(waiting, { FunctionName })
  })

  it('to a function need its permission first; then those that a key nearly fits are told of, no others', async () => {
    expect(await lab.hintOf(notify())).toEqual({
      id: 's3.notification-not-permitted',
      facts: { bucket, target: FunctionName },
      command:
        `${awslocal(lab)} lambda add-permission --function-name ${FunctionName} --statement-id s3 ` +
        '--action lambda:InvokeFunction --principal s3.amazonaws.com ' +
        `--source-arn arn:aws:s3:::${bucket} --source-account 000000000000`,
    })
    await clients.lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 's3',
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: `arn:aws:s3:::${bucket}`,
        SourceAccount: '000000000000',
      }),
    )
    await notify()
    for (const key of ['RAW/a.csv', 'raw/a.CSV', '/raw/a.csv', 'raw/copia//a.Csv']) {
      expect(await lab.hintOf(put(bucket, key))).toMatchObject({
        id: 's3.filter-nearly-fits',
        facts: { key, prefix: 'raw/', suffix: '.csv', target: FunctionName },
      })
    }
    const copy = new CopyObjectCommand({
      Bucket: bucket,
      Key: 'Raw/b.csv',
      CopySource: `${bucket}/RAW/a.csv`,
    })
    expect((await lab.hintOf(clients.s3.send(copy)))?.id).toBe('s3.filter-nearly-fits')
    const isPut = ({ operation }: { operation: string }) => operation === 'PutObject'
    expect(await lab.hintOf(put(bucket, 'raw/a.csv'), isPut)).toBeUndefined()
    expect(await lab.hintOf(put(bucket, 'processed/a.csv'))).toBeUndefined()
    await lab.cloud.idle()
  })
})

describe('a listing', () => {
  const list = (Bucket: string, input: object = {}) =>
    clients.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'k/', ...input }))

  it('whose first page alone is taken twice is hinted at, one that is read to its end is not', async () => {
    const bucket = await lab.bucketWith()
    await putMany(bucket, 1001, index => `k/${index}`)
    const { NextContinuationToken: ContinuationToken } = await list(bucket)
    expect(await lab.lineOf(list(bucket, { ContinuationToken }))).toMatchObject({
      resource: `${bucket}/k/`,
      page: { isFirst: false, isLast: true },
    })
    expect(await lab.lineOf(list(bucket))).toMatchObject({ page: { isFirst: true, isLast: false } })
    expect(lab.lines.at(-1)?.hint).toBeUndefined()
    await list(bucket, { ContinuationToken })
    await list(bucket, { MaxKeys: 10 })
    expect(await lab.hintOf(list(bucket))).toBeUndefined()
    expect(await lab.hintOf(list(bucket))).toEqual({
      id: 's3.first-page-only',
      facts: { bucket, prefix: 'k/', keys: '1000' },
      command: `${awslocal(lab)} s3 ls s3://${bucket}/k/ --recursive --summarize`,
    })
  })
})
