import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FileBlob } from '../blob-store.ts'
import { type Container, reachable } from './containers.ts'
import { damaged, readFrames } from './frames.ts'
import { GraphReader } from './graph-reader.ts'
import { type JournalEnd, journalPath, journalPrefix, unfinishedSuffix } from './journal-file.ts'

/** What a folder's journal holds. */
export interface ReadJournal extends JournalEnd {
  readonly generation: number
  readonly reader: GraphReader
  /** Bytes up to where all states were complete. */
  readonly statesLength: number
  readonly tornBytes: number
  /** Milliseconds since the epoch. */
  readonly lastTime: number | undefined
}

/**
 * Reads the newest journal of a folder; `undefined` where there is none.
 * @throws UserError `data-folder-format`, `data-folder-damaged`
 */
export function readJournal(folder: string): ReadJournal | undefined {
  const generation = Math.max(...generationsOf(folder))
  if (!Number.isFinite(generation)) return undefined
  const reader = new GraphReader()
  let statesLength = 0
  const read = readFrames(journalPath(folder, generation), (bytes, end) => {
    reader.read(bytes)
    if (reader.isComplete && statesLength === 0) statesLength = end
  })
  if (!reader.isComplete) throw damaged(journalPath(folder, generation), 'le falta el principio')
  return { ...read, generation, reader, statesLength }
}

/** Removes journals whose states are in a later one, and those that were never finished. */
export function removeFormerJournals(folder: string, generation: number): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(journalPrefix)) continue
    const isUnfinished = name.endsWith(unfinishedSuffix)
    if (isUnfinished || generationOf(name) < generation) rmSync(join(folder, name))
  }
}

/** What is in the states. */
export interface Inventory {
  /** Records, lists, maps and sets. */
  readonly records: number
  /** Bodies that are files. */
  readonly files: readonly FileBlob[]
}

/** Counts what the states hold, and finds the bodies that they name. */
export function takeInventory(root: Container): Inventory {
  let records = 0
  const files: FileBlob[] = []
  for (const container of reachable(root)) {
    records += 1
    if (isFileBlob(container)) files.push(container)
  }
  return { records, files }
}

function isFileBlob(container: object): container is FileBlob {
  const { kind, name, size } = container as Partial<FileBlob>
  return kind === 'file' && typeof name === 'string' && typeof size === 'number'
}

function generationsOf(folder: string): number[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap(name => {
    const generation = generationOf(name)
    return Number.isInteger(generation) ? [generation] : []
  })
}

/** The number in a whole journal's name; NaN for any other name. */
function generationOf(name: string): number {
  return name.startsWith(journalPrefix) ? Number(name.slice(journalPrefix.length) || Number.NaN) : Number.NaN
}
