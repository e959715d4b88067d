import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Blob, FileBlob, OwnedBlobStore } from '../../../src/cloud/blob-store.ts'

/** Does something with an empty folder, which is gone afterwards. */
export async function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'taller-blobs-'))
  try {
    await action(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A body that comes in pieces. */
export async function* inPieces(bytes: Buffer, size = 65_536): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < bytes.length; offset += size) yield bytes.subarray(offset, offset + size)
}

/** Stores random bytes in a file. */
export async function storeFile(
  store: OwnedBlobStore,
  size: number,
): Promise<{ readonly blob: FileBlob; readonly bytes: Buffer }> {
  const bytes = randomBytes(size)
  const blob = await store.receive(inPieces(bytes), [])
  if (blob.kind !== 'file') throw new Error('a body of unknown length is stored in a file')
  return { blob, bytes }
}

/** A flush of states that are written in no time. */
export async function flush(store: OwnedBlobStore): Promise<void> {
  await store.beforeFlush()
  store.afterFlush()
}

/** All bytes of a blob, or those in [start, end). */
export async function bytesOf(
  store: OwnedBlobStore,
  blob: Blob,
  start?: number,
  end?: number,
): Promise<Buffer> {
  const body = store.read(blob, start, end)
  if (body instanceof Uint8Array) return Buffer.from(body)
  const parts: Uint8Array[] = []
  for await (const piece of body.open()) parts.push(piece)
  return Buffer.concat(parts)
}
