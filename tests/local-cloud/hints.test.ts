import {
  AddPermissionCommand,
  CreateFunctionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { strToU8, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { useHints } from '../cloud/hints/lab.ts'
import { minimal } from '../services/lambda/lab.ts'

/** Reads what it is told of, without decoding the key, and writes a copy beside it. */
const careless = `
  import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
  const s3 = new S3Client({ forcePathStyle: true })
  export const handler = async ({ Records: [{ s3: { bucket, object } }] }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: object.key }))
    const copy = { Bucket: bucket.name, Key: object.key + '.copia', Body: await Body.transformToString() }
    await s3.send(new PutObjectCommand(copy))
  }`

const lab = useHints()
const FunctionName = 'descuidada'
const Bucket = 'lago-descuidado'

const put = (Key: string) => lab.clients().s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a,b' }))

beforeAll(async () => {
  const { s3, lambda } = lab.clients()
  const ZipFile = zipSync({ 'index.mjs': strToU8(careless) })
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({ ...minimal(FunctionName), Code: { ZipFile }, Timeout: 30 }),
  )
  const waiting = { client: lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }
  await waitUntilFunctionActiveV2(waiting, { FunctionName })
  await s3.send(new CreateBucketCommand({ Bucket }))
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 's3',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: `arn:aws:s3:::${Bucket}`,
    }),
  )
  const one = { LambdaFunctionArn: FunctionArn, Events: ['s3:ObjectCreated:*' as const] }
  const NotificationConfiguration = { LambdaFunctionConfigurations: [one] }
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
})

describe('a function as it should not be', () => {
  it('that does not decode the key of its event', async () => {
    const takes = ({ operation }: { operation: string }): boolean => operation === 'GetObject'
    const line = await lab.lineOf(
      put('raw/ventas año.csv').then(() => lab.cloud.idle()),
      takes,
    )
    expect(line).toMatchObject({
      status: 404,
      hint: {
        id: 's3.encoded-key',
        facts: { key: 'raw/ventas+a%C3%B1o.csv', existing: 'raw/ventas año.csv' },
      },
    })
  })

  it('that invokes itself by what it writes: told at its second turn, and once', async () => {
    const line = await lab.lineOf(
      put('raw/ventas.csv').then(() => lab.cloud.idle()),
      ({ hint }) => hint?.id === 'lambda.loop-ended',
    )
    expect(line).toMatchObject({ operation: FunctionName, invocation: { outcome: 'undelivered', chain: 17 } })
    const told = lab.lines.filter(({ hint }) => hint?.id === 'lambda.recursive-loop')
    expect(told.map(({ invocation }) => invocation?.chain)).toEqual([2])
    expect(told[0]?.hint?.facts).toMatchObject({ function: FunctionName, place: `${Bucket}/raw/` })
  })
})
