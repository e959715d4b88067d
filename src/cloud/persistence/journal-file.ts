import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Disk, onDisk } from '../disk.ts'
import { createFrame, createHead, headBytes, saltOf } from './frames.ts'

/** What a whole journal's name begins with; its number follows. */
export const journalPrefix = 'journal.'
/** What the name of a journal ends with whose states are still being written. */
export const unfinishedSuffix = '.tmp'

/** The path of a journal. */
export function journalPath(folder: string, generation: number): string {
  return join(folder, `${journalPrefix}${generation}`)
}

/** Where a journal that was read goes on. */
export interface JournalEnd {
  readonly salt: Buffer
  /** Bytes up to the end of the last whole frame. */
  readonly length: number
}

/** A journal that is written. What could not be written whole is written over by what comes next. */
export class JournalFile {
  readonly generation: number
  readonly #disk: Disk
  readonly #folder: string
  readonly #handle: FileHandle
  readonly #salt: Buffer
  #length: number
  /** Whether there may be bytes after the last whole frame. */
  #isTorn = false

  private constructor(
    place: { readonly disk: Disk; readonly folder: string; readonly generation: number },
    handle: FileHandle,
    { salt, length }: JournalEnd,
  ) {
    this.#disk = place.disk
    this.#folder = place.folder
    this.generation = place.generation
    this.#handle = handle
    this.#salt = salt
    this.#length = length
  }

  /** Goes on with a journal; what lies after its end is cut off. */
  static async continue(disk: Disk, path: string, end: JournalEnd): Promise<JournalFile> {
    const folder = dirname(path)
    const generation = Number(path.slice(path.lastIndexOf('.') + 1))
    return onDisk(folder, async () => {
      const handle = await disk.open(path, 'r+')
      await handle.truncate(end.length)
      await handle.datasync()
      return new JournalFile({ disk, folder, generation }, handle, end)
    })
  }

  /** Begins a journal, which does not count until `finish`. */
  static async begin(disk: Disk, folder: string, generation: number): Promise<JournalFile> {
    return onDisk(folder, async () => {
      const handle = await disk.open(`${journalPath(folder, generation)}${unfinishedSuffix}`, 'w', 0o600)
      const head = createHead()
      const file = new JournalFile({ disk, folder, generation }, handle, {
        salt: saltOf(head),
        length: headBytes,
      })
      try {
        await writeWhole(handle, head, 0)
      } catch (error) {
        await file.abandon()
        throw error
      }
      return file
    })
  }

  get length(): number {
    return this.#length
  }

  /** Appends one frame, which counts as a whole or not at all. */
  async append(pieces: readonly Buffer[]): Promise<void> {
    await onDisk(this.#folder, async () => {
      if (this.#isTorn) await this.#handle.truncate(this.#length)
      const place = { salt: this.#salt, position: this.#length, time: Date.now() }
      const frame = createFrame(pieces, place)
      this.#isTorn = true
      await writeWhole(this.#handle, frame, this.#length)
      this.#isTorn = false
      this.#length += frame.length
    })
  }

  /** Appends one frame and has it survive a power failure; a frame that does not is cut off again. */
  async appendDurably(pieces: readonly Buffer[]): Promise<void> {
    const { length } = this
    await this.append(pieces)
    await onDisk(this.#folder, async () => {
      try {
        await this.#handle.datasync()
      } catch (error) {
        this.#length = length
        this.#isTorn = true
        throw error
      }
    })
  }

  /** Has all survive a power failure and gives the journal its name; the folder is yet to be synced. */
  async finish(): Promise<void> {
    const path = journalPath(this.#folder, this.generation)
    await onDisk(this.#folder, async () => {
      await this.#handle.sync()
      await this.#disk.rename(`${path}${unfinishedSuffix}`, path)
    })
  }

  /** Forgets a journal that was begun. */
  async abandon(): Promise<void> {
    await this.#closeAndRemove(`${journalPath(this.#folder, this.generation)}${unfinishedSuffix}`)
  }

  /** Removes a journal whose states are in a later one. */
  async remove(): Promise<void> {
    await this.#closeAndRemove(journalPath(this.#folder, this.generation))
  }

  close(): Promise<void> {
    return this.#handle.close()
  }

  async #closeAndRemove(path: string): Promise<void> {
    await onDisk(this.#folder, async () => {
      await this.#handle.close()
      await this.#disk.unlink(path)
    })
  }
}

async function writeWhole(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const rest = bytes.length - written
    written += (await handle.write(bytes, written, rest, position + written)).bytesWritten
  }
}
