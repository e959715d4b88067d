import type { ListObjectVersionsOutput, ListObjectVersionsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { invalidArgument } from '../errors.ts'
import type { Answer, InBucket } from '../input.ts'
import { readKeyEncoder, readPageLimit } from '../listing/arguments.ts'
import { listVersionPage } from '../listing/versions.ts'
import { createOwnerTeller } from '../objects/owners.ts'
import { validateVersionId } from '../objects/versions.ts'
import type { Bucket, S3State } from '../state.ts'

type Input = InBucket<ListObjectVersionsRequest>

/**
 * Lists every version and delete marker, newest first within a key; in AWS's document they stand among one another
 * (https://github.com/aws/aws-sdk-java-v2/issues/1620).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export const listObjectVersions: Operation<S3State, Input, Answer<ListObjectVersionsOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const { Prefix: prefix = '', Delimiter: delimiter = '', KeyMarker: keyMarker = '' } = input
  const encode = readKeyEncoder(input.EncodingType)
  const limit = readPageLimit(input.MaxKeys, 'max-keys')
  const versionIdMarker = readVersionIdMarker(bucket, input)
  const ownerOf = createOwnerTeller(bucket)
  const page = listVersionPage(bucket, {
    prefix,
    delimiter,
    keyMarker,
    versionIdMarker,
    limit,
    encode,
    ownerOf,
  })
  return {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionIdMarker ?? '',
    MaxKeys: limit,
    IsTruncated: page.isTruncated,
    Versions: page.versions,
    DeleteMarkers: page.deleteMarkers,
    $sequence: page.sequence,
    CommonPrefixes: page.commonPrefixes,
    ...(delimiter !== '' && { Delimiter: encode(delimiter) }),
    ...(page.isTruncated && { NextKeyMarker: encode(page.lastKey), NextVersionIdMarker: page.lastVersionId }),
    ...(input.EncodingType !== undefined && { EncodingType: input.EncodingType }),
  }
}

function readVersionIdMarker(bucket: Bucket, { KeyMarker, VersionIdMarker }: Input): string | undefined {
  if (VersionIdMarker === undefined || VersionIdMarker === '') return undefined
  if (KeyMarker === undefined || KeyMarker === '') {
    const message = 'A version-id marker cannot be specified without a key marker.'
    throw invalidArgument(message, 'version-id-marker', VersionIdMarker)
  }
  validateVersionId(bucket, VersionIdMarker)
  return VersionIdMarker
}
