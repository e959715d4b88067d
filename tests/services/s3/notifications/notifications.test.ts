import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  type Event,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Delivery } from '../../../../src/cloud/deliveries.ts'
import { encodeKey } from '../../../../src/services/s3/notifications/event-record.ts'
import { failureOf } from '../lab.ts'
import { useTargets } from './targets.ts'

const lab = useTargets()
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:procesar'
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:cola'
const topicArn = 'arn:aws:sns:us-east-1:000000000000:tema'
const everything: Event[] = [
  's3:ObjectCreated:*',
  's3:ObjectRemoved:*',
  's3:ObjectTagging:*',
  's3:LifecycleExpiration:*',
  's3:LifecycleTransition',
]

let bucketCount = 0
let Bucket: string
beforeEach(async () => {
  lab.answer = { accepts: true }
  lab.questions.splice(0)
  Bucket = `avisos-${++bucketCount}`
  await lab.s3.send(new CreateBucketCommand({ Bucket }))
})

function notify(filter?: { readonly prefix?: string; readonly suffix?: string }, Events = everything) {
  const FilterRules = [
    ...(filter?.prefix === undefined ? [] : [{ Name: 'prefix' as const, Value: filter.prefix }]),
    ...(filter?.suffix === undefined ? [] : [{ Name: 'suffix' as const, Value: filter.suffix }]),
  ]
  const Filter = { Key: { FilterRules } }
  const LambdaFunctionConfigurations = [{ Id: 'mía', LambdaFunctionArn: functionArn, Events, Filter }]
  const NotificationConfiguration = { LambdaFunctionConfigurations }
  return lab.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
}

const put = (Key: string, Body = 'datos') => lab.s3.send(new PutObjectCommand({ Bucket, Key, Body }))
const remove = (Key: string, VersionId?: string) =>
  lab.s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))
const version = (Status: 'Enabled' | 'Suspended') =>
  lab.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }))

interface S3Record {
  readonly eventName: string
  readonly eventVersion: string
  readonly s3: { readonly object: Readonly<Record<string, unknown>> }
}

/** Every delivery holds one record. */
function recordOf({ payload }: Delivery): S3Record {
  const { Records } = JSON.parse(payload)
  expect(Records).toHaveLength(1)
  return Records[0]
}

/** What was told since it was last asked: the event and its object without the sequencer. */
async function told(): Promise<unknown[]> {
  const deliveries = await lab.takeDeliveries()
  return deliveries.map(delivery => {
    const { eventName, s3 } = recordOf(delivery)
    const { sequencer: _, ...object } = s3.object
    return [eventName, object]
  })
}

