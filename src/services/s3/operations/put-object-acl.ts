import { isDeepStrictEqual } from 'node:util'
import type { PutObjectAclOutput, PutObjectAclRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { ownerGrants } from '../acl/grants.ts'
import { readAclChange } from '../acl/read.ts'
import { findBucket } from '../buckets/find.ts'
import { emitObjectEvent } from '../events.ts'
import type { Answer, OnKey } from '../input.ts'
import { objectOwner } from '../objects/owners.ts'
import { findObjectForChange } from '../objects/versions.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<PutObjectAclRequest>

/**
 * Replaces the ACL of an object, or of one version of it; only a change is told of.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html
 */
export const putObjectAcl: Operation<S3State, Input, Answer<PutObjectAclOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const object = findObjectForChange(bucket, input, 'PUT')
  const owner = objectOwner(bucket, object)
  const grants = readAclChange(bucket, input, owner, context)
  const isChange = !isDeepStrictEqual(object.acl ?? ownerGrants(owner), grants)
  object.acl = grants
  const change = { bucket, key: input.Key, version: object, sequence: ++state.changes }
  if (isChange) emitObjectEvent('ObjectAcl:Put', change, context)
  return {}
}
