import { invalidToken } from '../errors.ts'

/** Where a list goes on: after the item that has this key. */
export interface PageKey {
  readonly name: string
  /** Milliseconds, where the list is in order of time. */
  readonly time: number
}

/** A list and how it is cut. */
export interface Listing<Item> {
  /** In any order; not changed. */
  readonly items: readonly Item[]
  keyOf(item: Item): PageKey
  /** Negative when `left` comes before `right` in the list. */
  compare(left: PageKey, right: PageKey): number
  readonly limit: number
  readonly token: string | undefined
}

/** Puts a list in order and cuts one page; a token says the last item's key, so that pages hold while items come and go. */
export function cutPage<Item>(listing: Listing<Item>): { items: readonly Item[]; nextToken?: string } {
  const { keyOf, compare, limit, token } = listing
  const after = token === undefined ? undefined : readToken(token)
  const left = listing.items
    .map(item => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || compare(key, after) > 0)
    .sort((one, other) => compare(one.key, other.key))
  const page = left.slice(0, limit)
  const last = page.at(-1)
  const hasMore = last !== undefined && left.length > page.length
  return { items: page.map(({ item }) => item), ...(hasMore && { nextToken: writeToken(last.key) }) }
}

/** Orders by name, as ASCII has it. */
export function compareNames(left: PageKey, right: PageKey): number {
  return left.name < right.name ? -1 : left.name > right.name ? 1 : 0
}

/** Orders by time, and by name where that is the same. */
export function compareTimes(left: PageKey, right: PageKey): number {
  return left.time - right.time || compareNames(left, right)
}

function writeToken({ name, time }: PageKey): string {
  return Buffer.from(JSON.stringify([name, time])).toString('base64url')
}

function readToken(token: string): PageKey {
  try {
    const [name, time] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as [unknown, unknown]
    if (typeof name === 'string' && typeof time === 'number') return { name, time }
  } catch {
    // What cannot be read at all is refused below, like what reads as something else.
  }
  throw invalidToken()
}
