import type { Disk } from '../disk.ts'
import type { Change } from './changes.ts'
import type { Container } from './containers.ts'
import type { GraphWriter } from './graph-writer.ts'
import { JournalFile } from './journal-file.ts'

/** How long states are written without a pause in which requests are answered, in milliseconds, and how much at most, in bytes. */
const stepMilliseconds = 2
const stepBytes = 1024 * 1024

/** What a compaction begins with. */
export interface CompactionParts {
  readonly disk: Disk
  readonly folder: string
  readonly generation: number
  readonly root: Container
  readonly writer: GraphWriter
}

/**
 * The next journal while it is written, piece by piece: all states first. A state that changes after it was written has
 * its changes written here as well, so that at the end this journal says the same as the one in use.
 */
export class Compaction {
  readonly writer: GraphWriter
  readonly file: JournalFile
  /** Whether all states have been written. */
  isReady = false
  #isComplete = false

  private constructor(writer: GraphWriter, file: JournalFile) {
    this.writer = writer
    this.file = file
  }

  /** Begins a journal. */
  static async begin({ disk, folder, generation, root, writer }: CompactionParts): Promise<Compaction> {
    writer.begin(root)
    return new Compaction(writer, await JournalFile.begin(disk, folder, generation))
  }

  /** Writes some of the states; every change up to now must have been taken in. */
  async step(): Promise<void> {
    const end = performance.now() + stepMilliseconds
    const { writer } = this
    const isLast = writer.writeNamed(() => writer.length > stepBytes || performance.now() > end)
    await this.file.append([writer.take()])
    this.isReady = isLast
  }

  /** Takes in what changed. */
  takeIn(changes: readonly Change[]): void {
    this.writer.writeChanges(changes)
    if (this.#isComplete) this.writer.writeNamed()
  }

  /** Writes what is missing; every change up to now must have been taken in. */
  complete(): void {
    this.writer.writeNamed()
    this.writer.writeComplete()
    this.#isComplete = true
  }

  /** Makes the journal count, once it is complete. */
  async finish(): Promise<void> {
    await this.file.append([this.writer.take()])
    await this.file.finish()
  }
}
