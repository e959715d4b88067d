import { rmSync } from 'node:fs'
import { copyFile, type FileHandle, mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestBody, ResponseBody } from '../wire/body.ts'
import { createPrivateFolder, removePrivateFolder } from './private-folders.ts'

/**
 * Stored bytes: a plain record, so that state can be cloned and saved.
 * Small blobs live in memory, large ones in files that the store owns.
 */
export type Blob =
  | { readonly kind: 'memory'; readonly bytes: Buffer; readonly size: number }
  | { readonly kind: 'file'; readonly name: string; readonly size: number }

/** Watches the bytes go by while they are stored, e.g. to compute checksums. */
export interface ByteObserver {
  update(bytes: Uint8Array): void
}

/** Where large bodies live. */
export interface BlobStore {
  /** Reads a body to its end, shows each piece to the observers, and keeps it; nothing is kept when it throws. */
  receive(body: RequestBody | AsyncIterable<Uint8Array>, observers: readonly ByteObserver[]): Promise<Blob>
  /** The bytes in [start, end), end exclusive; whole blobs in memory are not copied. */
  read(blob: Blob, start?: number, end?: number): ResponseBody
  /** Frees the blob; answers that are being sent still finish. */
  remove(blob: Blob): void
}

/** Bodies up to this size always stay in memory, in bytes. */
const smallBlobBytes = 64 * 1024
/** Bodies up to this size stay in memory while there is room, in bytes. */
const mediumBlobBytes = 1024 * 1024
/** Memory that bodies over `smallBlobBytes` may take together, in bytes. */
const mediumBudgetBytes = 64 * 1024 * 1024
/** How much is gathered before it is written, and how much is read at once, in bytes. */
const pieceBytes = 512 * 1024

/** A blob store that can be emptied, closed, and copied to and from a folder. */
export interface OwnedBlobStore extends BlobStore {
  /** Links or copies the files of all blobs into `folder`. */
  save(folder: string): Promise<void>
  /** Takes in the files that `save` wrote. */
  load(folder: string): Promise<void>
  /** Resolves when no body is being written, whether it could be kept or not. */
  settled(): Promise<void>
  /** Removes every file; the store can be used again. */
  clear(): void
}

/** Creates a store whose files live in a private temporary folder, made on the first large body. */
export function createBlobStore(): OwnedBlobStore {
  let folder: string | undefined
  let fileCount = 0
  let mediumBytes = 0
  const writes = new Set<Promise<number>>()

  const pathOf = (name: string): string => {
    folder ??= createPrivateFolder()
    return join(folder, name)
  }
  const readers = createReaders(name => rmSync(pathOf(name), { force: true }))
  const newName = (): string => `${(fileCount++).toString(36)}.blob`
  const fitsMemory = (length: number): boolean =>
    length <= smallBlobBytes || (length <= mediumBlobBytes && mediumBytes + length <= mediumBudgetBytes)
  const keepInMemory = (bytes: Buffer): Blob => {
    if (bytes.length > smallBlobBytes) mediumBytes += bytes.length
    return { kind: 'memory', bytes, size: bytes.length }
  }
  const receiveFile = async (
    body: AsyncIterable<Uint8Array>,
    observers: readonly ByteObserver[],
  ): Promise<Blob> => {
    const name = newName()
    const writing = writeFile(pathOf(name), body, observers)
    writes.add(writing)
    try {
      return { kind: 'file', name, size: await writing }
    } finally {
      writes.delete(writing)
    }
  }

  return {
    receive: async (body, observers) => {
      const length = 'length' in body ? body.length : undefined
      if (length === undefined || !fitsMemory(length)) return receiveFile(body, observers)
      const bytes = ownBytes(await (body as RequestBody).bytes(length))
      for (const observer of observers) observer.update(bytes)
      return keepInMemory(bytes)
    },
    read: (blob, start = 0, end = blob.size) => {
      if (blob.kind === 'memory')
        return start === 0 && end === blob.size ? blob.bytes : blob.bytes.subarray(start, end)
      const release = readers.hold(blob.name)
      return { length: end - start, open: () => readHeld(pathOf(blob.name), { start, end }, release) }
    },
    remove: blob => {
      if (blob.kind === 'file') readers.remove(blob.name)
      else if (blob.size > smallBlobBytes) mediumBytes -= blob.size
    },
    save: target => copyFiles(folder, target),
    load: async source => {
      fileCount = await loadFiles(source, pathOf)
    },
    settled: async () => {
      await Promise.allSettled(writes)
    },
    clear: () => {
      if (folder !== undefined) removePrivateFolder(folder)
      folder = undefined
      mediumBytes = 0
    },
  }
}

