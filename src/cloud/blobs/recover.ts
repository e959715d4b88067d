import { type Dirent, readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { FileBlob } from '../blob-store.ts'
import { unfinishedSuffix } from './write-file.ts'

/** What was found where the files of blobs are. */
export interface BlobRecovery {
  /** Files that no state named, and unfinished ones; they were removed. */
  readonly removed: readonly string[]
  /** Blobs whose file is not there. */
  readonly missing: readonly FileBlob[]
  /** Blobs whose file has another size. */
  readonly damaged: readonly (FileBlob & { readonly actualSize: number })[]
}

/** What the name of a blob's file ends with. */
export const blobSuffix = '.blob'

/**
 * Compares a folder with the blobs that the states name. What nobody names is removed, unless something that is named is
 * not there: then states and files are not of one time, and nothing more is taken away.
 */
export function recoverFiles(folder: string, named: Iterable<FileBlob>): BlobRecovery {
  const blobs = new Map([...named].map(blob => [blob.name, blob]))
  const missing: FileBlob[] = []
  const damaged: (FileBlob & { readonly actualSize: number })[] = []
  for (const blob of blobs.values()) {
    const actualSize = statSync(join(folder, blob.name), { throwIfNoEntry: false })?.size
    if (actualSize === undefined) missing.push(blob)
    else if (actualSize !== blob.size) damaged.push({ ...blob, actualSize })
  }
  const isWhole = missing.length === 0 && damaged.length === 0
  const removed = isWhole ? ourFiles(folder).filter(name => !blobs.has(name)) : []
  for (const name of removed) unlinkSync(join(folder, name))
  return { removed, missing, damaged }
}

/** The files of blobs in a folder that are whole; what others put there is none of ours. */
export function storedFiles(folder: string): string[] {
  return ourFiles(folder).filter(name => name.endsWith(blobSuffix))
}

function ourFiles(folder: string): string[] {
  const isOurs = ({ name }: Dirent): boolean =>
    name.endsWith(blobSuffix) || name.endsWith(`${blobSuffix}${unfinishedSuffix}`)
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isFile() && isOurs(entry) ? [entry.name] : [],
  )
}
