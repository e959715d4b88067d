import type { CreateBucketOutput, CreateBucketRequest, Grant } from '@aws-sdk/client-s3'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { bucketAclBlocked } from '../acl/errors.ts'
import { isPublic } from '../acl/grants.ts'
import { type AclMembers, readAclHeaders, saysAcl } from '../acl/read.ts'
import { defaultRegion, resolveBucketRegion } from '../buckets/location.ts'
import { validateBucketName } from '../buckets/name.ts'
import { defaultOwnership, ownerships } from '../buckets/ownership.ts'
import { blockOfNew } from '../buckets/public-access.ts'
import {
  bucketAclWithOwnership,
  bucketAlreadyExists,
  bucketAlreadyOwnedByYou,
  invalidArgument,
} from '../errors.ts'
import type { Answer, InBucket } from '../input.ts'
import { createKeyIndex } from '../keys/key-index.ts'
import { callerAccount } from '../objects/owners.ts'
import { wholeSeconds } from '../objects/versions.ts'
import type { Bucket, S3State } from '../state.ts'
import { validateTags } from '../tags/tags.ts'

type Input = InBucket<CreateBucketRequest>

/**
 * Creates a bucket. In us-east-1 a bucket that the caller has already is no error, as on AWS; its ACL is made anew.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export const createBucket: Operation<S3State, Input, Answer<CreateBucketOutput>> = (
  state,
  input,
  context,
) => {
  const { Bucket: name, CreateBucketConfiguration: configuration } = input
  validateBucketName(name)
  const region = resolveBucketRegion(context.region, configuration?.LocationConstraint)
  const objectOwnership = readOwnership(input)
  const acl = readAclHeaders(input as AclMembers, { owner: context.accountId })
  const existing = state.buckets.get(name)
  if (existing !== undefined) requireOwnAgain(existing, context)
  if (isPublic(acl) && (existing?.publicAccessBlock ?? blockOfNew).BlockPublicAcls) throw bucketAclBlocked()
  if (existing !== undefined) resetAcl(existing, acl)
  else {
    const bucket = newBucket({ name, region, objectOwnership }, context)
    const { LocationConstraint: constraint, Tags: tags } = configuration ?? {}
    if (constraint === 'EU') Object.assign(bucket, { isCalledEu: true })
    if (objectOwnership !== defaultOwnership) bucket.acl = acl
    if (input.ObjectLockEnabledForBucket) Object.assign(bucket, { versioning: 'Enabled', objectLock: {} })
    if (tags !== undefined && tags.length > 0) bucket.tags = validateTags(tags, 'new bucket')
    state.buckets.set(name, bucket)
  }
  return {
    Location: region === defaultRegion ? `/${name}` : `${context.request.origin}/${name}`,
    BucketArn: formatArn({ service: 's3', resource: name }),
  }
}

function resetAcl(bucket: Bucket, acl: readonly Grant[]): void {
  if (bucket.objectOwnership !== defaultOwnership) bucket.acl = acl
}

function newBucket(
  { name, region, objectOwnership }: Required<Pick<Bucket, 'name' | 'region' | 'objectOwnership'>>,
  context: OperationContext,
): Bucket {
  return {
    name,
    region,
    ownerAccountId: callerAccount(context),
    createdAt: wholeSeconds(context.clock.now()),
    publicAccessBlock: blockOfNew,
    objectOwnership,
    keys: createKeyIndex(),
    objects: new Map(),
    uploads: new Map(),
  }
}

/**
 * Refuses a name that is taken, but for a caller of us-east-1 that has this bucket there already.
 * @throws AwsError BucketAlreadyExists, BucketAlreadyOwnedByYou
 */
function requireOwnAgain({ name, region, ownerAccountId }: Bucket, context: OperationContext): void {
  if (ownerAccountId !== callerAccount(context)) throw bucketAlreadyExists(name)
  if (context.region !== defaultRegion || region !== defaultRegion) throw bucketAlreadyOwnedByYou(name)
}

/**
 * Who owns a new bucket's objects. A bucket that is created with the ACL `private`, and says nothing of this, has ACLs:
 * rclone and s3cmd send that ACL with each object then. AWS does so without documenting it
 * (https://github.com/versity/versitygw/issues/1869).
 */
function readOwnership(input: Input): string {
  const ownership: string =
    input.ObjectOwnership ?? (input.ACL === 'private' ? 'BucketOwnerPreferred' : defaultOwnership)
  if (!ownerships.has(ownership)) {
    const message = `Invalid x-amz-object-ownership header: ${ownership}`
    throw invalidArgument(message, 'x-amz-object-ownership')
  }
  const isPrivate = input.ACL === 'private' || !saysAcl(input as AclMembers)
  if (!isPrivate && ownership === defaultOwnership) throw bucketAclWithOwnership(ownership)
  return ownership
}
