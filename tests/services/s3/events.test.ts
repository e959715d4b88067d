import { describe, expect, it } from 'vitest'
import type { CloudEvent } from '../../../src/cloud/events.ts'
import type { ObjectChange } from '../../../src/services/s3/events.ts'
import { completeMultipartUpload } from '../../../src/services/s3/operations/complete-multipart-upload.ts'
import { copyObject } from '../../../src/services/s3/operations/copy-object.ts'
import { createBucket } from '../../../src/services/s3/operations/create-bucket.ts'
import { createMultipartUpload } from '../../../src/services/s3/operations/create-multipart-upload.ts'
import { deleteObject } from '../../../src/services/s3/operations/delete-object.ts'
import { deleteObjectTagging } from '../../../src/services/s3/operations/delete-object-tagging.ts'
import { deleteObjects } from '../../../src/services/s3/operations/delete-objects.ts'
import { putBucketVersioning } from '../../../src/services/s3/operations/put-bucket-versioning.ts'
import { putObject } from '../../../src/services/s3/operations/put-object.ts'
import { putObjectTagging } from '../../../src/services/s3/operations/put-object-tagging.ts'
import { uploadPart } from '../../../src/services/s3/operations/upload-part.ts'
import { createS3State } from '../../../src/services/s3/state.ts'
import { bodyOf, createTestContext } from './context.ts'

const Bucket = 'emisor'

async function start() {
  const events: CloudEvent[] = []
  const state = createS3State()
  const context = createTestContext(undefined, event => events.push(event))
  await createBucket(state, { Bucket }, context)
  return { state, context, events, types: () => events.map(({ type }) => type) }
}

describe('events', () => {
  it('tell of every way in which an object comes and goes', async () => {
    const { state, context, types } = await start()
    await putObject(state, { Bucket, Key: 'a', Body: bodyOf('x') }, context)
    await copyObject(state, { Bucket, Key: 'b', CopySource: `${Bucket}/a` }, context)
    const { UploadId } = await createMultipartUpload(state, { Bucket, Key: 'c' }, context)
    const { ETag } = await uploadPart(
      state,
      { Bucket, Key: 'c', UploadId, PartNumber: 1, Body: bodyOf('y') },
      context,
    )
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    await completeMultipartUpload(state, { Bucket, Key: 'c', UploadId, MultipartUpload }, context)
    await putObjectTagging(state, { Bucket, Key: 'a', Tagging: { TagSet: [] } }, context)
    await deleteObjectTagging(state, { Bucket, Key: 'a' }, context)
    await deleteObject(state, { Bucket, Key: 'a' }, context)
    await deleteObject(state, { Bucket, Key: 'a' }, context)
    await putBucketVersioning(state, { Bucket, VersioningConfiguration: { Status: 'Enabled' } }, context)
    await deleteObjects(
      state,
      { Bucket, Delete: { Objects: [{ Key: 'b' }, { Key: 'c', VersionId: 'null' }] } },
      context,
    )
    expect(types()).toEqual([
      's3:ObjectCreated:Put',
      's3:ObjectCreated:Copy',
      's3:ObjectCreated:CompleteMultipartUpload',
      's3:ObjectTagging:Put',
      's3:ObjectTagging:Delete',
      's3:ObjectRemoved:Delete',
      's3:ObjectRemoved:DeleteMarkerCreated',
      's3:ObjectRemoved:Delete',
    ])
  })

  it('say what, where and in which order', async () => {
    const { state, context, events } = await start()
    const { ETag } = await putObject(state, { Bucket, Key: 'ñ +.csv', Body: bodyOf('datos') }, context)
    await putBucketVersioning(state, { Bucket, VersioningConfiguration: { Status: 'Enabled' } }, context)
    const second = await putObject(state, { Bucket, Key: 'ñ +.csv', Body: bodyOf('más') }, context)
    const removed = await deleteObject(state, { Bucket, Key: 'ñ +.csv' }, context)
    const details = events.map(({ detail }) => detail as unknown as ObjectChange)
    expect(details[0]).toEqual({
      bucket: Bucket,
      key: 'ñ +.csv',
      size: 5,
      eTag: ETag?.replaceAll('"', ''),
      sequencer: expect.stringMatching(/^[0-9A-F]{16}$/),
      requestId: context.request.id,
      sourceIpAddress: '127.0.0.1',
      accessKeyId: 'test',
    })
    expect(details[1]).toMatchObject({ size: 4, versionId: second.VersionId })
    expect(details[2]).toMatchObject({ versionId: removed.VersionId })
    expect(details[2]).not.toHaveProperty('size')
    expect(details[2]).not.toHaveProperty('eTag')
    const sequencers = details.map(({ sequencer }) => sequencer)
    expect([...sequencers].sort()).toEqual(sequencers)
    expect(new Set(sequencers).size).toBe(3)
    expect(events[0]).toMatchObject({
      accountId: '000000000000',
      region: 'us-east-1',
      time: context.clock.now(),
    })
  })

  it('do not tell of what was refused', async () => {
    const { state, context, events } = await start()
    const call = putObject(state, { Bucket, Key: 'a', Body: bodyOf('x'), ChecksumCRC32: 'AAAAAA==' }, context)
    await expect(call).rejects.toThrow('The CRC32 you specified did not match')
    expect(events).toEqual([])
  })
})
