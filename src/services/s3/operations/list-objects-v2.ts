import type { ListObjectsV2Output, ListObjectsV2Request } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import { readKeyEncoder, readPageLimit } from '../listing/arguments.ts'
import { listObjectPage } from '../listing/objects.ts'
import { decodeToken, encodeToken } from '../listing/token.ts'
import { createOwnerTeller } from '../objects/owners.ts'
import type { S3State } from '../state.ts'

type Input = InBucket<ListObjectsV2Request>

/**
 * Lists a bucket's objects; a continuation token outweighs StartAfter.
 * `x-amz-bucket-region` is not modelled; AWS sends it: https://github.com/versity/versitygw/issues/1814
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export const listObjectsV2: Operation<S3State, Input, Answer<ListObjectsV2Output>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const { Prefix: prefix = '', Delimiter: delimiter = '', StartAfter: startAfter = '' } = input
  const encode = readKeyEncoder(input.EncodingType)
  const limit = readPageLimit(input.MaxKeys, 'max-keys')
  const ownerOf = input.FetchOwner ? createOwnerTeller(bucket) : undefined
  const token = input.ContinuationToken
  const after = token === undefined ? startAfter : decodeToken(token)
  const page = listObjectPage(bucket, { prefix, delimiter, after, limit, encode, ownerOf })
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    MaxKeys: limit,
    KeyCount: page.contents.length + page.commonPrefixes.length,
    IsTruncated: page.isTruncated,
    Contents: page.contents,
    CommonPrefixes: page.commonPrefixes,
    ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
    ...(token !== undefined && { ContinuationToken: token }),
    ...(token === undefined && startAfter !== '' && { StartAfter: encode(startAfter) }),
    ...(page.isTruncated && { NextContinuationToken: encodeToken(page.last) }),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    $headers: { 'x-amz-bucket-region': bucket.region },
  }
}
