import type { DeleteObjectTaggingOutput, DeleteObjectTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { emitObjectEvent } from '../events.ts'
import type { Answer, OnKey } from '../input.ts'
import { findObjectForChange } from '../objects/versions.ts'
import type { S3State } from '../state.ts'
import { noTags } from '../tags/tags.ts'

type Input = OnKey<DeleteObjectTaggingRequest>

/**
 * Removes the tags of an object, or of one version of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html
 */
export const deleteObjectTagging: Operation<S3State, Input, Answer<DeleteObjectTaggingOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const object = findObjectForChange(bucket, input, 'DELETE')
  object.tags = noTags
  const change = { bucket, key: input.Key, version: object, sequence: ++state.changes }
  emitObjectEvent('ObjectTagging:Delete', change, context)
  return bucket.versioning === undefined ? {} : { VersionId: object.versionId }
}
