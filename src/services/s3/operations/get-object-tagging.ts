import type { GetObjectTaggingOutput, GetObjectTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { noSuchKey } from '../errors.ts'
import type { Answer, OnKey } from '../input.ts'
import { currentVersion, findObjectForChange } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<GetObjectTaggingRequest>

/**
 * Tells the tags of an object, or of one version of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html
 */
export const getObjectTagging: Operation<S3State, Input, Answer<GetObjectTaggingOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  // AWS names the bucket as well where this, and only this, finds no key.
  if (input.VersionId === undefined && currentVersion(bucket, input.Key) === undefined)
    throw noSuchKey(`${bucket.name}/${input.Key}`)
  const object = findObjectForChange(bucket, input, 'GET')
  return {
    TagSet: [...object.tags],
    ...(bucket.versioning !== undefined && { VersionId: object.versionId }),
  }
}
