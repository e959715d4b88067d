import type { ListObjectsOutput, ListObjectsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import type { Answer, InBucket } from '../input.ts'
import { readKeyEncoder, readPageLimit } from '../listing/arguments.ts'
import { listObjectPage } from '../listing/objects.ts'
import { createOwnerTeller } from '../objects/owners.ts'
import type { S3State } from '../state.ts'

/**
 * Lists a bucket's objects, the old way: the next page begins behind its marker.
 * `x-amz-bucket-region` is not modelled; AWS sends it: https://github.com/versity/versitygw/issues/1814
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html
 */
export const listObjects: Operation<S3State, InBucket<ListObjectsRequest>, Answer<ListObjectsOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const { Prefix: prefix = '', Delimiter: delimiter = '', Marker: marker = '' } = input
  const encode = readKeyEncoder(input.EncodingType)
  const limit = readPageLimit(input.MaxKeys, 'max-keys')
  const ownerOf = createOwnerTeller(bucket)
  const page = listObjectPage(bucket, { prefix, delimiter, after: marker, limit, encode, ownerOf })
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    Marker: encode(marker),
    MaxKeys: limit,
    IsTruncated: page.isTruncated,
    Contents: page.contents,
    CommonPrefixes: page.commonPrefixes,
    ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
    ...(delimiter !== '' && page.isTruncated && { NextMarker: encode(page.last) }),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
    $headers: { 'x-amz-bucket-region': bucket.region },
  }
}
