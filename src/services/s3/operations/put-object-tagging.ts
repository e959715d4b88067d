import type { PutObjectTaggingOutput, PutObjectTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { malformedXml } from '../errors.ts'
import { emitObjectEvent } from '../events.ts'
import type { Answer, OnKey } from '../input.ts'
import { findObjectForChange } from '../objects/versions.ts'
import type { S3State } from '../state.ts'
import { validateTags } from '../tags/tags.ts'

type Input = OnKey<PutObjectTaggingRequest>

/**
 * Replaces the tags of an object, or of one version of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
 */
export const putObjectTagging: Operation<S3State, Input, Answer<PutObjectTaggingOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const object = findObjectForChange(bucket, input, 'PUT')
  if (input.Tagging === undefined) throw malformedXml()
  object.tags = validateTags(input.Tagging.TagSet ?? [], 'object')
  const change = { bucket, key: input.Key, version: object, sequence: ++state.changes }
  emitObjectEvent('ObjectTagging:Put', change, context)
  return bucket.versioning === undefined ? {} : { VersionId: object.versionId }
}
