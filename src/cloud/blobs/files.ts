import { randomBytes } from 'node:crypto'
import type { ResponseBody } from '../../wire/body.ts'
import type { FileBlob } from '../blob-store.ts'
import type { Place } from './place.ts'
import { readFile } from './read-file.ts'
import { type BlobRecovery, blobSuffix } from './recover.ts'
import type { Removals } from './removals.ts'
import type { Incoming } from './write-file.ts'

/** The files of a blob store. */
export interface BlobFiles {
  /** Bodies up to this size stay in memory, in bytes. */
  readonly smallBlobBytes: number
  /** @throws DiskError, and whatever the body throws; then nothing is left of it */
  write(incoming: Incoming): Promise<FileBlob>
  /** Takes in a file of another store under the name that it has there. */
  adopt(name: string, incoming: Incoming): Promise<void>
  read(blob: FileBlob, start: number, end: number): ResponseBody
  remove(blob: FileBlob): void
  /** Where they are, and the files that are whole; nothing while there are none. */
  list(): { readonly folder: string; readonly names: readonly string[] } | undefined
  /** Keeps a file from being removed until the result is called. */
  hold(name: string): () => void
  beforeFlush(): Promise<void>
  afterFlush(): void
  recover(named: Iterable<FileBlob>): Promise<BlobRecovery>
  clear(): void
  close(): Promise<void>
}

/** Gives names that no file has, nor had in an earlier run. */
export function createNames(): () => string {
  const run = `${Date.now().toString(36)}${randomBytes(4).toString('hex')}`
  let count = 0
  return () => `${run}-${(count++).toString(36)}${blobSuffix}`
}

/** A body that keeps its file from the moment it is made until it was read, or given up. */
export function heldBody(
  place: () => Place,
  removals: Removals,
  reading: { readonly blob: FileBlob; readonly start: number; readonly end: number },
): ResponseBody {
  const release = removals.hold(reading.blob.name)
  return { length: reading.end - reading.start, open: () => readHeld(place(), reading, release) }
}

async function* readHeld(
  place: Place,
  reading: { readonly blob: FileBlob; readonly start: number; readonly end: number },
  release: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* readFile(place, reading)
  } finally {
    release()
  }
}
