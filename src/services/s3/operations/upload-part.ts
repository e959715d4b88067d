import type { UploadPartOutput, UploadPartRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { checksumMember } from '../checksums/algorithms.ts'
import { readAnnounced } from '../checksums/announced.ts'
import { partKey } from '../customer-keys/keys.ts'
import type { Answer, OnKey, WithBody } from '../input.ts'
import { requirePartChecksum } from '../multipart/part-checksum.ts'
import { findUpload, keepPart, validatePartNumber } from '../multipart/uploads.ts'
import { quoted } from '../objects/answer.ts'
import { encryptionMembers } from '../objects/attributes.ts'
import { emptyBody, receiveBody } from '../objects/receive.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<WithBody<UploadPartRequest>>

/**
 * Receives a part of a multipart upload; a part of the same number is replaced.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html
 */
export const uploadPart: Operation<S3State, Input, Answer<UploadPartOutput>> = async (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const upload = findUpload(bucket, input)
  const partNumber = validatePartNumber(input.PartNumber)
  const key = partKey(upload.attributes.encryption, input)?.bytes
  const announced = readAnnounced(input, context.request.headers)
  requirePartChecksum(upload, announced)
  const received = await receiveBody(
    input.Body ?? emptyBody,
    { ...announced, key, isPart: true, needsDefault: upload.checksum === undefined },
    context,
  )
  const { eTag, checksum } = keepPart({ bucket, upload, partNumber }, received, context)
  return {
    ETag: quoted(eTag),
    ...(checksum !== undefined && { [checksumMember(checksum.algorithm)]: checksum.value }),
    ...encryptionMembers(upload.attributes.encryption),
  }
}
