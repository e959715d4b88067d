import type { CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from '@aws-sdk/client-s3'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { partKey } from '../customer-keys/keys.ts'
import type { Answer, OnKey } from '../input.ts'
import { expirationHeader } from '../lifecycle/rules.ts'
import {
  checkChecksumType,
  checkWhole,
  findCompleted,
  multipartChecksum,
  multipartETag,
  selectParts,
} from '../multipart/complete.ts'
import { findUpload } from '../multipart/uploads.ts'
import { checksumMembers, quoted } from '../objects/answer.ts'
import { encryptionMembers } from '../objects/attributes.ts'
import { checkCompletionConditions, validateWriteConditions } from '../objects/conditions.ts'
import { storeObject } from '../objects/store.ts'
import { answeredVersionId } from '../objects/versions.ts'
import type { Bucket, CompletedPart, MultipartUpload, S3State, StoredObject, UploadedPart } from '../state.ts'

type Input = OnKey<CompleteMultipartUploadRequest>
type Output = Answer<CompleteMultipartUploadOutput>

/**
 * Makes an object of a multipart upload's parts; their bytes stay where they are.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export const completeMultipartUpload: Operation<S3State, Input, Output> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const object = findAnswered(bucket, input) ?? completeUpload(state, bucket, input, context)
  return {
    Location: locationOf(bucket, input.Key, context),
    Bucket: bucket.name,
    Key: input.Key,
    ETag: quoted(object.eTag),
    VersionId: answeredVersionId(bucket, object),
    Expiration: expirationHeader(bucket, input.Key, object),
    ...checksumMembers(object.checksum),
    ...encryptionMembers(object.attributes.encryption),
  }
}

/** A client that lost the answer asks again, and gets it. */
function findAnswered(
  bucket: Bucket,
  { Key, UploadId: uploadId, MultipartUpload }: Input,
): StoredObject | undefined {
  if (uploadId === undefined || bucket.uploads.has(uploadId)) return undefined
  return findCompleted(bucket, Key, { uploadId, parts: MultipartUpload?.Parts ?? [] })
}

function completeUpload(
  state: S3State,
  bucket: Bucket,
  input: Input,
  context: OperationContext,
): StoredObject {
  const upload = findUpload(bucket, input)
  validateWriteConditions(input)
  checkCompletionConditions(input, bucket, upload)
  checkChecksumType(input, upload)
  requireCustomerKey(upload, input)
  const parts = selectParts(upload, input.MultipartUpload?.Parts)
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  const checksum = multipartChecksum(upload, parts)
  checkWhole(input, upload, { size, checksum })

  bucket.uploads.delete(upload.id)
  freeUnused(upload, parts, context)
  return storeObject(
    { state, bucket, eventName: 'ObjectCreated:CompleteMultipartUpload' },
    {
      key: upload.key,
      ownerAccountId: upload.ownerAccountId,
      blobs: parts.map(part => part.blob),
      ivs: ivsOf(parts),
      size,
      eTag: multipartETag(parts),
      attributes: upload.attributes,
      tags: upload.tags,
      checksum,
      parts: parts.map(remember),
      uploadId: upload.id,
      lock: upload.lock,
      acl: upload.acl,
    },
    context,
  )
}

/**
 * A customer's key is needed once more where the upload promised checksums, and must be right wherever it is given.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 * @throws AwsError InvalidRequest
 */
function requireCustomerKey({ attributes, checksum }: MultipartUpload, input: Input): void {
  if (checksum !== undefined || input.SSECustomerKey !== undefined) partKey(attributes.encryption, input)
}

function freeUnused(upload: MultipartUpload, used: readonly UploadedPart[], context: OperationContext): void {
  const kept = new Set(used)
  for (const part of upload.parts.values()) if (!kept.has(part)) context.blobs.remove(part.blob)
}

/** Parts are all encrypted by a customer's key, or none is. */
function ivsOf(parts: readonly UploadedPart[]): readonly Buffer[] | undefined {
  const ivs = parts.flatMap(({ iv }) => iv ?? [])
  return ivs.length === 0 ? undefined : ivs
}

function remember({ partNumber, size, checksum }: UploadedPart): CompletedPart {
  return { partNumber, size, ...(checksum !== undefined && { checksum: checksum.value }) }
}

function locationOf(bucket: Bucket, key: string, context: OperationContext): string {
  return `${context.request.origin}/${bucket.name}/${encodeURIComponent(key)}`
}
