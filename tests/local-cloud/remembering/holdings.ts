import { createHash } from 'node:crypto'
import type { Random } from '../../../src/core/random.ts'
import type { Clients } from './clients.ts'

/** What one writer owns in the cloud: as its acknowledged calls say, and as it is read back. */
export interface Holdings {
  /** By key: size, ETag and MD5, see `describeBody`. */
  readonly objects: Record<string, string>
  /** By key of the versioned bucket. */
  readonly versions: Record<string, Versions>
  /** Multipart uploads that are open, by key: the ETag of each part. */
  readonly uploads: Record<string, Record<string, string>>
  /** The bucket's only tag. */
  tag?: string
  /** The days of the bucket's only lifecycle rule. */
  expirationDays?: number
  /** Descriptions by name. */
  readonly roles: Record<string, string>
  /** Log events are numbered from 0; there are this many. */
  events: number
  /** The value of each function's only tag. */
  readonly functions: Record<string, string>
}

/** The versions of one key; an answer of the SDK does not say how they and the markers follow each other. */
export interface Versions {
  /** Newest first. */
  readonly eTags: readonly string[]
  readonly markers: number
  /** The ETag of the current version, or `marker`. */
  readonly current: string
}

/** A key that was never written. */
export const noVersions: Versions = { eTags: [], markers: 0, current: '' }

/** One call that changes the cloud, and what it changes. */
export interface Act {
  readonly name: string
  call(clients: Clients): Promise<void>
  /** Does to the holdings what the call does to the cloud. */
  apply(holdings: Holdings): void
}

/** Somebody who changes things of their own, one call at a time. */
export interface Writer {
  /** e.g. `escritor-03`: the name of its bucket, and the beginning of all other names. */
  readonly name: string
  readonly random: Random
  holdings: Holdings
  /** The call that was sent and not answered. */
  pending: Act | undefined
  /** By key; not known of an upload whose beginning was not answered. */
  readonly uploadIds: Map<string, string>
  /** How many bodies were made: no two are alike. */
  bodies: number
  /** Bodies by ETag, to say what the parts of an upload are together. */
  readonly partBodies: Map<string, Buffer>
}

/** Creates a writer that owns nothing. */
export function createWriter(name: string, random: Random): Writer {
  return {
    name,
    random,
    holdings: { objects: {}, versions: {}, uploads: {}, roles: {}, events: 0, functions: {} },
    pending: undefined,
    uploadIds: new Map(),
    bodies: 0,
    partBodies: new Map(),
  }
}

/** A body that no other write has. */
export function newBody(writer: Writer, size: number): Buffer {
  const label = `${writer.name}/${writer.bodies++}`
  return createHash('shake256', { outputLength: size }).update(label).digest()
}

/** The MD5 of a body, hex: its ETag. */
export function md5Of(body: Uint8Array): string {
  return createHash('md5').update(body).digest('hex')
}

/** The ETag of an object that was put together of parts. */
export function multipartETag(parts: readonly Buffer[]): string {
  const digests = parts.map(part => createHash('md5').update(part).digest())
  return `${md5Of(Buffer.concat(digests))}-${parts.length}`
}

/** Size, ETag and MD5 of an object as one text; the last two differ where it was put together of parts. */
export function describeBody(body: Uint8Array, eTag: string): string {
  return `${body.length} ${eTag} ${md5Of(body)}`
}

/** Fails when what is read back is neither what was acknowledged nor that and the one call that was under way. */
export function differenceOf(writer: Writer, found: Holdings): { acknowledged: Holdings } | undefined {
  const acknowledged = writer.holdings
  if (isSame(found, acknowledged)) return undefined
  if (writer.pending === undefined) return { acknowledged }
  const withPending = structuredClone(acknowledged)
  writer.pending.apply(withPending)
  return isSame(found, withPending) ? undefined : { acknowledged }
}

function isSame(left: Holdings, right: Holdings): boolean {
  return JSON.stringify(inOrder(left)) === JSON.stringify(inOrder(right))
}

/** The same with the names of every record sorted, so that equal ones are equal as JSON. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return Object.fromEntries(
    entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([key, member]) => [key, inOrder(member)]),
  )
}
