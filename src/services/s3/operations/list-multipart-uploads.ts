import type { ListMultipartUploadsOutput, ListMultipartUploadsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { invalidArgument } from '../errors.ts'
import type { Answer, InBucket } from '../input.ts'
import { readKeyEncoder, readPageLimit } from '../listing/arguments.ts'
import { listUploadPage } from '../listing/uploads.ts'
import { isUploadId } from '../multipart/uploads.ts'
import { orderOfId } from '../objects/versions.ts'
import type { Bucket, S3State } from '../state.ts'

type Input = InBucket<ListMultipartUploadsRequest>

/**
 * Lists the multipart uploads under way.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
 */
// DIFFERS: AWS gives an empty NextKeyMarker for a page that ends in a common prefix, so that nobody can go on; here it
// is that prefix.
export const listMultipartUploads: Operation<S3State, Input, Answer<ListMultipartUploadsOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: keyMarker = '' } = input
  const encode = readKeyEncoder(input.EncodingType)
  const limit = readPageLimit(input.MaxUploads, 'max-uploads')
  const uploadIdMarker = readUploadIdMarker(bucket, input)
  const orderMarker = uploadIdMarker === '' ? undefined : orderOfId(uploadIdMarker)
  const page = listUploadPage(bucket, { prefix, delimiter, keyMarker, orderMarker, limit, encode })
  const hasNext = page.isTruncated || page.lastUploadId !== ''
  return {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: uploadIdMarker,
    NextKeyMarker: hasNext ? encode(page.lastKey) : '',
    NextUploadIdMarker: page.lastUploadId,
    MaxUploads: limit,
    IsTruncated: page.isTruncated,
    Uploads: page.uploads,
    CommonPrefixes: page.commonPrefixes,
    ...(prefix !== '' && { Prefix: encode(prefix) }),
    ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
  }
}

/** An upload id counts only beside the key that it belongs to. */
function readUploadIdMarker(bucket: Bucket, { KeyMarker = '', UploadIdMarker = '' }: Input): string {
  if (KeyMarker === '' || UploadIdMarker === '') return ''
  const upload = bucket.uploads.get(UploadIdMarker)
  const isForeign = upload !== undefined && upload.key !== KeyMarker
  if (isForeign || !isUploadId(UploadIdMarker)) {
    throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', UploadIdMarker)
  }
  return UploadIdMarker
}
