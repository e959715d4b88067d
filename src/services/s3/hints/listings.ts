import type { HintRule } from '../../../cloud/hints/hint.ts'
import type { CallDescription, DescribedCall } from '../../../cloud/service.ts'
import type { RequestLine } from '../../../cloud/timeline.ts'
import type { S3State } from '../state.ts'

const listings = ['ListObjectsV2', 'ListObjects', 'ListObjectVersions']

/** What the timeline says of S3's calls that their path does not: a listing's prefix and page, a form's key. */
export function describeCall({ operation, input, output }: DescribedCall): CallDescription | undefined {
  if (operation === 'PostObject') return { resource: encodeURI(`${input.Bucket}/${input.Key}`) }
  if (!listings.includes(operation)) return undefined
  const isFirst = !['ContinuationToken', 'StartAfter', 'Marker', 'KeyMarker'].some(name => input[name])
  return {
    resource: encodeURI(input.Prefix ? `${input.Bucket}/${input.Prefix}` : `${input.Bucket}`),
    // Who asks for a few keys does not want them all.
    ...(output && input.MaxKeys === undefined && { page: { isFirst, isLast: output.IsTruncated !== true } }),
  }
}

/**
 * Somebody takes the first page of a listing again though the rest of it was never asked for. Once is no sign: who reads
 * page after page may do other things in between.
 */
const firstPageOnly: HintRule<S3State> = {
  id: 's3.first-page-only',
  on: 'success',
  operations: listings,
  find: ({ line, input, output }, { earlier }) => {
    if (!isFirstOfMore(line)) return undefined
    const last = earlier().findLast(each => each.page !== undefined && isSameListing(each, line))
    if (last === undefined || !isFirstOfMore(last)) return undefined
    const { Bucket: bucket, Prefix: prefix = '' } = input ?? {}
    return {
      facts: { bucket: String(bucket), prefix: String(prefix), keys: String(countOf(output)) },
      tryIt: ['s3', 'ls', `s3://${bucket}/${prefix}`, '--recursive', '--summarize'],
    }
  },
}

function isFirstOfMore({ page }: RequestLine): boolean {
  return page?.isFirst === true && !page.isLast
}

function isSameListing(one: RequestLine, other: RequestLine): boolean {
  return (
    one.operation === other.operation && one.resource === other.resource && one.accountId === other.accountId
  )
}

function countOf(output: Readonly<Record<string, unknown>> = {}): number {
  return [output.Contents, output.Versions, output.CommonPrefixes, output.DeleteMarkers]
    .filter(Array.isArray)
    .reduce((sum, { length }) => sum + length, 0)
}

/** Listings that are not read to their end. */
export const listingRules = [firstPageOnly]
