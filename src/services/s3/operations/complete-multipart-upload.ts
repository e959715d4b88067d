import type { CompleteMultipartUploadOutput, CompleteMultipartUploadRequest } from '@aws-sdk/client-s3'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, OnKey } from '../input.ts'
import { expirationHeader } from '../lifecycle/rules.ts'
import {
  checkChecksumType,
  checkWhole,
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
import type { Bucket, CompletedPart, MultipartUpload, S3State, UploadedPart } from '../state.ts'

type Input = OnKey<CompleteMultipartUploadRequest>
type Output = Answer<CompleteMultipartUploadOutput>

/**
 * Makes an object of a multipart upload's parts; their bytes stay where they are.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export const completeMultipartUpload: Operation<S3State, Input, Output> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const upload = findUpload(bucket, input)
  const { key, attributes, tags } = upload
  validateWriteConditions(input)
  checkCompletionConditions(input, bucket, upload)
  checkChecksumType(input, upload)
  const parts = selectParts(upload, input.MultipartUpload?.Parts)
  const size = parts.reduce((sum, part) => sum + part.size, 0)
  const checksum = multipartChecksum(upload, parts)
  checkWhole(input, upload, { size, checksum })
  const eTag = multipartETag(parts)

  bucket.uploads.delete(upload.id)
  freeUnused(upload, parts, context)
  const object = storeObject(
    { state, bucket, eventName: 'ObjectCreated:CompleteMultipartUpload' },
    {
      key,
      blobs: parts.map(part => part.blob),
      size,
      eTag,
      attributes,
      tags,
      checksum,
      parts: parts.map(remember),
    },
    context,
  )
  return {
    Location: locationOf(bucket, key, context),
    Bucket: bucket.name,
    Key: key,
    ETag: quoted(eTag),
    VersionId: answeredVersionId(bucket, object),
    Expiration: expirationHeader(bucket, key, object),
    ...checksumMembers(checksum),
    ...encryptionMembers(attributes.encryption),
  }
}

function freeUnused(upload: MultipartUpload, used: readonly UploadedPart[], context: OperationContext): void {
  const kept = new Set(used)
  for (const part of upload.parts.values()) if (!kept.has(part)) context.blobs.remove(part.blob)
}

function remember({ partNumber, size, checksum }: UploadedPart): CompletedPart {
  return { partNumber, size, ...(checksum !== undefined && { checksum: checksum.value }) }
}

function locationOf(bucket: Bucket, key: string, context: OperationContext): string {
  return `${context.request.origin}/${bucket.name}/${encodeURIComponent(key)}`
}
