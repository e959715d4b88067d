import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from '../../core/crc32.ts'
import { exitCodes, UserError } from '../../core/user-error.ts'
import { formatVersion } from './format.ts'

/**
 * A journal's file: a head (16 bytes of name, 4 of version, 16 of salt), then frames. A frame is a mark (4 bytes), the
 * length of what is in it (4), the time (8, milliseconds since the epoch) and a CRC-32 (4), then that many bytes.
 * Numbers are little-endian. The CRC is over salt, place, length, time and bytes, so that no frame counts that lies
 * anywhere but where it was written: not a copy in somebody's object, nor one of an older file.
 */
const fileName = Buffer.from('TallerNubeDatos\n', 'latin1')
const saltBytes = 16
export const headBytes = fileName.length + 4 + saltBytes
const mark = Buffer.from([0xd7, 0x4e, 0x75, 0x62])
const frameHeadBytes = 20
/** Largest frame that is written; more goes into several. */
const maxFrameBytes = 0x7fff_ffff

/** Makes the head of a new file. */
export function createHead(): Buffer {
  const version = Buffer.alloc(4)
  version.writeUInt32LE(formatVersion)
  return Buffer.concat([fileName, version, randomBytes(saltBytes)])
}

/** The salt of a head. */
export function saltOf(head: Buffer): Buffer {
  return head.subarray(headBytes - saltBytes, headBytes)
}

/** Where and when a frame is written. */
export interface FramePlace {
  readonly salt: Buffer
  readonly position: number
  /** Milliseconds since the epoch. */
  readonly time: number
}

/** Makes one frame of pieces. */
export function createFrame(pieces: readonly Buffer[], place: FramePlace): Buffer {
  const head = Buffer.alloc(frameHeadBytes)
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
  if (length > maxFrameBytes)
    throw new RangeError(`a change of ${length} bytes is too large for the data folder`)
  mark.copy(head)
  head.writeUInt32LE(length, 4)
  head.writeDoubleLE(place.time, 8)
  head.writeUInt32LE(checksumOf(head, pieces, place), 16)
  return Buffer.concat([head, ...pieces])
}

function checksumOf(
  head: Buffer,
  pieces: readonly Buffer[],
  { salt, position }: Pick<FramePlace, 'salt' | 'position'>,
): number {
  const place = Buffer.alloc(8)
  place.writeDoubleLE(position)
  const ofPlace = crc32(head.subarray(4, 16), crc32(place, crc32(salt, 0)))
  return pieces.reduce((checksum, piece) => crc32(piece, checksum), ofPlace)
}

/** What reading a file came to. */
export interface ReadFrames {
  readonly salt: Buffer
  /** Bytes up to the end of the last whole frame. */
  readonly length: number
  /** Bytes after it: of a frame that was being written when the machine or the process ended. */
  readonly tornBytes: number
  /** When the last frame was written; absent without any. */
  readonly lastTime: number | undefined
}

/**
 * Reads a file's frames one by one; `end` is the position after each.
 * @throws UserError `data-folder-format` for another version's file, `data-folder-damaged` where a frame is bad that is
 * not the last one
 */
export function readFrames(path: string, onFrame: (bytes: Buffer, end: number) => void): ReadFrames {
  const file = openSync(path, 'r')
  try {
    const size = fstatSync(file).size
    const salt = readHead(file, path)
    let position = headBytes
    let lastTime: number | undefined
    for (;;) {
      const frame = readFrame(file, { salt, position, size })
      if (frame === undefined) break
      position = frame.end
      lastTime = frame.time
      onFrame(frame.bytes, position)
    }
    const laterFrame = findFrame(file, { salt, position: position + 1, size })
    if (laterFrame !== undefined) throw damaged(path, `no se lee entre los bytes ${position} y ${laterFrame}`)
    return { salt, length: position, tornBytes: size - position, lastTime }
  } finally {
    closeSync(file)
  }
}

function readHead(file: number, path: string): Buffer {
  const head = readAt(file, 0, headBytes)
  if (head.length < headBytes || !head.subarray(0, fileName.length).equals(fileName))
    throw damaged(path, 'no empieza como un archivo de datos de la nube')
  const version = head.readUInt32LE(fileName.length)
  if (version !== formatVersion) throw otherFormat(path, version)
  return Buffer.from(saltOf(head))
}

interface Reading {
  readonly salt: Buffer
  readonly position: number
  readonly size: number
}

function readFrame(
  file: number,
  { salt, position, size }: Reading,
): { readonly bytes: Buffer; readonly end: number; readonly time: number } | undefined {
  if (position + frameHeadBytes > size) return undefined
  const head = readAt(file, position, frameHeadBytes)
  if (!head.subarray(0, mark.length).equals(mark)) return undefined
  const length = head.readUInt32LE(4)
  const end = position + frameHeadBytes + length
  if (end > size) return undefined
  const bytes = readAt(file, position + frameHeadBytes, length)
  const isWhole = checksumOf(head, [bytes], { salt, position }) === head.readUInt32LE(16)
  return isWhole ? { bytes, end, time: head.readDoubleLE(8) } : undefined
}

/** The position of a whole frame at or after one, if there is any. */
function findFrame(file: number, { salt, position, size }: Reading): number | undefined {
  const blockBytes = 1024 * 1024
  for (let start = position; start < size; start += blockBytes) {
    // Blocks overlap, so that a mark which lies across two is seen.
    const block = readAt(file, start, blockBytes + mark.length - 1)
    for (let at = block.indexOf(mark); at !== -1; at = block.indexOf(mark, at + 1)) {
      if (readFrame(file, { salt, position: start + at, size })) return start + at
    }
  }
  return undefined
}

function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length)
  let read = 0
  while (read < length) {
    const count = readSync(file, buffer, read, length - read, position + read)
    if (count === 0) break
    read += count
  }
  return buffer.subarray(0, read)
}

function otherFormat(path: string, version: number): UserError {
  return new UserError({
    code: 'data-folder-format',
    message: `${path} tiene el formato ${version} y esta versión de Taller Nube lee el ${formatVersion}.`,
    nextStep: `mv ${path} ${path}.aparte`,
    exitCode: exitCodes.environment,
  })
}

/** A file that cannot be read whole; nothing is done to it. */
export function damaged(path: string, how: string): UserError {
  return new UserError({
    code: 'data-folder-damaged',
    message: `${path} está dañado: ${how}. No se ha tocado nada.`,
    nextStep: `mv ${path} ${path}.aparte`,
    exitCode: exitCodes.environment,
  })
}