describe('a function is told', () => {
  it('of a new object, in the words of AWS', async () => {
    await notify()
    expect(lab.questions).toEqual([
      {
        targetArn: functionArn,
        principal: 's3.amazonaws.com',
        sourceArn: `arn:aws:s3:::${Bucket}`,
        sourceAccount: '000000000000',
      },
    ])
    const { $metadata } = await put('raw/red flower+ñ@%.csv')
    const [delivery, ...others] = await lab.takeDeliveries()
    expect(others).toEqual([])
    expect(delivery).toMatchObject({
      targetArn: functionArn,
      principal: 's3.amazonaws.com',
      sourceArn: `arn:aws:s3:::${Bucket}`,
      sourceAccount: '000000000000',
      subject: `ObjectCreated:Put ${Bucket}/raw/red flower+ñ@%.csv`,
    })
    const golden = await readFile(join(import.meta.dirname, 'object-created-put.json'), 'utf8')
    const expected = golden
      .replaceAll('{bucket}', Bucket)
      .replaceAll('{request}', $metadata.requestId ?? '')
      .replaceAll('{host}', $metadata.extendedRequestId ?? '')
      .replace('{sequencer}', /"sequencer":"([0-9A-F]{16})"/.exec(delivery?.payload ?? '')?.[1] ?? '')
    expect(`${JSON.stringify(JSON.parse(delivery?.payload ?? ''), undefined, 2)}\n`).toBe(expected)
  })

  it('of copies, uploads in parts, tags and deletes', async () => {
    await put('a')
    await notify()
    await lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }))
    const { UploadId } = await lab.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'c' }))
    const part = await lab.s3.send(
      new UploadPartCommand({ Bucket, Key: 'c', UploadId, PartNumber: 1, Body: 'parte' }),
    )
    const Parts = [{ PartNumber: 1, ETag: part.ETag }]
    await lab.s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key: 'c', UploadId, MultipartUpload: { Parts } }),
    )
    await lab.s3.send(
      new PutObjectTaggingCommand({ Bucket, Key: 'a', Tagging: { TagSet: [{ Key: 'x', Value: 'y' }] } }),
    )
    await lab.s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'a' }))
    await lab.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }] } }))
    await remove('c')
    const eTag = createHash('md5').update('datos').digest('hex')
    const ofParts = expect.stringMatching(/^[0-9a-f]{32}-1$/)
    expect(await told()).toEqual([
      ['ObjectCreated:Copy', { key: 'b', size: 5, eTag }],
      ['ObjectCreated:CompleteMultipartUpload', { key: 'c', size: 5, eTag: ofParts }],
      ['ObjectTagging:Put', { key: 'a', eTag }],
      ['ObjectTagging:Delete', { key: 'a', eTag }],
      ['ObjectRemoved:Delete', { key: 'a' }],
      ['ObjectRemoved:Delete', { key: 'b' }],
      ['ObjectRemoved:Delete', { key: 'c' }],
    ])
  })

  it('of versions and markers as AWS does, while versioning is on and after it was suspended', async () => {
    await version('Enabled')
    await notify()
    const first = await put('k')
    const second = await put('k', 'más')
    const marker = await remove('k')
    await remove('k', first.VersionId)
    await version('Suspended')
    await put('k', 'nulo')
    await remove('k', marker.VersionId)
    await remove('k')
    const emptyETag = 'd41d8cd98f00b204e9800998ecf8427e'
    expect(await told()).toEqual([
      ['ObjectCreated:Put', expect.objectContaining({ size: 5, versionId: first.VersionId })],
      ['ObjectCreated:Put', expect.objectContaining({ size: 4, versionId: second.VersionId })],
      ['ObjectRemoved:DeleteMarkerCreated', { key: 'k', eTag: emptyETag, versionId: marker.VersionId }],
      ['ObjectRemoved:Delete', { key: 'k', versionId: first.VersionId }],
      ['ObjectCreated:Put', { key: 'k', size: 4, eTag: expect.any(String) }],
      ['ObjectRemoved:Delete', { key: 'k', versionId: marker.VersionId }],
      ['ObjectRemoved:DeleteMarkerCreated', { key: 'k', eTag: emptyETag }],
    ])
  })

  it('of what lifecycle moves and removes, by nobody but S3', async () => {
    const big = 'x'.repeat(200 * 1024)
    await put('vieja', big)
    await notify()
    const Rules = [
      {
        ID: 'r',
        Status: 'Enabled' as const,
        Filter: { Prefix: '' },
        Transitions: [{ Days: 1, StorageClass: 'GLACIER' as const }],
        Expiration: { Days: 5 },
      },
    ]
    await lab.s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
    )
    const dayMilliseconds = 86_400_000
    await lab.cloud.advanceClock(2 * dayMilliseconds)
    await lab.cloud.advanceClock(5 * dayMilliseconds)
    const [moved, removed, ...others] = (await lab.takeDeliveries()).map(recordOf)
    expect(others).toEqual([])
    expect(moved).toMatchObject({
      eventVersion: '2.3',
      eventName: 'LifecycleTransition',
      userIdentity: { principalId: 's3.amazonaws.com' },
      requestParameters: { sourceIPAddress: 's3.amazonaws.com' },
      s3: { object: { key: 'vieja', size: big.length } },
      lifecycleEventData: { transitionEventData: { destinationStorageClass: 'GLACIER' } },
    })
    expect(removed).toMatchObject({
      eventVersion: '2.3',
      eventName: 'LifecycleExpiration:Delete',
      userIdentity: { principalId: 's3.amazonaws.com' },
    })
    expect(removed?.s3.object).toEqual({ key: 'vieja', sequencer: expect.any(String) })
  })

  it('in an order that the sequencer keeps', async () => {
    await notify()
    for (const text of ['1', '2', '3']) await put('k', text)
    await remove('k')
    const sequencers = (await lab.takeDeliveries()).map(each => String(recordOf(each).s3.object.sequencer))
    expect([...sequencers].sort()).toEqual(sequencers)
    expect(new Set(sequencers).size).toBe(4)
  })
})

