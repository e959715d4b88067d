import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { holderOf } from '../../cloud/persistence/folder-lock.ts'

/** The cloud that holds a data folder. */
export interface FolderCloud {
  readonly pid: number
  /** e.g. `http://127.0.0.1:4566`; absent while it starts, and of one that no command line started. */
  readonly url?: string
}

/** The file in a data folder that says where its cloud listens. */
const addressFile = 'address'

/** Leaves in a data folder where its cloud, which is this process, listens. */
export async function writeAddress(folder: string, url: string): Promise<void> {
  const path = join(folder, addressFile)
  const unfinished = `${path}.${process.pid}`
  await writeFile(unfinished, JSON.stringify({ pid: process.pid, url } satisfies FolderCloud))
  await rename(unfinished, path)
}

/** The cloud that holds a data folder now; an address that another one left does not count. */
export async function findRunningCloud(folder: string): Promise<FolderCloud | undefined> {
  const pid = holderOf(folder)
  if (pid === undefined) return undefined
  const address = await readAddress(join(folder, addressFile))
  return address?.pid === pid ? { pid, ...(address.url !== undefined && { url: address.url }) } : { pid }
}

async function readAddress(path: string): Promise<Partial<FolderCloud> | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Partial<FolderCloud>
  } catch {
    // Not there, or not written by us: then nobody says where the cloud listens.
    return undefined
  }
}
