import { accessSync, constants, lstatSync, readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { compareText } from './compare-text.ts'
import type { Entry } from './item.ts'

/** How local files are looked for. */
export interface LocalSearch {
  readonly isRecursive: boolean
  readonly followsLinks: boolean
  /** Gets what is left out, and why. */
  readonly warn: (message: string) => void
}

/** Lists a file, or all files below a folder in the order in which S3 lists their keys. */
export function* listLocalFiles(path: string, search: LocalSearch): Generator<Entry> {
  if (isIgnored(path, search)) return
  if (!search.isRecursive) {
    yield readEntry(path)
    return
  }
  for (const name of readNames(path, search)) {
    const child = join(path, name)
    if (name.endsWith(sep)) yield* listLocalFiles(child, search)
    else yield readEntry(child)
  }
}

/** Names in a folder, sub-folders with a separator at the end so that they sort as their keys do. */
function readNames(path: string, search: LocalSearch): readonly string[] {
  const names = readdirSync(path).filter(name => !isIgnored(join(path, name), search))
  return names.map(name => (statSync(join(path, name)).isDirectory() ? name + sep : name)).sort(compareText)
}

function readEntry(path: string): Entry {
  const { size, mtimeMs } = statSync(path)
  return { path, size, modifiedMs: mtimeMs }
}

function isIgnored(path: string, { followsLinks, warn }: LocalSearch): boolean {
  const bare = path.endsWith(sep) ? path.slice(0, -1) : path
  if (!followsLinks && lstatSync(bare, { throwIfNoEntry: false })?.isSymbolicLink()) return true
  const reason = reasonToSkip(path)
  if (reason === undefined) return false
  warn(`warning: Skipping file ${path}. ${reason}`)
  return true
}

function reasonToSkip(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return 'File does not exist.'
  if (stats.isCharacterDevice() || stats.isBlockDevice() || stats.isFIFO() || stats.isSocket()) {
    return 'File is character special device, block special device, FIFO, or socket.'
  }
  try {
    accessSync(path, constants.R_OK)
    return undefined
  } catch {
    return 'File/Directory is not readable.'
  }
}
