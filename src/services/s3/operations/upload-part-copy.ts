import type { UploadPartCopyOutput, UploadPartCopyRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { checksumMember, defaultAlgorithm } from '../checksums/algorithms.ts'
import { partKey } from '../customer-keys/keys.ts'
import type { Answer, OnKey } from '../input.ts'
import { findUpload, keepPart, validatePartNumber } from '../multipart/uploads.ts'
import { quoted } from '../objects/answer.ts'
import { encryptionMembers } from '../objects/attributes.ts'
import { copyBytes } from '../objects/copy.ts'
import { copySourceVersion, findCopySource, limitCopySize } from '../objects/copy-source.ts'
import { parseCopyRange } from '../objects/range.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<UploadPartCopyRequest>

/**
 * Takes a part of a multipart upload from an object, or from a range of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
 */
export const uploadPartCopy: Operation<S3State, Input, Answer<UploadPartCopyOutput>> = async (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const source = findCopySource(state, input, context)
  const upload = findUpload(bucket, input)
  const partNumber = validatePartNumber(input.PartNumber)
  const { object } = source
  const range = input.CopySourceRange
  const span = range === undefined ? { start: 0, end: object.size } : parseCopyRange(range, object.size)
  limitCopySize(span.end - span.start)
  const algorithm = upload.checksum?.algorithm ?? defaultAlgorithm
  const key = partKey(upload.attributes.encryption, input)?.bytes
  const copied = await copyBytes({ object, span, algorithm, sourceKey: source.customerKey, key }, context)
  // Only what the upload promised is told of a part; else it is for the whole object alone.
  const digests = upload.checksum
    ? { checksum: copied.checksum }
    : { checksum: undefined, defaultValue: copied.checksum?.value }
  const part = keepPart({ bucket, upload, partNumber }, { ...copied, ...digests }, context)
  const { eTag, lastModified, checksum } = part
  return {
    CopyPartResult: {
      ETag: quoted(eTag),
      LastModified: new Date(lastModified),
      ...(checksum !== undefined && { [checksumMember(checksum.algorithm)]: checksum.value }),
    },
    ...copySourceVersion(source),
    ...encryptionMembers(upload.attributes.encryption),
  }
}
