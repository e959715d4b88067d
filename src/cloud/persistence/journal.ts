import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Disk, DiskError, syncFolder } from '../disk.ts'
import type { Change, ChangeRecorder } from './changes.ts'
import { Compaction } from './compaction.ts'
import type { Container } from './containers.ts'
import { createDeferred, type Deferred } from './deferred.ts'
import type { GraphWriter } from './graph-writer.ts'
import type { JournalFile } from './journal-file.ts'
import type { TroubleTeller } from './trouble-teller.ts'

/** What others do around each flush. */
export interface FlushHooks {
  /** Called in the very turn in which changes are cut off for a flush, and awaited before they are written. */
  beforeFlush(): Promise<void>
  /** Called when they are on the disk. */
  afterFlush(): void
}

/** What a journal is opened with. */
export interface JournalParts {
  readonly disk: Disk
  readonly folder: string
  /** What holds every state, without views. */
  readonly root: Container
  readonly file: JournalFile
  readonly writer: GraphWriter
  /** Bytes of the journal up to where all states were complete. */
  readonly statesLength: number
  readonly hooks: FlushHooks
  /** A journal that is longer than this, in bytes, and than twice its states, is written anew. */
  readonly compactionBytes: number
  createWriter(): GraphWriter
  readonly trouble: TroubleTeller
  onBug(error: unknown, where: string): void
}

/** Listeners hear of an event in the turn after its cause: what they do at once is written with it, and not after an answer. */
async function turnsOfListeners(): Promise<void> {
  await nextTurn()
  await nextTurn()
}

/** How long after a failure it is tried again when nobody asks, in milliseconds. */
const retryMilliseconds = 1000

/**
 * Writes changes down: one flush at a time, and what changes meanwhile goes with the next. A flush begins between turns
 * of the event loop, so no piece of work that runs without waiting is ever cut in two.
 */
export class Journal implements ChangeRecorder {
  readonly #parts: JournalParts
  readonly #trouble: TroubleTeller
  #file: JournalFile
  #writer: GraphWriter
  #changes: Change[] = []
  #changeCount = 0
  /** Changes as bytes that are not on the disk yet; the first `#inFlight` are being written. */
  #unwritten: Buffer[] = []
  #inFlight = 0
  /** Resolved by the flush under way, and by the one after it. */
  #current: Deferred | undefined
  #next: Deferred | undefined
  /** Whether flushes follow each other, and whether one is under way. */
  #isAtWork = false
  #isFlushing = false
  #isScheduled = false
  #isClosing = false
  #retry: NodeJS.Timeout | undefined
  #compaction: Compaction | undefined
  #compacting: Promise<void> | undefined
  #compactAt: number
  /** The journal before this one, until the name of this one is safe. */
  #former: JournalFile | undefined

  constructor(parts: JournalParts) {
    this.#parts = parts
    this.#file = parts.file
    this.#writer = parts.writer
    this.#compactAt = Math.max(parts.compactionBytes, parts.statesLength * 2)
    this.#trouble = parts.trouble
    this.#compactIfLong()
  }

  /** Changes so far. */
  get changeCount(): number {
    return this.#changeCount
  }

  readonly wants = (target: object): boolean =>
    this.#writer.hasWritten(target) || this.#compaction?.writer.hasWritten(target) === true

  readonly record = (change: Change): void => {
    this.#changes.push(change)
    this.#changeCount += 1
    this.#schedule()
  }

