import type { FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from '../../core/crc32.ts'
import type { FileBlob } from '../blob-store.ts'
import { onDisk } from '../disk.ts'
import type { Place } from './place.ts'

/** How much is read at once, in bytes. */
const pieceBytes = 512 * 1024

/** Bytes of a blob in [start, end), end exclusive. */
export interface Reading {
  readonly blob: FileBlob
  readonly start: number
  readonly end: number
}

/**
 * Reads a file's bytes. Before it gives any, it sees that the file is there and as long as it was; a file that is read
 * whole must also have the checksum that it was written with, and its last piece is given only when it has.
 * @throws DiskError when the machine fails; Error when somebody removed or changed the file
 */
export async function* readFile(place: Place, { blob, start, end }: Reading): AsyncGenerator<Uint8Array> {
  const file = await openBlob(place, blob)
  try {
    if (end - start > pieceBytes) await checkSize(place, file, blob)
    const expected = start === 0 && end === blob.size ? blob.crc32 : undefined
    let checksum = 0
    let position = start
    while (position < end) {
      const piece = await readPiece(place, file, { blob, start: position, end })
      position += piece.length
      if (expected !== undefined) {
        checksum = crc32(piece, checksum)
        if (position === end && checksum !== expected) throw changed(place, blob, 'has other content')
      }
      yield piece
    }
  } finally {
    await file.close()
  }
}

async function openBlob({ disk, folder }: Place, blob: FileBlob): Promise<FileHandle> {
  try {
    return await onDisk(folder, () => disk.open(join(folder, blob.name), 'r'))
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ENOENT' ? changed({ folder }, blob, 'is gone') : error
  }
}

async function checkSize({ folder }: Place, file: FileHandle, blob: FileBlob): Promise<void> {
  const { size } = await onDisk(folder, () => file.stat())
  if (size !== blob.size) throw changed({ folder }, blob, `has ${size} bytes instead of ${blob.size}`)
}

/** Reads a whole piece: where the file ends before it, nothing of it is given. */
async function readPiece(
  { folder }: Place,
  file: FileHandle,
  { blob, start, end }: Reading,
): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(pieceBytes, end - start))
  let filled = 0
  while (filled < buffer.length) {
    const rest = buffer.length - filled
    const { bytesRead } = await onDisk(folder, () => file.read(buffer, filled, rest, start + filled))
    if (bytesRead === 0) throw changed({ folder }, blob, `ends at byte ${start + filled} of ${blob.size}`)
    filled += bytesRead
  }
  return buffer
}

function changed({ folder }: Pick<Place, 'folder'>, blob: FileBlob, how: string): Error {
  return new Error(`somebody changed a stored body: ${join(folder, blob.name)} ${how}`)
}
