import * as kinesis from '@aws-sdk/client-kinesis'
import * as lambda from '@aws-sdk/client-lambda'
import * as s3 from '@aws-sdk/client-s3'
import * as sts from '@aws-sdk/client-sts'
import type { StaticOperationSchema } from '@smithy/types'
import { afterEach, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../src/cloud/cloud.ts'
import type { AnyService } from '../../src/cloud/service.ts'
import { AwsError } from '../../src/core/aws-error.ts'
import type { RequestBody } from '../../src/wire/body.ts'
import type { ServiceModel } from '../../src/wire/model.ts'

/** The operations that an SDK package exports. */
function operationsOf(sdk: object): Record<string, StaticOperationSchema> {
  const schemas = Object.values(sdk).filter(value => Array.isArray(value) && value[0] === 9)
  return Object.fromEntries((schemas as StaticOperationSchema[]).map(schema => [schema[2], schema]))
}

const models: Record<'s3' | 'sts' | 'lambda' | 'kinesis', ServiceModel> = {
  s3: {
    protocol: 'restXml',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    operations: operationsOf(s3),
    unwrappedOutputs: { GetBucketLocation: 'LocationConstraint' },
  },
  sts: {
    protocol: 'query',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    operations: operationsOf(sts),
  },
  lambda: { protocol: 'restJson1', operations: operationsOf(lambda) },
  kinesis: { protocol: 'awsJson1.1', targetPrefix: 'Kinesis_20131202', operations: operationsOf(kinesis) },
}

const running: Cloud[] = []
afterEach(async () => {
  for (const cloud of running.splice(0)) await cloud.close()
})

/** A cloud whose one operation notes its input and answers (or throws) what the test gives. */
async function mirror(id: keyof typeof models, operation: string, answer: unknown) {
  const seen: Record<string, unknown>[] = []
  const service: AnyService = {
    id,
    model: models[id],
    scope: 'global',
    createState: () => ({}),
    operations: {
      [operation]: async (_state: unknown, input: Record<string, unknown>) => {
        const { Body: body, ...rest } = input
        const bytes = body === undefined ? undefined : await (body as RequestBody).bytes(1e6)
        seen.push(bytes === undefined ? rest : { ...rest, Body: bytes.toString('utf8') })
        if (answer instanceof Error) throw answer
        return answer
      },
    },
  }
  const cloud = await startCloud([service], { port: 0 })
  running.push(cloud)
  const configuration = {
    endpoint: cloud.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  }
  return { seen, configuration, url: cloud.url }
}

describe('restXml', () => {
  it('reads headers, prefix headers, labels, query and a streamed payload; writes headers', async () => {
    const { seen, configuration } = await mirror('s3', 'PutObject', {
      ETag: '"abc"',
      VersionId: 'v1',
      ChecksumCRC32: 'AAAAAA==',
    })
    const client = new s3.S3Client({ ...configuration, forcePathStyle: true })
    const output = await client.send(
      new s3.PutObjectCommand({
        Bucket: 'cubo',
        Key: 'raw/año nuevo/a+b%20c&d.csv',
        Body: 'hola, ñandú',
        ContentType: 'text/csv',
        Metadata: { Origen: 'x', 'dos-palabras': 'a, b' },
        Tagging: 'a=1&b=2',
        Expires: new Date('2030-01-02T03:04:05Z'),
      }),
    )
    expect(output).toMatchObject({ ETag: '"abc"', VersionId: 'v1' })
    expect(seen[0]).toMatchObject({
      Bucket: 'cubo',
      Key: 'raw/año nuevo/a+b%20c&d.csv',
      Body: 'hola, ñandú',
      ContentType: 'text/csv',
      Metadata: { origen: 'x', 'dos-palabras': 'a, b' },
      Tagging: 'a=1&b=2',
      Expires: new Date('2030-01-02T03:04:05Z'),
    })
  })

  it('reads a streamed body of unknown hash in aws-chunked framing with a trailing checksum', async () => {
    const { seen, configuration } = await mirror('s3', 'PutObject', {})
    const client = new s3.S3Client({ ...configuration, forcePathStyle: true })
    const { Readable } = await import('node:stream')
    const text = 'línea\n'.repeat(5000)
    const body = Readable.from([Buffer.from(text)])
    await client.send(
      new s3.PutObjectCommand({ Bucket: 'b', Key: 'k', Body: body, ContentLength: Buffer.byteLength(text) }),
    )
    expect(seen[0]?.Body).toBe(text)
  })

  it('finds the bucket in a virtual host', async () => {
    const { seen, url } = await mirror('s3', 'GetObject', {
      Body: Buffer.from('x'),
      ContentType: 'text/plain',
    })
    const { request } = await import('node:http')
    const { port } = new URL(url)
    const bodies = await Promise.all(
      ['mi.cubo.s3.localhost', 'mi.cubo.localhost', 'mi.cubo.s3.us-east-1.localhost.localstack.cloud'].map(
        host =>
          new Promise<string>((resolve, reject) => {
            request(
              { port, host: '127.0.0.1', path: '/a/b', headers: { host: `${host}:${port}` } },
              response => {
                response.setEncoding('utf8').on('data', resolve)
              },
            )
              .on('error', reject)
              .end()
          }),
      ),
    )
    expect(bodies).toEqual(['x', 'x', 'x'])
    for (const input of seen) expect(input).toMatchObject({ Bucket: 'mi.cubo', Key: 'a/b' })
  })

  it('reads and writes nested documents, flattened lists and hostile characters', async () => {
    const { seen, configuration } = await mirror('s3', 'DeleteObjects', {
      Deleted: [{ Key: ' a<b>&"c"\u0001', VersionId: 'null', DeleteMarker: true }, { Key: 'ñ\r\n' }],
      Errors: [{ Key: 'x', Code: 'AccessDenied', Message: 'no' }],
    })
    const client = new s3.S3Client({ ...configuration, forcePathStyle: true })
    const keys = ['a<b>&"c"', ' con espacios ', 'ñ€😀', 'a\tb']
    const output = await client.send(
      new s3.DeleteObjectsCommand({
        Bucket: 'b',
        Delete: { Objects: keys.map(Key => ({ Key })), Quiet: false },
      }),
    )
    expect(seen[0]?.Delete).toEqual({ Objects: keys.map(Key => ({ Key })), Quiet: false })
    expect(output.Deleted?.map(({ Key }) => Key)).toEqual([' a<b>&"c"\u0001', 'ñ\r\n'])
    expect(output.Errors).toEqual([{ Key: 'x', Code: 'AccessDenied', Message: 'no' }])
  })

  it('writes listings with timestamps to the millisecond, and the unwrapped location', async () => {
    const modified = new Date('2026-11-23T10:00:00.000Z')
    const list = await mirror('s3', 'ListObjectsV2', {
      Name: 'b',
      KeyCount: 1,
      IsTruncated: false,
      Contents: [{ Key: 'k', LastModified: modified, Size: 3 }],
    })
    const client = new s3.S3Client({ ...list.configuration, forcePathStyle: true })
    const output = await client.send(
      new s3.ListObjectsV2Command({ Bucket: 'b', Prefix: 'p q', MaxKeys: 7, StartAfter: 'ñ' }),
    )
    expect(list.seen[0]).toEqual({ Bucket: 'b', Prefix: 'p q', MaxKeys: 7, StartAfter: 'ñ' })
    expect(output.Contents).toEqual([{ Key: 'k', LastModified: modified, Size: 3 }])
    const text = await (await fetch(`${list.url}/b?list-type=2`)).text()
    expect(text).toContain('<LastModified>2026-11-23T10:00:00.000Z</LastModified>')
    expect(text).toContain('<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">')

    const place = await mirror('s3', 'GetBucketLocation', { LocationConstraint: 'eu-west-1' })
    const second = new s3.S3Client({ ...place.configuration, forcePathStyle: true })
    expect((await second.send(new s3.GetBucketLocationCommand({ Bucket: 'b' }))).LocationConstraint).toBe(
      'eu-west-1',
    )
  })

  it('tells operations of the same path apart', async () => {
    const cases: [string, string, string, Record<string, string>][] = [
      ['PUT', '/b/k?partNumber=1&uploadId=u', 'UploadPart', {}],
      ['PUT', '/b/k?partNumber=1&uploadId=u', 'UploadPartCopy', { 'x-amz-copy-source': 'b/x' }],
      ['PUT', '/b/k', 'CopyObject', { 'x-amz-copy-source': 'b/x' }],
      ['GET', '/b/k?uploadId=u', 'ListParts', {}],
      ['GET', '/b?uploads', 'ListMultipartUploads', {}],
      ['GET', '/b?uploads=', 'ListMultipartUploads', {}],
      ['POST', '/b/k?uploads', 'CreateMultipartUpload', {}],
      ['POST', '/b/k?uploadId=u', 'CompleteMultipartUpload', {}],
      ['DELETE', '/b/k?uploadId=u', 'AbortMultipartUpload', {}],
      ['GET', '/b?versions&prefix=x', 'ListObjectVersions', {}],
      ['GET', '/b?unknown', 'ListObjects', {}],
      ['GET', '/', 'ListBuckets', {}],
      ['GET', '/b/', 'ListObjects', {}],
      ['HEAD', '/b', 'HeadBucket', {}],
      ['GET', '/b//k', 'GetObject', {}],
    ]
    for (const [method, path, operation, headers] of cases) {
      const { seen, url } = await mirror('s3', operation, {})
      const response = await fetch(url + path, { method, headers })
      expect([method, path, seen.length, response.status < 300]).toEqual([method, path, 1, true])
    }
  })

  it("writes errors in S3's shape and names what is not implemented", async () => {
    const error = new AwsError('NoSuchKey', 'The specified key does not exist.', {
      statusCode: 404,
      members: { Key: 'k' },
    })
    const { configuration, url } = await mirror('s3', 'GetObject', error)
    const client = new s3.S3Client({ ...configuration, forcePathStyle: true })
    const thrown = await client
      .send(new s3.GetObjectCommand({ Bucket: 'b', Key: 'k' }))
      .catch(caught => caught)
    expect(thrown).toBeInstanceOf(s3.NoSuchKey)
    expect(thrown).toMatchObject({
      message: 'The specified key does not exist.',
      Key: 'k',
      $metadata: { httpStatusCode: 404 },
    })
    const absent = await fetch(`${url}/b?analytics&id=x`)
    expect(absent.status).toBe(501)
    expect(await absent.text()).toContain('s3:GetBucketAnalyticsConfiguration')
    expect((await fetch(`${url}/b/k?torrent`)).status).toBe(501)
    expect((await fetch(`${url}/b/k`, { method: 'PATCH' })).status).toBe(405)
    expect((await fetch(`${url}/b/%zz`)).status).toBe(400)
  })
})

describe('restJson1', () => {
  it('reads a list whose values each have a pair of the query string', async () => {
    const { seen, configuration } = await mirror('lambda', 'UntagResource', {})
    const Resource = 'arn:aws:lambda:us-east-1:000000000000:function:f'
    const client = new lambda.LambdaClient(configuration)
    await client.send(new lambda.UntagResourceCommand({ Resource, TagKeys: ['a', 'b,c', 'd'] }))
    await client.send(new lambda.UntagResourceCommand({ Resource, TagKeys: ['b,c'] }))
    client.destroy()
    expect(seen).toEqual([
      { Resource, TagKeys: ['a', 'b,c', 'd'] },
      { Resource, TagKeys: ['b,c'] },
    ])
  })

  it('mirrors labels, query, documents and raw payloads', async () => {
    const { seen, configuration } = await mirror('lambda', 'Invoke', {
      StatusCode: 200,
      Payload: Buffer.from('{"a":1}'),
      ExecutedVersion: '$LATEST',
    })
    const client = new lambda.LambdaClient(configuration)
    const output = await client.send(
      new lambda.InvokeCommand({
        FunctionName: 'mi:función',
        Qualifier: '1',
        InvocationType: 'RequestResponse',
        Payload: Buffer.from('{"x":"ñ"}'),
      }),
    )
    expect(seen[0]).toMatchObject({
      FunctionName: 'mi:función',
      Qualifier: '1',
      InvocationType: 'RequestResponse',
    })
    expect(Buffer.from(seen[0]?.Payload as Uint8Array).toString('utf8')).toBe('{"x":"ñ"}')
    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' })
    expect(output.Payload?.transformToString()).toBe('{"a":1}')

    const create = await mirror('lambda', 'CreateFunction', {
      FunctionName: 'f',
      Environment: { Variables: { A: 'b' } },
      CodeSize: 12,
    })
    const second = new lambda.LambdaClient(create.configuration)
    const made = await second.send(
      new lambda.CreateFunctionCommand({
        FunctionName: 'f',
        Role: 'r',
        Code: { ZipFile: Buffer.from([1, 2, 255]) },
        Environment: { Variables: { A: 'b' } },
      }),
    )
    expect(made).toMatchObject({ FunctionName: 'f', Environment: { Variables: { A: 'b' } }, CodeSize: 12 })
    const { ZipFile: code } = (create.seen[0] as { Code: { ZipFile: Uint8Array } }).Code
    expect([...code]).toEqual([1, 2, 255])
  })

  it('writes errors that the client recognises', async () => {
    const error = new AwsError('ResourceNotFoundException', 'Function not found: f', {
      statusCode: 404,
      members: { Type: 'User' },
    })
    const { configuration } = await mirror('lambda', 'GetFunction', error)
    const client = new lambda.LambdaClient(configuration)
    await expect(client.send(new lambda.GetFunctionCommand({ FunctionName: 'f' }))).rejects.toBeInstanceOf(
      lambda.ResourceNotFoundException,
    )
  })
})

describe('awsJson1.1 over cleartext HTTP/2', () => {
  it('mirrors blobs, timestamps and numbers', async () => {
    const arrived = new Date('2026-11-23T10:00:00.123Z')
    const { seen, configuration } = await mirror('kinesis', 'GetRecords', {
      Records: [
        {
          SequenceNumber: '495',
          Data: Buffer.from('€'),
          PartitionKey: 'ARG',
          ApproximateArrivalTimestamp: arrived,
        },
      ],
      MillisBehindLatest: 0,
    })
    const client = new kinesis.KinesisClient(configuration)
    const output = await client.send(new kinesis.GetRecordsCommand({ ShardIterator: 'it', Limit: 5 }))
    client.destroy()
    expect(seen[0]).toEqual({ ShardIterator: 'it', Limit: 5 })
    expect(output.Records?.[0]).toMatchObject({
      SequenceNumber: '495',
      PartitionKey: 'ARG',
      ApproximateArrivalTimestamp: arrived,
    })
    expect(Buffer.from(output.Records?.[0]?.Data ?? []).toString('utf8')).toBe('€')
  })

  it('writes errors that the client recognises and refuses what is not JSON', async () => {
    const error = new AwsError('ResourceNotFoundException', 'Stream x not found', { statusCode: 400 })
    const { configuration, url } = await mirror('kinesis', 'DescribeStream', error)
    const client = new kinesis.KinesisClient(configuration)
    await expect(client.send(new kinesis.DescribeStreamCommand({ StreamName: 'x' }))).rejects.toBeInstanceOf(
      kinesis.ResourceNotFoundException,
    )
    client.destroy()
    const broken = await fetch(url, {
      method: 'POST',
      headers: { 'x-amz-target': 'Kinesis_20131202.DescribeStream' },
      body: '[1,',
    })
    expect([broken.status, await broken.text()]).toEqual([
      400,
      expect.stringContaining('SerializationException'),
    ])
  })
})

describe('query', () => {
  it('mirrors forms with lists and structures', async () => {
    const { seen, configuration } = await mirror('sts', 'AssumeRole', {
      Credentials: {
        AccessKeyId: 'A',
        SecretAccessKey: 'S',
        SessionToken: 'T',
        Expiration: new Date('2026-11-23T10:00:00Z'),
      },
      AssumedRoleUser: { AssumedRoleId: 'id', Arn: 'arn' },
    })
    const client = new sts.STSClient(configuration)
    const input = {
      RoleArn: 'arn:aws:iam::000000000000:role/r',
      RoleSessionName: 's+ñ &=',
      DurationSeconds: 900,
      Tags: [
        { Key: 'a', Value: 'b' },
        { Key: 'c', Value: 'd' },
      ],
      TransitiveTagKeys: ['a', 'c'],
      PolicyArns: [{ arn: 'arn:x' }],
    }
    const output = await client.send(new sts.AssumeRoleCommand(input))
    expect(seen[0]).toEqual(input)
    expect(output.Credentials).toEqual({
      AccessKeyId: 'A',
      SecretAccessKey: 'S',
      SessionToken: 'T',
      Expiration: new Date('2026-11-23T10:00:00Z'),
    })
    expect(output.AssumedRoleUser).toEqual({ AssumedRoleId: 'id', Arn: 'arn' })
  })

  it('writes errors that the client recognises', async () => {
    const { configuration } = await mirror(
      'sts',
      'GetSessionToken',
      new AwsError('RegionDisabledException', 'no', { statusCode: 403 }),
    )
    const client = new sts.STSClient(configuration)
    await expect(client.send(new sts.GetSessionTokenCommand({}))).rejects.toMatchObject({
      name: 'RegionDisabledException',
      message: 'no',
    })
  })
})
