import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  type RestoreRequest,
  type StorageClass,
  type Tier,
} from '@aws-sdk/client-s3'
import { beforeEach, describe, expect, it } from 'vitest'
import { failureOf, textOf } from '../lab.ts'
import { useTargets } from '../notifications/targets.ts'

const lab = useTargets()
const hour = 3_600_000
const Key = 'viejo.csv'

let bucketCount = 0
let Bucket: string
beforeEach(async () => {
  Bucket = `archivo-${++bucketCount}`
  await lab.s3.send(new CreateBucketCommand({ Bucket }))
})

const archive = (Class: StorageClass) =>
  lab.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'datos', StorageClass: Class }))
const restore = (RestoreRequest?: RestoreRequest) =>
  lab.s3.send(new RestoreObjectCommand({ Bucket, Key, RestoreRequest }))
const read = () => lab.s3.send(new GetObjectCommand({ Bucket, Key }))
const standing = async () => (await lab.s3.send(new HeadObjectCommand({ Bucket, Key }))).Restore

describe('an archived object', () => {
  it('is read only while its restored copy is there', async () => {
    await archive('GLACIER')
    expect(await standing()).toBeUndefined()
    expect(await failureOf(read())).toMatchObject({ code: 'InvalidObjectState', status: 403 })

    const { $metadata } = await restore({ Days: 2 })
    expect($metadata.httpStatusCode).toBe(202)
    expect(await standing()).toBe('ongoing-request="true"')
    expect(await failureOf(read())).toMatchObject({ code: 'InvalidObjectState' })
    expect(await failureOf(restore({ Days: 2 }))).toMatchObject({
      code: 'RestoreAlreadyInProgress',
      status: 409,
    })

    await lab.cloud.advanceClock(5 * hour)
    const restored = await read()
    expect(await textOf(restored)).toBe('datos')
    expect(restored.Restore).toMatch(/^ongoing-request="false", expiry-date="\w{3}, .* 00:00:00 GMT"$/)
    expect(restored.StorageClass).toBe('GLACIER')

    await lab.cloud.advanceClock(72 * hour)
    expect(await standing()).toBeUndefined()
    expect(await failureOf(read())).toMatchObject({ code: 'InvalidObjectState' })
  })

  it('stays longer when it is asked for again', async () => {
    await archive('GLACIER')
    await restore({ Days: 1, GlacierJobParameters: { Tier: 'Expedited' } })
    await lab.cloud.advanceClock(hour)
    const before = await standing()
    expect((await restore({ Days: 30 })).$metadata.httpStatusCode).toBe(200)
    const expiryOf = (header?: string) => Date.parse(/expiry-date="(.*)"/.exec(header ?? '')?.[1] ?? '')
    expect(expiryOf(await standing()) - expiryOf(before)).toBe(29 * 24 * hour)
  })

  it('is copied while it can be read', async () => {
    await archive('GLACIER')
    const copy = () =>
      lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'copia', CopySource: `${Bucket}/${Key}` }))
    expect(await failureOf(copy())).toMatchObject({ code: 'InvalidObjectState' })
    await restore({ Days: 1 })
    await lab.cloud.advanceClock(5 * hour)
    await copy()
    expect(await textOf(await lab.s3.send(new GetObjectCommand({ Bucket, Key: 'copia' })))).toBe('datos')
  })

  it.each<[StorageClass, Tier, number]>([
    ['GLACIER', 'Expedited', 1 / 12],
    ['GLACIER', 'Bulk', 12],
    ['DEEP_ARCHIVE', 'Standard', 12],
    ['DEEP_ARCHIVE', 'Bulk', 48],
  ])('of %s by tier %s takes %d hours', async (Class, tier, hours) => {
    await archive(Class)
    await restore({ Days: 1, GlacierJobParameters: { Tier: tier } })
    await lab.cloud.advanceClock(hours * hour - 1000)
    expect(await standing()).toBe('ongoing-request="true"')
    await lab.cloud.advanceClock(1000)
    expect(await standing()).toContain('ongoing-request="false"')
  })

  it('tells its bucket what becomes of it', async () => {
    const QueueConfigurations = [
      {
        Id: 'restos',
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:cola',
        Events: ['s3:ObjectRestore:*' as const],
      },
    ]
    const input = { Bucket, NotificationConfiguration: { QueueConfigurations } }
    await lab.s3.send(new PutBucketNotificationConfigurationCommand(input))
    await lab.takeDeliveries()
    await archive('GLACIER')
    await restore({ Days: 1 })
    await lab.cloud.advanceClock(5 * hour)
    await lab.cloud.advanceClock(48 * hour)
    const records = (await lab.takeDeliveries()).map(({ payload }) => JSON.parse(payload).Records[0])
    expect(records.map(({ eventName }) => eventName)).toEqual([
      'ObjectRestore:Post',
      'ObjectRestore:Completed',
      'ObjectRestore:Delete',
    ])
    expect(records[1]).toMatchObject({
      eventVersion: '2.1',
      userIdentity: { principalId: expect.stringMatching(/^AmazonCustomer:A/) },
      s3: { object: { key: Key, size: 5, eTag: expect.any(String), sequencer: expect.any(String) } },
      glacierEventData: {
        restoreEventData: {
          lifecycleRestorationExpiryTime: expect.stringMatching(/T00:00:00\.000Z$/),
          lifecycleRestoreStorageClass: 'GLACIER',
        },
      },
    })
  })
})

describe('S3 refuses to restore', () => {
  it.each<[string, StorageClass, RestoreRequest | undefined, string, number]>([
    ['what is in no archive', 'STANDARD', { Days: 1 }, 'InvalidObjectState', 403],
    ['for no days', 'GLACIER', { Days: 0 }, 'InvalidArgument', 400],
    ['without saying for how long', 'GLACIER', {}, 'MalformedXML', 400],
    ['without a document', 'GLACIER', undefined, 'MalformedXML', 400],
    ['by an odd tier', 'GLACIER', { Days: 1, Tier: 'Slow' as Tier }, 'MalformedXML', 400],
    ['the deep archive fast', 'DEEP_ARCHIVE', { Days: 1, Tier: 'Expedited' }, 'InvalidRequest', 400],
    ['by a query', 'GLACIER', { Type: 'SELECT' }, 'NotImplemented', 501],
  ])('%s', async (_, Class, request, code, status) => {
    await archive(Class)
    expect(await failureOf(restore(request))).toMatchObject({ code, status })
  })
})
