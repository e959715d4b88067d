import type { CopyObjectOutput, CopyObjectRequest, Tag } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { readObjectAcl } from '../acl/read.ts'
import { findBucket } from '../buckets/find.ts'
import { defaultAlgorithm } from '../checksums/algorithms.ts'
import { readCustomerKey } from '../customer-keys/keys.ts'
import { invalidArgument, invalidRequest } from '../errors.ts'
import type { Answer, OnKey } from '../input.ts'
import { expirationHeader } from '../lifecycle/rules.ts'
import { readLock } from '../object-lock/read.ts'
import { checksumMembers, quoted } from '../objects/answer.ts'
import { encryptionMembers, readAttributes, validateKey } from '../objects/attributes.ts'
import { checkWriteConditions, validateWriteConditions } from '../objects/conditions.ts'
import { copyBytes, readWantedAlgorithm } from '../objects/copy.ts'
import { type CopySource, copySourceVersion, findCopySource, limitCopySize } from '../objects/copy-source.ts'
import { ownerOfNew } from '../objects/owners.ts'
import { storeBody } from '../objects/store.ts'
import type { Bucket, ObjectAttributes, S3State } from '../state.ts'
import { parseTaggingHeader } from '../tags/tags.ts'

type Input = OnKey<CopyObjectRequest>

/**
 * Copies an object within the cloud.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export const copyObject: Operation<S3State, Input, Answer<CopyObjectOutput>> = async (
  state,
  input,
  context,
) => {
  const { Key: key } = input
  const bucket = findBucket(state, input, context)
  validateKey(key)
  const ownerAccountId = ownerOfNew(bucket, input, context)
  const acl = readObjectAcl(bucket, input, ownerAccountId, context)
  validateWriteConditions(input)
  const source = findCopySource(state, input, context)
  refuseCopyOntoItself(input, source, bucket)
  limitCopySize(source.object.size)
  checkWriteConditions(input, bucket, key)
  const attributes = copiedAttributes(input, source, bucket)
  const lock = readLock(bucket, input, context)
  const tags = copiedTags(input, source)
  const ofSource = source.object.checksum?.algorithm
  const algorithm = readWantedAlgorithm(input.ChecksumAlgorithm) ?? ofSource ?? defaultAlgorithm

  const span = { start: 0, end: source.object.size }
  const copied = await copyBytes(
    {
      object: source.object,
      span,
      algorithm,
      sourceKey: source.customerKey,
      key: readCustomerKey(input)?.bytes,
    },
    context,
  )
  const { eTag, checksum } = copied
  const object = storeBody(
    { state, bucket, eventName: 'ObjectCreated:Copy' },
    { key, ownerAccountId, body: copied, attributes, tags, lock, acl, conditions: input },
    context,
  )
  return {
    CopyObjectResult: {
      ETag: quoted(eTag),
      LastModified: new Date(object.lastModified),
      ...checksumMembers(checksum),
    },
    // Unlike other writes, a copy tells the null version where versioning is suspended.
    VersionId: bucket.versioning && object.versionId,
    Expiration: expirationHeader(bucket, key, object),
    ...copySourceVersion(source),
    ...encryptionMembers(attributes.encryption),
  }
}

function copiedAttributes(input: Input, { object }: CopySource, bucket: Bucket): ObjectAttributes {
  const asked = readAttributes(input, bucket)
  if (isReplace(input.MetadataDirective, 'metadata')) return asked
  const { websiteRedirectLocation: _, ...kept } = object.attributes
  return {
    ...kept,
    storageClass: asked.storageClass,
    encryption: asked.encryption,
    ...(asked.websiteRedirectLocation !== undefined && {
      websiteRedirectLocation: asked.websiteRedirectLocation,
    }),
  }
}

function copiedTags(input: Input, { object }: CopySource): readonly Tag[] {
  return isReplace(input.TaggingDirective, 'tagging') ? parseTaggingHeader(input.Tagging) : object.tags
}

function isReplace(directive: string | undefined, subject: string): boolean {
  if (directive === undefined || directive === 'COPY') return false
  if (directive === 'REPLACE') return true
  throw invalidArgument(`Unknown ${subject} directive.`, `x-amz-${subject}-directive`, directive)
}

/** A copy onto itself must change something; an older version is another thing than the object it is put over. */
function refuseCopyOntoItself(input: Input, source: CopySource, { encryption }: Bucket): void {
  const isSelf =
    source.bucket.name === input.Bucket && source.key === input.Key && source.versionId === undefined
  const changes = [
    input.StorageClass,
    input.ServerSideEncryption,
    input.SSECustomerAlgorithm,
    input.WebsiteRedirectLocation,
    input.MetadataDirective === 'REPLACE' || undefined,
    // What a bucket says of encryption counts as said, though it is the same.
    encryption,
  ]
  if (!isSelf || changes.some(change => change !== undefined)) return
  throw invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  )
}
