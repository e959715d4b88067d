import {
  CreateBucketCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketRequestPaymentCommand,
  type LoggingEnabled,
  PutBucketAccelerateConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketRequestPaymentCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, it } from 'vitest'
import { failureOf, useS3 } from '../lab.ts'

const lab = useS3()

describe('acceleration', () => {
  const put = (Bucket: string, Status: string) =>
    lab.s3.send(
      new PutBucketAccelerateConfigurationCommand({
        Bucket,
        AccelerateConfiguration: { Status: Status as never },
      }),
    )
  it('is told once it was put', async () => {
    const Bucket = await lab.newBucket()
    const get = async () =>
      (await lab.s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).Status
    expect(await get()).toBeUndefined()
    await put(Bucket, 'Enabled')
    expect(await get()).toBe('Enabled')
    await put(Bucket, 'Suspended')
    expect(await get()).toBe('Suspended')
    expect(await failureOf(put(Bucket, 'Turbo'))).toMatchObject({ code: 'MalformedXML', status: 400 })
  })

  it('is not for names with periods', async () => {
    const Bucket = 'con.puntos'
    await lab.s3.send(new CreateBucketCommand({ Bucket }))
    expect(await failureOf(put(Bucket, 'Enabled'))).toMatchObject({
      code: 'InvalidRequest',
      message: 'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
    })
  })
})

it('tells who pays', async () => {
  const Bucket = await lab.newBucket()
  const get = async () => (await lab.s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer
  const put = (Payer: string) =>
    lab.s3.send(
      new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: Payer as never } }),
    )
  expect(await get()).toBe('BucketOwner')
  await put('Requester')
  expect(await get()).toBe('Requester')
  expect(await failureOf(put('Nadie'))).toMatchObject({ code: 'MalformedXML', status: 400 })
})

describe('logging', () => {
  const put = (Bucket: string, logging?: LoggingEnabled) =>
    lab.s3.send(
      new PutBucketLoggingCommand({
        Bucket,
        BucketLoggingStatus: logging === undefined ? {} : { LoggingEnabled: logging },
      }),
    )
  it('is put, told and turned off', async () => {
    const Bucket = await lab.newBucket()
    const TargetBucket = await lab.newBucket()
    const get = async () => (await lab.s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled
    expect(await get()).toBeUndefined()
    await put(Bucket, { TargetBucket, TargetPrefix: 'registro/' })
    expect(await get()).toEqual({ TargetBucket, TargetPrefix: 'registro/' })
    await put(Bucket)
    expect(await get()).toBeUndefined()
  })

  it('needs a bucket of the same region', async () => {
    const Bucket = await lab.newBucket()
    const far = 'registro-lejano'
    await lab.client({ region: 'eu-west-1' }).send(
      new CreateBucketCommand({
        Bucket: far,
        CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
      }),
    )
    expect(await failureOf(put(Bucket, { TargetBucket: far, TargetPrefix: '' }))).toMatchObject({
      code: 'CrossLocationLoggingProhibitted',
      status: 403,
    })
    expect(await failureOf(put(Bucket, { TargetBucket: 'no-hay', TargetPrefix: '' }))).toMatchObject({
      code: 'InvalidTargetBucketForLogging',
      status: 400,
      message: 'The target bucket for logging does not exist',
    })
  })
})
