import { deserialize, serialize } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { createBucket } from '../../../src/services/s3/operations/create-bucket.ts'
import { createMultipartUpload } from '../../../src/services/s3/operations/create-multipart-upload.ts'
import { getBucketLifecycleConfiguration } from '../../../src/services/s3/operations/get-bucket-lifecycle-configuration.ts'
import { getObject } from '../../../src/services/s3/operations/get-object.ts'
import { listObjectVersions } from '../../../src/services/s3/operations/list-object-versions.ts'
import { listObjectsV2 } from '../../../src/services/s3/operations/list-objects-v2.ts'
import { listParts } from '../../../src/services/s3/operations/list-parts.ts'
import { putBucketLifecycleConfiguration } from '../../../src/services/s3/operations/put-bucket-lifecycle-configuration.ts'
import { putBucketVersioning } from '../../../src/services/s3/operations/put-bucket-versioning.ts'
import { putObject } from '../../../src/services/s3/operations/put-object.ts'
import { uploadPart } from '../../../src/services/s3/operations/upload-part.ts'
import { createS3State, type S3State } from '../../../src/services/s3/state.ts'
import { bodyOf, createTestContext } from './context.ts'

const Bucket = 'guardado'

describe('the state of S3', () => {
  it('can be saved and goes on where it was', async () => {
    const context = createTestContext()
    const before = createS3State()
    await createBucket(before, { Bucket }, context)
    await putBucketVersioning(before, { Bucket, VersioningConfiguration: { Status: 'Enabled' } }, context)
    await putObject(before, { Bucket, Key: 'a', Body: bodyOf('uno'), Metadata: { m: '1' } }, context)
    await putObject(before, { Bucket, Key: 'a', Body: bodyOf('dos'), Tagging: 't=1' }, context)
    const Rules = [
      {
        ID: 'r',
        Status: 'Enabled' as const,
        Filter: {},
        Expiration: { Date: new Date('2030-01-01T00:00:00Z') },
      },
    ]
    await putBucketLifecycleConfiguration(before, { Bucket, LifecycleConfiguration: { Rules } }, context)
    const { UploadId } = await createMultipartUpload(before, { Bucket, Key: 'b' }, context)
    await uploadPart(before, { Bucket, Key: 'b', UploadId, PartNumber: 1, Body: bodyOf('parte') }, context)

    const after = deserialize(serialize(before)) as S3State
    expect(await listObjectVersions(after, { Bucket }, context)).toEqual(
      await listObjectVersions(before, { Bucket }, context),
    )
    expect(await getBucketLifecycleConfiguration(after, { Bucket }, context)).toMatchObject({ Rules })
    expect((await listParts(after, { Bucket, Key: 'b', UploadId }, context)).Parts).toHaveLength(1)
    const { Body, TagCount } = await getObject(after, { Bucket, Key: 'a' }, context)
    expect(Buffer.from(Body as Uint8Array).toString()).toBe('dos')
    expect(TagCount).toBe(1)
    await putObject(after, { Bucket, Key: 'c', Body: bodyOf('tres') }, context)
    expect((await listObjectsV2(after, { Bucket }, context)).KeyCount).toBe(2)
    expect((await listObjectsV2(before, { Bucket }, context)).KeyCount).toBe(1)
  })
})