describe('nobody is told', () => {
  it('of keys that the filter leaves out, which is about keys as they are called', async () => {
    await notify({ prefix: 'raw/año 1+/', suffix: '.csv' })
    await put('raw/año 1+/a.csv')
    await put('raw/a%C3%B1o+1%2B/a.csv')
    await put('raw/año 1+/a.CSV')
    await put('otro/raw/año 1+/a.csv')
    expect(await told()).toEqual([['ObjectCreated:Put', expect.objectContaining({ size: 5 })]])
  })

  it('of other events, of what was refused, and after the configuration is gone', async () => {
    await notify({}, ['s3:ObjectCreated:Put'])
    await put('a')
    await lab.s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }))
    await remove('a')
    const refused = lab.s3.send(
      new PutObjectCommand({ Bucket, Key: 'c', Body: 'x', ChecksumCRC32: 'AAAAAA==' }),
    )
    await expect(refused).rejects.toThrow('The CRC32 you specified did not match')
    expect(await told()).toHaveLength(1)
    await lab.s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} }),
    )
    await put('d')
    expect(await told()).toEqual([])
  })
})

it('a queue and a topic get a test message first, and a function none', async () => {
  const NotificationConfiguration = {
    QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*'] as Event[] }],
    TopicConfigurations: [{ TopicArn: topicArn, Events: ['s3:ObjectRemoved:*'] as Event[] }],
    LambdaFunctionConfigurations: [
      { LambdaFunctionArn: functionArn, Events: ['s3:ObjectTagging:*'] as Event[] },
    ],
  }
  const input = { Bucket, NotificationConfiguration }
  const { $metadata } = await lab.s3.send(new PutBucketNotificationConfigurationCommand(input))
  const deliveries = await lab.takeDeliveries()
  expect(deliveries.map(({ targetArn }) => targetArn)).toEqual([topicArn, queueArn])
  expect(JSON.parse(deliveries[0]?.payload ?? '')).toEqual({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: expect.stringMatching(/^2024-01-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    Bucket,
    RequestId: $metadata.requestId,
    HostId: $metadata.extendedRequestId,
  })
  const skipping = { ...input, SkipDestinationValidation: true }
  await lab.s3.send(new PutBucketNotificationConfigurationCommand(skipping))
  expect(await lab.takeDeliveries()).toEqual([])
})

it('a target that does not let S3 in is refused with what AWS says of its kind', async () => {
  lab.answer = { accepts: false, reason: 'forbidden' }
  const NotificationConfiguration = {
    QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:ObjectCreated:*'] as Event[] }],
    LambdaFunctionConfigurations: [
      { LambdaFunctionArn: functionArn, Events: ['s3:ObjectRemoved:*'] as Event[] },
    ],
  }
  const input = { Bucket, NotificationConfiguration }
  const failure = await failureOf(lab.s3.send(new PutBucketNotificationConfigurationCommand(input)))
  expect(failure.members).toMatchObject({
    ArgumentName1: queueArn,
    ArgumentValue1:
      'Permissions on the destination queue do not allow S3 to publish notifications from this bucket',
    ArgumentName2: `${functionArn}, null`,
    ArgumentValue2: `Not authorized to invoke function [${functionArn}]`,
  })
})

it.each([
  ['red flower.jpg', 'red+flower.jpg'],
  ['a@b', 'a%40b'],
  ['a/b//c/', 'a/b//c/'],
  ['+ % & = ?', '%2B+%25+%26+%3D+%3F'],
  ['año/ñandú 🦙.csv', 'a%C3%B1o/%C3%B1and%C3%BA+%F0%9F%A6%99.csv'],
  ["a-b_c.d*e~f!g'h(i)", 'a-b_c.d*e%7Ef%21g%27h%28i%29'],
  ['línea\nnueva', 'l%C3%ADnea%0Anueva'],
])('the key %j is written %j', (key, written) => {
  expect(encodeKey(key)).toBe(written)
  expect(decodeURIComponent(written.replaceAll('+', ' '))).toBe(key)
})
