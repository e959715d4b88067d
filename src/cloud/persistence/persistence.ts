import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createBlobStore, type OwnedBlobStore } from '../blob-store.ts'
import { asDiskError, type Disk, DiskError, realDisk, syncFolder } from '../disk.ts'
import type { StateEntry } from '../state-store.ts'
import { Compaction } from './compaction.ts'
import type { Container } from './containers.ts'
import { lockFolder } from './folder-lock.ts'
import { GraphWriter, type OnForeign } from './graph-writer.ts'
import { Journal, type JournalParts } from './journal.ts'
import { JournalFile, journalPath } from './journal-file.ts'
import { pathOf } from './path-of.ts'
import { type ReadJournal, readJournal, removeFormerJournals, takeInventory } from './recover.ts'
import type { PersistenceFacts, Recovered } from './recovered.ts'
import { type DiskTrouble, TroubleTeller } from './trouble-teller.ts'
import { createViews } from './views.ts'

/** Everything that a cloud remembers. */
export interface Memory {
  /** By key of the state store. */
  readonly states: Map<string, StateEntry>
  readonly meta: CloudMeta
}

/** What the cloud itself remembers. */
export interface CloudMeta {
  /** What seals the credentials that were issued. */
  sealKey?: Buffer
  /** By how much the clock was moved, in milliseconds. */
  clockOffset: number
}

/** When all that was changed is on the disk. */
export interface Durability {
  /** Changes so far; it only grows. */
  readonly changeCount: number
  /**
   * Resolves when all that was changed up to now is on the disk; `undefined` when it is.
   * @throws DiskError when it could not be written; it will be tried again
   */
  settled(): Promise<void> | undefined
}

/** A cloud's data folder, held by it. */
export interface Persistence extends PersistenceFacts {
  /** As views: what is changed through them is written. */
  readonly memory: Memory
  /** The same without views, to be looked at only. */
  plainMemory(): Memory
  readonly blobs: OwnedBlobStore
  readonly durability: Durability
  /** Writes what is not written yet and lets go of the folder. */
  close(): Promise<void>
}

/** How a data folder is opened. */
export interface PersistenceOptions {
  readonly folder: string
  readonly disk?: Disk | undefined
  /** Default 16 MiB. */
  readonly compactionBytes?: number
  /** Told once when the folder can no longer be written, and once when it can again. */
  onTrouble(trouble: DiskTrouble): void
  onBug(error: unknown, where: string): void
}

const defaultCompactionBytes = 16 * 1024 * 1024

/**
 * Takes a data folder, and what a cloud left in it.
 * @throws UserError `data-folder-busy`, `data-folder-format`, `data-folder-damaged`; DiskError
 */
export async function openPersistence(options: PersistenceOptions): Promise<Persistence> {
  const folder = resolve(options.folder)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw asDiskError(error, folder)
  }
  const release = lockFolder(folder)
  try {
    return await openHeld({ ...options, disk: options.disk ?? realDisk, folder, release })
  } catch (error) {
    release()
    throw error
  }
}

interface Held extends PersistenceOptions {
  readonly disk: Disk
  release(): void
}

async function openHeld(held: Held): Promise<Persistence> {
  const { folder, disk, onBug } = held
  const began = performance.now()
  const trouble = new TroubleTeller(folder, told => held.onTrouble(told))
  let whenWritten: () => Promise<void> | undefined = () => undefined
  const files = tellTrouble(createBlobStore({ folder: join(folder, 'blobs'), disk }), trouble)
  const blobs = refuseWhileFailing(files, trouble, () => whenWritten())
  const found = readJournal(folder)
  const root = found?.reader.root ?? createRoot()
  const memory = root as unknown as Memory
  const onForeign: OnForeign = (value, holder) => onBug(foreign(value, pathOf(holder, root)), folder)
  const opened = found ? await goOn(held, found, onForeign) : await begin(held, root, onForeign)
  const recovered = await describe(found, { blobs, memory, began })
  const journal = new Journal({
    ...held,
    ...opened,
    root,
    trouble,
    hooks: blobs,
    compactionBytes: held.compactionBytes ?? defaultCompactionBytes,
    createWriter: () => new GraphWriter(onForeign),
  })
  whenWritten = () => journal.settled()
  let closed: Promise<void> | undefined
  return {
    folder,
    recovered,
    memory: createViews(journal).of(memory),
    plainMemory: () => {
      journal.encode()
      return memory
    },
    blobs,
    durability: journal,
    close: () => {
      closed ??= journal.close().finally(held.release)
      return closed
    },
  }
}

