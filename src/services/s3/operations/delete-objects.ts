import type {
  _Error,
  DeletedObject,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  ObjectIdentifier,
} from '@aws-sdk/client-s3'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { AwsError } from '../../../core/aws-error.ts'
import { permissionOf } from '../access/need.ts'
import { findBucket } from '../buckets/find.ts'
import { headerNotImplemented, malformedXml, noSuchVersion } from '../errors.ts'
import type { Answer, InBucket } from '../input.ts'
import { maxDeletedKeys } from '../limits.ts'
import { checkDeleteCondition } from '../objects/conditions.ts'
import {
  type DeleteTarget,
  type Deletion,
  deleteKey,
  deleteVersion,
  refuseBypass,
} from '../objects/delete.ts'
import { askerOf } from '../objects/owners.ts'
import { currentObject, isVersionId, nullVersionId } from '../objects/versions.ts'
import { deletes } from '../permissions.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<DeleteObjectsRequest>

/**
 * Deletes up to 1,000 keys or versions; each succeeds or fails by itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export const deleteObjects: Operation<S3State, Input, Answer<DeleteObjectsOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const { BypassGovernanceRetention: bypassesGovernance } = input
  refuseBypass(bucket, bypassesGovernance)
  const objects = input.Delete?.Objects ?? []
  if (objects.length === 0 || objects.length > maxDeletedKeys) throw malformedXml()
  const deleted: DeletedObject[] = []
  const errors: _Error[] = []
  for (const object of objects) {
    if (object.Key === undefined) throw malformedXml()
    try {
      const deletion = deleteOne({ state, bucket, key: object.Key, bypassesGovernance }, object, context)
      if (input.Delete?.Quiet !== true) deleted.push(describeDeletion(object, deletion))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      errors.push(describeError(object, error))
    }
  }
  return { Deleted: deleted, Errors: errors }
}

function deleteOne(target: DeleteTarget, object: ObjectIdentifier, context: OperationContext): Deletion {
  const { bucket, key } = target
  const { VersionId: versionId } = object
  const asked = {
    Bucket: bucket.name,
    Key: key,
    VersionId: versionId,
    BypassGovernanceRetention: target.bypassesGovernance,
  }
  requirePermission(asked, target.state, context)
  if (object.LastModifiedTime !== undefined) throw headerNotImplemented('x-amz-if-match-last-modified-time')
  if (object.Size !== undefined) throw headerNotImplemented('x-amz-if-match-size')
  checkDeleteCondition(object.ETag, currentObject(bucket, key))
  if (versionId === undefined) return deleteKey(target, context)
  if (versionId !== nullVersionId && !(bucket.versioning && isVersionId(versionId)))
    throw noSuchVersion(key, versionId)
  return deleteVersion(target, versionId, context)
}

/** Where permissions decide, each key is asked about by itself. */
function requirePermission(
  target: Parameters<typeof deletes>[0],
  state: S3State,
  context: OperationContext,
): void {
  const { refusalOf } = context
  if (refusalOf === undefined) return
  const scope = { state, now: context.clock.now(), ...askerOf(context) }
  for (const need of deletes(target, scope)) {
    const permission = permissionOf(need, scope)
    const refusal = permission && refusalOf(permission)
    if (refusal) throw refusal
  }
}

function describeDeletion({ Key, VersionId }: ObjectIdentifier, deletion: Deletion): DeletedObject {
  return {
    Key,
    ...(VersionId !== undefined && { VersionId }),
    ...(deletion.isMarker && { DeleteMarker: true, DeleteMarkerVersionId: deletion.versionId }),
  }
}

function describeError({ Key, VersionId }: ObjectIdentifier, { code, message }: AwsError): _Error {
  return { Key, Code: code, Message: message, ...(VersionId !== undefined && { VersionId }) }
}