  /**
   * Resolves when all that was changed up to now is on the disk; `undefined` when it is.
   * @throws DiskError when it could not be written; it will be tried again
   */
  settled(): Promise<void> | undefined {
    if (
      this.#changes.length > 0 ||
      this.#unwritten.length > this.#inFlight ||
      (this.#former && !this.#isFlushing)
    ) {
      this.#next ??= createDeferred()
      this.#schedule()
      return this.#next.promise
    }
    if (!this.#isFlushing) return undefined
    this.#current ??= createDeferred()
    return this.#current.promise
  }

  /** Takes changes in as bytes; from then on no state holds a view. */
  encode(): void {
    const changes = this.#changes
    this.#changes = []
    this.#writer.writeChanges(changes)
    this.#writer.writeNamed()
    if (this.#writer.length > 0) this.#unwritten.push(this.#writer.take())
    this.#compaction?.takeIn(changes)
  }

  /** Writes what is not written yet, if it can be, and ends. */
  async close(): Promise<void> {
    this.#isClosing = true
    clearTimeout(this.#retry)
    await this.#compacting
    try {
      await this.settled()
    } catch (error) {
      // It was told when the trouble began, and there is nobody left who could wait for its end.
      if (!(error instanceof DiskError)) throw error
    }
    clearTimeout(this.#retry)
    await this.#giveUpCompaction()
    await this.#file.close()
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isAtWork) return
    this.#isScheduled = true
    void turnsOfListeners().then(() => {
      this.#isScheduled = false
      return this.#flushAll()
    })
  }

  get #hasWork(): boolean {
    const isCompacted = this.#compaction?.isReady === true
    return this.#changes.length > 0 || this.#unwritten.length > 0 || isCompacted || this.#former !== undefined
  }

  async #flushAll(): Promise<void> {
    clearTimeout(this.#retry)
    this.#isAtWork = true
    let isWell = true
    while (isWell && this.#hasWork) {
      isWell = await this.#flush()
      if (isWell) this.#compactIfLong()
      if (isWell && this.#hasWork) await turnsOfListeners()
    }
    this.#isAtWork = false
    if (isWell) return
    if (this.#next) this.#schedule()
    else if (!this.#isClosing) this.#retry = setTimeout(() => this.#schedule(), retryMilliseconds).unref()
  }

  /** Gives whether all that had changed when it began is on the disk. */
  async #flush(): Promise<boolean> {
    const { hooks, onBug } = this.#parts
    this.#current = this.#next
    this.#next = undefined
    this.#isFlushing = true
    this.encode()
    this.#inFlight = this.#unwritten.length
    try {
      await hooks.beforeFlush()
      await this.#write()
      hooks.afterFlush()
      this.#trouble.isOver('changes')
      this.#current?.resolve()
      return true
    } catch (error) {
      if (error instanceof DiskError) this.#trouble.began(error, 'changes')
      else onBug(error, 'data folder')
      this.#current?.reject(error)
      return false
    } finally {
      this.#current = undefined
      this.#inFlight = 0
      this.#isFlushing = false
    }
  }

  async #write(): Promise<void> {
    if (this.#compaction?.isReady) await this.#changeJournals(this.#compaction)
    if (this.#inFlight > 0) {
      const count = this.#inFlight
      await this.#file.appendDurably(this.#unwritten.slice(0, count))
      this.#unwritten.splice(0, count)
      this.#inFlight = 0
    }
    if (this.#former) {
      await syncFolder(this.#parts.disk, this.#parts.folder)
      const former = this.#former
      this.#former = undefined
      await this.#discard(() => former.remove())
    }
  }

  /** Makes the compacted journal the one in use; where the disk does not let it, the old one goes on. */
  async #changeJournals(compaction: Compaction): Promise<void> {
    this.encode()
    compaction.complete()
    try {
      await this.#parts.hooks.beforeFlush()
      await compaction.finish()
    } catch (error) {
      await this.#giveUpCompaction(error)
      this.#inFlight = this.#unwritten.length
      return
    }
    this.#compaction = undefined
    this.#former = this.#file
    this.#file = compaction.file
    this.#writer = compaction.writer
    this.#compactAt = Math.max(this.#parts.compactionBytes, this.#file.length * 2)
    // Only what was taken in while the journals changed is left to be written.
    this.#writer.writeNamed()
    this.#unwritten = this.#writer.length > 0 ? [this.#writer.take()] : []
    this.#inFlight = this.#unwritten.length
  }

  #compactIfLong(): void {
    if (this.#compacting || this.#compaction || this.#isClosing || this.#file.length <= this.#compactAt)
      return
    this.#compacting = this.#compact()
      .catch(error => this.#giveUpCompaction(error))
      .finally(() => {
        this.#compacting = undefined
      })
  }

  /** Writes the next journal's states while requests are answered; a flush then makes it the one in use. */
  async #compact(): Promise<void> {
    const { disk, folder, root, createWriter } = this.#parts
    const writer = createWriter()
    const compaction = await Compaction.begin({
      disk,
      folder,
      generation: this.#file.generation + 1,
      root,
      writer,
    })
    this.#compaction = compaction
    while (!compaction.isReady) {
      if (this.#isClosing) return this.#giveUpCompaction()
      this.encode()
      await compaction.step()
      await nextTurn()
    }
    this.#schedule()
  }

  /** Goes on without; it is tried again when the journal has grown by as much as makes it worth it. */
  async #giveUpCompaction(error?: unknown): Promise<void> {
    const compaction = this.#compaction
    this.#compaction = undefined
    this.#compactAt = this.#file.length + this.#parts.compactionBytes
    if (error !== undefined && !(error instanceof DiskError))
      this.#parts.onBug(error, 'compaction of the data folder')
    if (compaction) await this.#discard(() => compaction.file.abandon())
  }

  /** Removes a file that no longer counts. One that cannot be removed now is removed at the next start. */
  async #discard(remove: () => Promise<void>): Promise<void> {
    try {
      await remove()
    } catch (error) {
      if (!(error instanceof DiskError)) throw error
    }
  }
}