/** Keeps a file until the answers that are being sent from it have ended. */
function createReaders(unlink: (name: string) => void): {
  hold(name: string): () => void
  remove(name: string): void
} {
  const held = new Map<string, number>()
  const doomed = new Set<string>()
  const release = (name: string): void => {
    const count = (held.get(name) ?? 1) - 1
    if (count > 0) held.set(name, count)
    else held.delete(name)
    if (count === 0 && doomed.delete(name)) unlink(name)
  }
  return {
    hold: name => {
      held.set(name, (held.get(name) ?? 0) + 1)
      return () => release(name)
    },
    remove: name => {
      if (held.has(name)) doomed.add(name)
      else unlink(name)
    },
  }
}

async function* readHeld(
  path: string,
  range: { readonly start: number; readonly end: number },
  release: () => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* readFile(path, range.start, range.end)
  } finally {
    release()
  }
}

/** Small requests share one network buffer; a stored slice would hold all of it. */
function ownBytes(bytes: Buffer): Buffer {
  return bytes.buffer.byteLength > bytes.length * 2 ? Buffer.from(bytes) : bytes
}

async function writeFile(
  path: string,
  body: AsyncIterable<Uint8Array>,
  observers: readonly ByteObserver[],
): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    const size = await writePieces(file, body, observers)
    await file.close()
    return size
  } catch (error) {
    await file.close()
    rmSync(path, { force: true })
    throw error
  }
}

/** Writes one gathered piece while the next is hashed. */
async function writePieces(
  file: FileHandle,
  body: AsyncIterable<Uint8Array>,
  observers: readonly ByteObserver[],
): Promise<number> {
  let size = 0
  let gathered: Uint8Array[] = []
  let gatheredBytes = 0
  let writing: Promise<unknown> = Promise.resolve()
  for await (const bytes of body) {
    for (const observer of observers) observer.update(bytes)
    size += bytes.length
    gathered.push(bytes)
    gatheredBytes += bytes.length
    if (gatheredBytes < pieceBytes) continue
    await writing
    writing = writeWhole(file, gathered)
    writing.catch(ignoreUntilAwaited)
    gathered = []
    gatheredBytes = 0
  }
  await writing
  if (gatheredBytes > 0) await writeWhole(file, gathered)
  return size
}

/** The failure of a write in the background is thrown where the write is awaited, before the next one. */
function ignoreUntilAwaited(): void {
  return
}

async function writeWhole(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const { bytesWritten } = await file.writev(pieces as Uint8Array[])
  if (bytesWritten === total) return
  const rest = Buffer.concat(pieces).subarray(bytesWritten)
  let offset = 0
  while (offset < rest.length) offset += (await file.write(rest, offset)).bytesWritten
}

async function* readFile(path: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    let position = start
    while (position < end) {
      const buffer = Buffer.allocUnsafeSlow(Math.min(pieceBytes, end - position))
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
      if (bytesRead === 0) throw new Error(`${path} ended at byte ${position} of ${end}`)
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function copyFiles(folder: string | undefined, target: string): Promise<void> {
  await mkdir(target, { recursive: true })
  if (folder === undefined) return
  for (const name of await readdir(folder)) await copyFile(join(folder, name), join(target, name))
}

/** Copies saved blobs in and gives the first number that no file uses. */
async function loadFiles(source: string, pathOf: (name: string) => string): Promise<number> {
  let next = 0
  for (const name of await readdir(source)) {
    await copyFile(join(source, name), pathOf(name))
    next = Math.max(next, Number.parseInt(name, 36) + 1)
  }
  return next
}
