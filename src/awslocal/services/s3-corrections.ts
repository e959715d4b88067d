import { CommandFailure } from '../failure.ts'
import { isRecord } from '../values/record.ts'
import type { Corrections } from './corrections.ts'

const bucketPattern = '^[a-zA-Z0-9.\\-_]{1,255}$'
const arnPattern =
  '^arn:(aws).*:(s3|s3-object-lambda):[a-z\\-0-9]*:[0-9]{12}:accesspoint[/:][a-zA-Z0-9\\-.]{1,63}$|' +
  '^arn:(aws).*:s3-outposts:[a-z\\-0-9]+:[0-9]{12}:outpost[/:][a-zA-Z0-9\\-]{1,63}[/:]accesspoint[/:][a-zA-Z0-9\\-]{1,63}$'

/** Members of a listing that come percent-encoded: keys may hold characters that XML cannot. */
interface EncodedMembers {
  readonly top: readonly string[]
  readonly nested: Readonly<Record<string, string>>
}

const encodedListings: Readonly<Record<string, EncodedMembers>> = {
  ListObjects: {
    top: ['Delimiter', 'Marker', 'NextMarker'],
    nested: { Contents: 'Key', CommonPrefixes: 'Prefix' },
  },
  ListObjectsV2: {
    top: ['Delimiter', 'Prefix', 'StartAfter'],
    nested: { Contents: 'Key', CommonPrefixes: 'Prefix' },
  },
  ListObjectVersions: {
    top: ['KeyMarker', 'NextKeyMarker', 'Prefix', 'Delimiter'],
    nested: { Versions: 'Key', DeleteMarkers: 'Key', CommonPrefixes: 'Prefix' },
  },
}

/** What the AWS CLI does for S3: bucket names are checked, listings travel encoded, copy sources are quoted. */
export const s3Corrections: Corrections = {
  prepare: (operation, input) => {
    checkBucket(input.Bucket)
    checkMetadata(input.Metadata)
    const quoted = typeof input.CopySource === 'string' ? { CopySource: quoteSource(input.CopySource) } : {}
    const encoded =
      encodedListings[operation] !== undefined && input.EncodingType === undefined
        ? { EncodingType: 'url' }
        : {}
    return { ...input, ...encoded, ...quoted }
  },
  complete: (operation, given, answer) => {
    if (operation === 'GetBucketLocation') return { LocationConstraint: answer.LocationConstraint || null }
    if ('ExpiresString' in answer) return withExpiryLast(answer)
    const encoded = encodedListings[operation]
    if (encoded === undefined || given.EncodingType !== undefined || answer.EncodingType !== 'url')
      return answer
    return decodeListing(answer, encoded)
  },
}

function checkBucket(bucket: unknown): void {
  if (typeof bucket !== 'string') return
  if (new RegExp(bucketPattern).test(bucket) || new RegExp(arnPattern).test(bucket)) return
  throw new CommandFailure(
    `Parameter validation failed:\nInvalid bucket name "${bucket}": Bucket name must match the regex ` +
      `"${bucketPattern}" or be an ARN matching the regex "${arnPattern}"`,
  )
}

function checkMetadata(metadata: unknown): void {
  if (!isRecord(metadata)) return
  for (const [key, value] of Object.entries(metadata)) {
    if (isAscii(key) && isAscii(String(value))) continue
    throw new CommandFailure(
      `Parameter validation failed:\nNon ascii characters found in S3 metadata for key "${key}", value: "${String(value)}".  \n` +
        'S3 metadata can only contain ASCII characters. ',
    )
  }
}

/** `bucket/key with spaces?versionId=…` → the same, percent-encoded but for the query. */
function quoteSource(source: string): string {
  const version = /\?versionId=\S+$/.exec(source)?.[0] ?? ''
  const path = source.slice(0, source.length - version.length)
  return path.split('/').map(quoteSegment).join('/') + version
}

function quoteSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function decodeListing(
  answer: Record<string, unknown>,
  { top, nested }: EncodedMembers,
): Record<string, unknown> {
  const decoded = { ...answer }
  for (const name of top) {
    const value = decoded[name]
    if (typeof value === 'string') decoded[name] = decodeText(value)
  }
  for (const [name, child] of Object.entries(nested)) {
    const items = decoded[name]
    if (Array.isArray(items)) decoded[name] = items.map(item => decodeMember(item, child))
  }
  return decoded
}

/** The AWS CLI adds the raw text of `Expires` after everything else. */
function withExpiryLast({ ExpiresString, ...answer }: Record<string, unknown>): Record<string, unknown> {
  return { ...answer, ExpiresString }
}

function decodeMember(item: unknown, child: string): unknown {
  if (!isRecord(item)) return item
  const value = item[child]
  return typeof value === 'string' ? { ...item, [child]: decodeText(value) } : item
}

function decodeText(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

function isAscii(text: string): boolean {
  return [...text].every(character => character <= '\u007f')
}
