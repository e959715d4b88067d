import type { CreateMultipartUploadOutput, CreateMultipartUploadRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { readObjectAcl } from '../acl/read.ts'
import { findBucket } from '../buckets/find.ts'
import { type ChecksumType, checksumAlgorithms } from '../checksums/algorithms.ts'
import { invalidArgument, invalidRequest } from '../errors.ts'
import type { Answer, OnKey } from '../input.ts'
import { abortOf } from '../lifecycle/rules.ts'
import { uploadIdLength } from '../multipart/uploads.ts'
import { readLock } from '../object-lock/read.ts'
import { encryptionMembers, readAttributes, validateKey } from '../objects/attributes.ts'
import { readWantedAlgorithm } from '../objects/copy.ts'
import { callerAccount, ownerOfNew } from '../objects/owners.ts'
import { currentObject, orderedId, wholeSeconds } from '../objects/versions.ts'
import type { MultipartUpload, S3State } from '../state.ts'
import { parseTaggingHeader } from '../tags/tags.ts'

type Input = OnKey<CreateMultipartUploadRequest>
type Output = Answer<CreateMultipartUploadOutput>

/**
 * Begins a multipart upload: what is said of the object now counts when the upload is completed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
 */
export const createMultipartUpload: Operation<S3State, Input, Output> = (state, input, context) => {
  const { Key: key } = input
  const bucket = findBucket(state, input, context)
  validateKey(key)
  const ownerAccountId = ownerOfNew(bucket, input, context)
  const acl = readObjectAcl(bucket, input, ownerAccountId, context)
  const attributes = readAttributes(input, bucket)
  const checksum = readUploadChecksum(input)
  const lock = readLock(bucket, input, context)
  const change = ++state.changes
  const upload: MultipartUpload = {
    id: orderedId(uploadIdLength, change, context),
    key,
    initiatorAccountId: callerAccount(context),
    ...(ownerAccountId !== undefined && { ownerAccountId }),
    initiatedAt: wholeSeconds(context.clock.now()),
    change,
    keyExisted: currentObject(bucket, key) !== undefined,
    attributes,
    tags: parseTaggingHeader(input.Tagging),
    ...(checksum !== undefined && { checksum }),
    ...(lock !== undefined && { lock }),
    ...(acl !== undefined && { acl }),
    parts: new Map(),
  }
  bucket.uploads.set(upload.id, upload)
  return {
    Bucket: bucket.name,
    Key: key,
    UploadId: upload.id,
    ...(checksum !== undefined && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    ...abortOf(bucket, upload),
    ...encryptionMembers(attributes.encryption),
  }
}

/** Only a CRC of the whole follows from those of the parts; a CRC-64 is always one of the whole. */
function readUploadChecksum(input: Input): MultipartUpload['checksum'] {
  const algorithm = readWantedAlgorithm(input.ChecksumAlgorithm)
  const asked = readChecksumType(input.ChecksumType)
  if (algorithm === undefined) {
    if (asked === undefined) return undefined
    throw invalidRequest(
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    )
  }
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE')
  const isPossible =
    type === 'FULL_OBJECT' ? checksumAlgorithms[algorithm].isLinear : algorithm !== 'CRC64NVME'
  if (!isPossible) {
    throw invalidRequest(
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    )
  }
  return { algorithm, type }
}

function readChecksumType(type: string | undefined): ChecksumType | undefined {
  if (type === undefined || type === 'COMPOSITE' || type === 'FULL_OBJECT') return type
  throw invalidArgument('Value for x-amz-checksum-type header is invalid.', 'x-amz-checksum-type', type)
}
