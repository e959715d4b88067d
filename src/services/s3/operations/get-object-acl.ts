import type { GetObjectAclOutput, GetObjectAclRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { grantsOf } from '../acl/answer.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, OnKey } from '../input.ts'
import { objectOwner } from '../objects/owners.ts'
import { findObject } from '../objects/versions.ts'
import { ownerOf } from '../owner.ts'
import type { S3State } from '../state.ts'

/**
 * Tells an object's ACL.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html
 */
export const getObjectAcl: Operation<S3State, OnKey<GetObjectAclRequest>, Answer<GetObjectAclOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const object = findObject(bucket, input, 'GET')
  const owner = objectOwner(bucket, object)
  return { Owner: ownerOf(owner), Grants: grantsOf(bucket, object.acl, owner) }
}
