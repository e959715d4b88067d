import type { PutObjectOutput, PutObjectRequest } from '@aws-sdk/client-s3'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { isAwsChunked } from '../../../wire/http.ts'
import { readObjectAcl } from '../acl/read.ts'
import { findBucket } from '../buckets/find.ts'
import { defaultAlgorithm } from '../checksums/algorithms.ts'
import { readAnnounced } from '../checksums/announced.ts'
import { readCustomerKey } from '../customer-keys/keys.ts'
import { headerNotImplemented } from '../errors.ts'
import type { Answer, OnKey, WithBody } from '../input.ts'
import { expirationHeader } from '../lifecycle/rules.ts'
import { readLock, requireDigest } from '../object-lock/read.ts'
import { checksumMembers, quoted } from '../objects/answer.ts'
import { encryptionMembers, readAttributes, validateKey } from '../objects/attributes.ts'
import { checkWriteConditions, validateWriteConditions } from '../objects/conditions.ts'
import { ownerOfNew } from '../objects/owners.ts'
import { emptyBody, receiveBody } from '../objects/receive.ts'
import { storeBody } from '../objects/store.ts'
import { answeredVersionId } from '../objects/versions.ts'
import type { S3State } from '../state.ts'
import { parseTaggingHeader } from '../tags/tags.ts'

/**
 * What PutObject takes, and where it is a form's upload how the event is called that tells of it, and that its metadata
 * is text.
 */
export type PutInput = OnKey<WithBody<PutObjectRequest>> & {
  readonly eventName?: string
  readonly keepsWords?: boolean
}

/**
 * Stores an object.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export const putObject: Operation<S3State, PutInput, Answer<PutObjectOutput>> = async (
  state,
  input,
  context,
) => {
  const { Key: key } = input
  const bucket = findBucket(state, input, context)
  validateKey(key)
  const ownerAccountId = ownerOfNew(bucket, input, context)
  const acl = readObjectAcl(bucket, input, ownerAccountId, context)
  if (input.WriteOffsetBytes !== undefined) throw headerNotImplemented('x-amz-write-offset-bytes')
  validateWriteConditions(input)
  checkWriteConditions(input, bucket, key)
  const attributes = readAttributes(withoutFraming(input, context), bucket)
  const lock = readLock(bucket, input, context)
  if (lock !== undefined) requireDigest(context)
  const tags = parseTaggingHeader(input.Tagging)
  const announced = readAnnounced(input, context.request.headers)

  const body = input.Body ?? emptyBody
  const customerKey = readCustomerKey(input)?.bytes
  const order = { ...announced, key: customerKey, defaultChecksum: defaultAlgorithm }
  const received = await receiveBody(body, order, context)
  const { eTag, checksum } = received
  const object = storeBody(
    { state, bucket, eventName: input.eventName ?? 'ObjectCreated:Put' },
    { key, ownerAccountId, body: received, attributes, tags, lock, acl, conditions: input },
    context,
  )
  return {
    ETag: quoted(eTag),
    VersionId: answeredVersionId(bucket, object),
    Expiration: expirationHeader(bucket, key, object),
    ...checksumMembers(checksum),
    ...encryptionMembers(attributes.encryption),
  }
}

/**
 * The input without `aws-chunked` where that is how the body travelled, and not what it is.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
function withoutFraming(input: PutInput, { request }: OperationContext): PutInput {
  if (!input.ContentEncoding?.includes('aws-chunked') || !isAwsChunked(request.headers)) return input
  const encodings = input.ContentEncoding.split(',').map(encoding => encoding.trim())
  const left = encodings.filter(encoding => encoding !== 'aws-chunked')
  return { ...input, ContentEncoding: left.length === 0 ? undefined : left.join(',') }
}
