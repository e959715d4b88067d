import type { DeleteObjectOutput, DeleteObjectRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { headerNotImplemented } from '../errors.ts'
import type { Answer, OnKey } from '../input.ts'
import { checkDeleteCondition } from '../objects/conditions.ts'
import { deleteKey, deleteVersion, refuseBypass } from '../objects/delete.ts'
import { currentObject, validateVersionId } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<DeleteObjectRequest>

/**
 * Deletes a key or one of its versions; what is not there is no error.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
export const deleteObject: Operation<S3State, Input, Answer<DeleteObjectOutput>> = (
  state,
  input,
  context,
) => {
  const { Key: key, VersionId: versionId } = input
  const bucket = findBucket(state, input, context)
  refuseBypass(bucket, input.BypassGovernanceRetention)
  if (input.IfMatchLastModifiedTime !== undefined)
    throw headerNotImplemented('x-amz-if-match-last-modified-time')
  if (input.IfMatchSize !== undefined) throw headerNotImplemented('x-amz-if-match-size')
  if (versionId !== undefined) validateVersionId(bucket, versionId)
  checkDeleteCondition(input.IfMatch, currentObject(bucket, key))
  const target = { state, bucket, key, bypassesGovernance: input.BypassGovernanceRetention }
  const deletion =
    versionId === undefined ? deleteKey(target, context) : deleteVersion(target, versionId, context)
  return {
    ...(deletion.versionId !== undefined && { VersionId: deletion.versionId }),
    ...(deletion.isMarker && { DeleteMarker: true }),
  }
}