/**
 * The same store, which has a person told when bodies find no room. While small ones still fit where larger ones do
 * not, the trouble is not over: it is when one fits that is as large as the smallest that did not.
 */
function tellTrouble(blobs: OwnedBlobStore, trouble: TroubleTeller): OwnedBlobStore {
  let refusedBytes = Number.POSITIVE_INFINITY
  return {
    ...blobs,
    receive: async (body, observers) => {
      try {
        const blob = await blobs.receive(body, observers)
        if (blob.kind === 'file' && blob.size >= refusedBytes) {
          refusedBytes = Number.POSITIVE_INFINITY
          trouble.isOver('bodies')
        }
        return blob
      } catch (error) {
        if (error instanceof DiskError) {
          // Of a body that does not say its length, any size may be what was too much.
          refusedBytes = Math.min(refusedBytes, 'length' in body ? (body.length ?? 0) : 0)
          trouble.began(error, 'bodies')
        }
        throw error
      }
    },
  }
}

/**
 * The same store, which takes no body in while changes wait that could not be written: they are tried again first. What
 * clients send over and over to a full disk would else wait in memory, without a bound.
 */
function refuseWhileFailing(
  blobs: OwnedBlobStore,
  trouble: TroubleTeller,
  whenWritten: () => Promise<void> | undefined,
): OwnedBlobStore {
  return {
    ...blobs,
    receive: async (body, observers) => {
      if (trouble.has('changes')) await whenWritten()
      return blobs.receive(body, observers)
    },
  }
}

function createRoot(): Record<string, unknown> {
  const memory: Memory = { states: new Map(), meta: { clockOffset: 0 } }
  return memory as unknown as Record<string, unknown>
}

type Opened = Pick<JournalParts, 'file' | 'writer' | 'statesLength'>

async function goOn({ folder, disk }: Held, found: ReadJournal, onForeign: OnForeign): Promise<Opened> {
  removeFormerJournals(folder, found.generation)
  const file = await JournalFile.continue(disk, journalPath(folder, found.generation), found)
  return { file, writer: GraphWriter.continuing(found.reader, onForeign), statesLength: found.statesLength }
}

async function begin({ folder, disk }: Held, root: Container, onForeign: OnForeign): Promise<Opened> {
  const writer = new GraphWriter(onForeign)
  const first = await Compaction.begin({ disk, folder, generation: 1, root, writer })
  first.complete()
  await first.finish()
  await syncFolder(disk, folder)
  return { file: first.file, writer, statesLength: first.file.length }
}

interface Found {
  readonly blobs: OwnedBlobStore
  readonly memory: Memory
  readonly began: number
}

async function describe(found: ReadJournal | undefined, { blobs, memory, began }: Found): Promise<Recovered> {
  const { records, files } = takeInventory(memory.states)
  const { removed, missing, damaged } = await blobs.recover(files)
  return {
    isNew: found === undefined,
    repairedBytes: found?.tornBytes ?? 0,
    states: memory.states.size,
    records,
    files: files.length,
    removedFiles: removed.length,
    lostFiles: [...missing, ...damaged].map(({ name }) => name),
    ...(found?.lastTime !== undefined && { lastChangeAt: found.lastTime }),
    milliseconds: performance.now() - began,
  }
}

function foreign(value: unknown, path: string): TypeError {
  const name = typeof value === 'object' ? `an instance of ${value?.constructor?.name}` : `a ${typeof value}`
  return new TypeError(`${path} holds ${name}; a state is records, arrays, Maps, Sets and plain values`)
}
