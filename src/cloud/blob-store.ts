import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestBody, ResponseBody } from '../wire/body.ts'
import { createDurableFiles } from './blobs/durable-files.ts'
import type { BlobFiles } from './blobs/files.ts'
import type { BlobRecovery } from './blobs/recover.ts'
import { createTemporaryFiles } from './blobs/temporary-files.ts'
import { type Disk, realDisk } from './disk.ts'

/**
 * Stored bytes: a plain record, so that state can be cloned and saved.
 * Small blobs live in memory, large ones in files that the store owns.
 */
export type Blob = MemoryBlob | FileBlob

export interface MemoryBlob {
  readonly kind: 'memory'
  readonly bytes: Buffer
  readonly size: number
}

export interface FileBlob {
  readonly kind: 'file'
  /** The file's name in the store's folder; no other blob has it, nor had it in an earlier run. */
  readonly name: string
  readonly size: number
  /** CRC-32 of the content where the file outlives the process; looked at whenever the file is read whole. */
  readonly crc32?: number
}

/** Watches the bytes go by while they are stored, e.g. to compute checksums. */
export interface ByteObserver {
  update(bytes: Uint8Array): void
}

/** Where large bodies live. */
export interface BlobStore {
  /**
   * Reads a body to its end, shows each piece to the observers, and keeps it; nothing is kept when it throws.
   * @throws DiskError when there is no room for it, or the disk fails
   */
  receive(body: RequestBody | AsyncIterable<Uint8Array>, observers: readonly ByteObserver[]): Promise<Blob>
  /** The bytes in [start, end), end exclusive; whole blobs in memory are not copied. */
  read(blob: Blob, start?: number, end?: number): ResponseBody
  /** Frees the blob; answers that are being sent still finish. To be called when no state names it any more. */
  remove(blob: Blob): void
}

/** Bodies up to this size stay in memory while there is room, in bytes. */
const mediumBlobBytes = 1024 * 1024
/** Memory that bodies over a small one's size may take together, in bytes; none where bodies outlive the process. */
const mediumBudgetBytes = 64 * 1024 * 1024

/** A blob store that can be emptied, closed, and copied to and from a folder. */
export interface OwnedBlobStore extends BlobStore {
  /** Copies the files of all blobs that are there when it is called into `folder`. */
  save(folder: string): Promise<void>
  /** Takes in the files that `save` wrote. */
  load(folder: string): Promise<void>
  /** Resolves when no body is being written, whether it could be kept or not. */
  settled(): Promise<void>
  /** Removes every file; the store can be used again. With a folder, as `remove` does: after the next flush. */
  clear(): void
  /** Ends what is under way. Without a folder every file goes; with one they stay. */
  close(): Promise<void>
  /**
   * To be called in the very tick in which the changes of the states are cut off for a flush, and awaited before they are
   * written: makes durable the names of all files that were received so far.
   * @throws DiskError and then the flush must not go on; the next one tries again
   */
  beforeFlush(): Promise<void>
  /** To be called when that flush is on the disk: removes the files whose blobs were removed before it began. */
  afterFlush(): void
  /** To be called once, when the states were restored: removes files that no state names, and looks for those named. */
  recover(named: Iterable<FileBlob>): Promise<BlobRecovery>
}

/** How a blob store is made. */
export interface BlobStoreOptions {
  /** Where its files outlive the process; absent, they are in a private temporary folder, made for the first of them. */
  readonly folder?: string | undefined
  /** Default: this machine's file system. */
  readonly disk?: Disk | undefined
}

/**
 * Creates a blob store.
 * @throws DiskError when its folder cannot be made
 */
export function createBlobStore({ folder, disk = realDisk }: BlobStoreOptions = {}): OwnedBlobStore {
  const files = folder === undefined ? createTemporaryFiles(disk) : createDurableFiles(disk, folder)
  const memory = createMemory(files.smallBlobBytes, folder === undefined ? mediumBudgetBytes : 0)
  const writes = new Set<Promise<unknown>>()
  const tracked = async <Result>(writing: Promise<Result>): Promise<Result> => {
    writes.add(writing)
    try {
      return await writing
    } finally {
      writes.delete(writing)
    }
  }
  const settled = async (): Promise<void> => {
    await Promise.allSettled(writes)
  }
  return {
    receive: async (body, observers) => {
      const length = 'length' in body ? body.length : undefined
      if (length === undefined || !memory.fits(length)) return tracked(files.write({ body, observers }))
      const bytes = ownBytes(await (body as RequestBody).bytes(length))
      for (const observer of observers) observer.update(bytes)
      return memory.keep(bytes)
    },
    read: (blob, start = 0, end = blob.size) => {
      if (blob.kind === 'file') return files.read(blob, start, end)
      return start === 0 && end === blob.size ? blob.bytes : blob.bytes.subarray(start, end)
    },
    remove: blob => {
      if (blob.kind === 'file') files.remove(blob)
      else memory.free(blob)
    },
    save: target => copyOut(files, target),
    load: source => takeIn(files, source),
    settled,
    clear: () => {
      files.clear()
      memory.clear()
    },
    close: async () => {
      await settled()
      await files.close()
    },
    beforeFlush: files.beforeFlush,
    afterFlush: files.afterFlush,
    recover: files.recover,
  }
}

/** The bodies that stay in memory, and how much they take. */
function createMemory(smallBlobBytes: number, budgetBytes: number) {
  let mediumBytes = 0
  return {
    fits: (length: number): boolean =>
      length <= smallBlobBytes || (length <= mediumBlobBytes && mediumBytes + length <= budgetBytes),
    keep: (bytes: Buffer): MemoryBlob => {
      if (bytes.length > smallBlobBytes) mediumBytes += bytes.length
      return { kind: 'memory', bytes, size: bytes.length }
    },
    free: ({ size }: MemoryBlob): void => {
      // What came with a snapshot was never counted.
      if (size > smallBlobBytes) mediumBytes = Math.max(0, mediumBytes - size)
    },
    clear: (): void => {
      mediumBytes = 0
    },
  }
}

/** Small requests share one network buffer; a stored slice would hold all of it. */
function ownBytes(bytes: Buffer): Buffer {
  return bytes.buffer.byteLength > bytes.length * 2 ? Buffer.from(bytes) : bytes
}

/** What is there now is held at once: it is copied also when it is removed meanwhile. */
async function copyOut(files: BlobFiles, target: string): Promise<void> {
  const { folder, names } = files.list() ?? { folder: '', names: [] }
  const releases = names.map(files.hold)
  try {
    await mkdir(target, { recursive: true })
    for (const name of names) await copyFile(join(folder, name), join(target, name))
  } finally {
    for (const release of releases) release()
  }
}

async function takeIn(files: BlobFiles, source: string): Promise<void> {
  for (const name of await readdir(source))
    await files.adopt(name, { body: createReadStream(join(source, name)), observers: [] })
}
