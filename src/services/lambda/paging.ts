import { invalidParameter } from './errors.ts'
import { maxPageEntries } from './limits.ts'

/** What calls say of the page that they want. */
export interface PageInput {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

/** One page of a list, and the marker of the next one. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly NextMarker: string | undefined
}

/**
 * Cuts a page out of a list. A marker names the first item that is wanted, so items that come and go do not shift pages.
 * @throws AwsError InvalidParameterValueException for a marker that is none of ours
 */
export function cutPage<Item>(
  items: readonly Item[],
  { Marker, MaxItems }: PageInput,
  keyOf: (item: Item) => string,
): Page<Item> {
  const start = Marker === undefined || Marker === '' ? 0 : findStart(items.map(keyOf), decode(Marker))
  const end = start + Math.min(MaxItems ?? maxPageEntries, maxPageEntries)
  const next = items[end]
  return { items: items.slice(start, end), NextMarker: next === undefined ? undefined : encode(keyOf(next)) }
}

/** Where a key stands, or where it would stand had it not been deleted meanwhile. */
function findStart(keys: readonly string[], wanted: string): number {
  const exact = keys.indexOf(wanted)
  if (exact !== -1) return exact
  const after = keys.findIndex(key => key > wanted)
  return after === -1 ? keys.length : after
}

function encode(key: string): string {
  return Buffer.from(`m:${key}`).toString('base64')
}

function decode(marker: string): string {
  const text = Buffer.from(marker, 'base64').toString('utf8')
  if (!text.startsWith('m:')) throw invalidParameter('Invalid marker')
  return text.slice(2)
}
