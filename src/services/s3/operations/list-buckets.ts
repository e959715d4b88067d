import type { ListBucketsOutput, ListBucketsRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { isRegion } from '../buckets/location.ts'
import { invalidArgument } from '../errors.ts'
import type { Answer } from '../input.ts'
import { maxPageBuckets } from '../limits.ts'
import { decodeToken, encodeToken } from '../listing/token.ts'
import { ownerOf } from '../owner.ts'
import type { Bucket, S3State } from '../state.ts'

/**
 * Lists the caller's buckets by name. Regions are told only to requests that use one of the parameters, as on AWS.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
 */
export const listBuckets: Operation<S3State, ListBucketsRequest, Answer<ListBucketsOutput>> = (
  state,
  input,
  context,
) => {
  if (input.BucketRegion !== undefined) requireRegion(input.BucketRegion)
  const maxBuckets = readMaxBuckets(input.MaxBuckets)
  const after = input.ContinuationToken ? decodeToken(input.ContinuationToken) : ''
  const matching = [...state.buckets.values()]
    .filter(({ ownerAccountId }) => ownerAccountId === context.accountId)
    .filter(({ name }) => name > after && name.startsWith(input.Prefix ?? ''))
    .filter(({ region }) => input.BucketRegion === undefined || region === input.BucketRegion)
    .sort((left, right) => (left.name < right.name ? -1 : 1))
  const page = matching.slice(0, maxBuckets)
  const last = page.at(-1)
  return {
    Buckets: page.map(bucket => describeBucket(bucket, input)),
    Owner: ownerOf(context.accountId),
    ...(last !== undefined && page.length < matching.length && { ContinuationToken: encodeToken(last.name) }),
    ...(input.Prefix !== undefined && { Prefix: input.Prefix }),
  }
}

function describeBucket({ name, region, createdAt }: Bucket, input: ListBucketsRequest) {
  const isParameterized = [input.Prefix, input.BucketRegion, input.MaxBuckets, input.ContinuationToken].some(
    parameter => parameter !== undefined,
  )
  return {
    Name: name,
    CreationDate: new Date(createdAt),
    BucketArn: formatArn({ service: 's3', resource: name }),
    ...(isParameterized && { BucketRegion: region }),
  }
}

function requireRegion(region: string): void {
  if (isRegion(region)) return
  throw invalidArgument(`Argument value ${region} is not a valid AWS Region`, 'bucket-region')
}

function readMaxBuckets(maxBuckets: number | undefined): number {
  if (maxBuckets === undefined) return maxPageBuckets
  if (Number.isInteger(maxBuckets) && maxBuckets >= 1 && maxBuckets <= maxPageBuckets) return maxBuckets
  const message = `Argument max-buckets must be an integer between 1 and ${maxPageBuckets}`
  throw invalidArgument(message, 'max-buckets', maxBuckets)
}
