import type { GetObjectTaggingOutput, GetObjectTaggingRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, OnKey } from '../input.ts'
import { findObject } from '../objects/versions.ts'
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
  const object = findObject(bucket, input, 'GET')
  return {
    TagSet: [...object.tags],
    ...(bucket.versioning !== undefined && { VersionId: object.versionId }),
  }
}
