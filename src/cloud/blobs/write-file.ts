import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { ByteObserver } from '../blob-store.ts'
import { isNoRoom, onDisk } from '../disk.ts'
import type { Place } from './place.ts'

/** A body on its way into a file. */
export interface Incoming {
  readonly body: AsyncIterable<Uint8Array>
  readonly observers: readonly ByteObserver[]
}

/** How much is gathered before it is written, in bytes. */
const pieceBytes = 512 * 1024

/** What a file is called until it is whole. */
export const unfinishedSuffix = '.tmp'

/**
 * Writes a file that need not outlive the process; nothing is left of it when it throws.
 * @returns its size in bytes
 * @throws DiskError, and whatever the body throws
 */
export function writeFile(place: Place, name: string, incoming: Incoming): Promise<number> {
  return writeNew(place, name, file => writePieces(place, file, incoming))
}

/**
 * Writes a file that bears its name only once it is whole on the disk. Bodies that arrive together are synced together:
 * each file waits for its own sync alone, and the system makes one transaction of those that meet.
 * @returns its size in bytes
 * @throws DiskError, and whatever the body throws
 */
export async function writeDurableFile(place: Place, name: string, incoming: Incoming): Promise<number> {
  const { disk, folder } = place
  const unfinished = `${name}${unfinishedSuffix}`
  const size = await writeNew(place, unfinished, async file => {
    const written = await writePieces(place, file, incoming)
    await onDisk(folder, () => file.datasync())
    return written
  })
  await orRemove(place, unfinished, () =>
    onDisk(folder, () => disk.rename(join(folder, unfinished), join(folder, name))),
  )
  return size
}

async function writeNew(
  place: Place,
  name: string,
  write: (file: FileHandle) => Promise<number>,
): Promise<number> {
  const { disk, folder } = place
  const file = await inRoom(place, () => disk.open(join(folder, name), 'wx', 0o600))
  return orRemove(place, name, () => closing(place, file, write))
}

/** Does something with a file, which is removed when that fails. */
async function orRemove<Result>(
  { disk, folder }: Place,
  name: string,
  action: () => Promise<Result>,
): Promise<Result> {
  try {
    return await action()
  } catch (error) {
    // One that cannot be removed either is looked for at the next start; the first error is the one to tell.
    await disk.unlink(join(folder, name)).catch(() => undefined)
    throw error
  }
}

async function closing(
  { folder }: Place,
  file: FileHandle,
  write: (file: FileHandle) => Promise<number>,
): Promise<number> {
  try {
    return await write(file)
  } finally {
    await onDisk(folder, () => file.close())
  }
}

/** Writes one gathered piece while the next is hashed. */
async function writePieces(place: Place, file: FileHandle, { body, observers }: Incoming): Promise<number> {
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
    writing = writeWhole(place, file, gathered)
    writing.catch(ignoreUntilAwaited)
    gathered = []
    gatheredBytes = 0
  }
  await writing
  if (gatheredBytes > 0) await writeWhole(place, file, gathered)
  return size
}

/** The failure of a write in the background is thrown where the write is awaited, before the next one. */
function ignoreUntilAwaited(): void {
  return
}

async function writeWhole(place: Place, file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const { bytesWritten } = await inRoom(place, () => file.writev(pieces as Uint8Array[]))
  if (bytesWritten === total) return
  // Part of it was written: what is left says why, or goes in as well.
  const rest = Buffer.concat(pieces).subarray(bytesWritten)
  let offset = 0
  while (offset < rest.length) offset += (await inRoom(place, () => file.write(rest, offset))).bytesWritten
}

/** Tries again where there was no room and files were just being removed. */
async function inRoom<Result>({ folder, makeRoom }: Place, action: () => Promise<Result>): Promise<Result> {
  return onDisk(folder, async () => {
    try {
      return await action()
    } catch (error) {
      if (!isNoRoom(error) || !(await makeRoom())) throw error
      return action()
    }
  })
}
