import { validationError } from './errors.ts'
import { pageItems } from './limits.ts'

/** How every listing of IAM asks for its pages. */
export interface PageRequest {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/** A page, and where the next one begins. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly IsTruncated: boolean
  readonly Marker?: string
}

/**
 * Cuts a page out of a listing; the marker names the last item that was given, so that items that come and go between
 * pages neither repeat nor hide others.
 * @throws AwsError ValidationError for a marker that no listing gave
 */
export function cutPage<Item>(
  all: Iterable<Item>,
  keyOf: (item: Item) => string,
  { Marker, MaxItems = pageItems.default }: PageRequest,
): Page<Item> {
  const sorted = [...all].sort((a, b) => compare(keyOf(a), keyOf(b)))
  const after = Marker === undefined ? undefined : readMarker(Marker)
  const rest = after === undefined ? sorted : sorted.filter(item => compare(keyOf(item), after) > 0)
  const items = rest.slice(0, MaxItems)
  const last = items.at(-1)
  if (last === undefined || items.length === rest.length) return { items, IsTruncated: false }
  return { items, IsTruncated: true, Marker: writeMarker(keyOf(last)) }
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

const markerPrefix = 'taller:'

function writeMarker(key: string): string {
  return Buffer.from(markerPrefix + key).toString('base64url')
}

function readMarker(marker: string): string {
  const text = Buffer.from(marker, 'base64url').toString('utf8')
  if (!text.startsWith(markerPrefix)) throw validationError('Invalid Marker.')
  return text.slice(markerPrefix.length)
}
