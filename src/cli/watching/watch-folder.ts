import { createHash } from 'node:crypto'
import { type FSWatcher, watch } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What is watched, and how. */
export interface WatchOptions {
  /** Absolute path. */
  readonly folder: string
  /** Names in the folder that do not matter, e.g. the files of other exercises. */
  readonly ignored: readonly string[]
  /** `poll` where the system tells nothing of changes, as on many network drives. */
  readonly mode: 'events' | 'poll'
  onChange(): void
}

/** A watch that can be ended. */
export interface FolderWatch {
  close(): void
}

/** Editors save in several steps; a text is read once nothing has happened for this long. */
const quietMilliseconds = 40

/** How often the folder is looked at: always, because the system's events are not to be relied on alone. */
const pollMilliseconds = { events: 1000, poll: 250 } as const

/** Calls `onChange` after the text of a file in a folder has changed, been added or been taken away, once it is quiet. */
export async function watchFolder(options: WatchOptions): Promise<FolderWatch> {
  const { folder, mode, onChange } = options
  const first = await readFiles(options)
  let known = first?.signature
  let timer: NodeJS.Timeout | undefined
  let looking: 'no' | 'once' | 'again' = 'no'
  const look = async (): Promise<void> => {
    if (looking !== 'no') {
      looking = 'again'
      return
    }
    do {
      looking = 'once'
      const current = await readFiles(options)
      // In the middle of a save there may be no file for a moment; the next look sees it.
      if (current === undefined) continue
      events?.listenTo(current.folders)
      if (current.signature === known) continue
      known = current.signature
      onChange()
    } while (needsAnotherLook())
    looking = 'no'
  }
  // Something may have happened while the files were read.
  const needsAnotherLook = (): boolean => looking === 'again'
  const lookSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(look, quietMilliseconds)
  }
  const events = mode === 'events' ? listenToSystem(lookSoon) : undefined
  events?.listenTo(first?.folders ?? [folder])
  const poll = setInterval(look, pollMilliseconds[mode])
  return {
    close: () => {
      clearTimeout(timer)
      clearInterval(poll)
      events?.close()
    },
  }
}

/** The system's own events of folders, each for itself: not every system tells of the folders below one. */
interface SystemEvents {
  /** Listens to these folders, and to no others any more. */
  listenTo(folders: readonly string[]): void
  close(): void
}

function listenToSystem(onEvent: () => void): SystemEvents {
  const watchers = new Map<string, FSWatcher>()
  const forget = (folder: string): void => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }
  return {
    listenTo: folders => {
      for (const folder of watchers.keys()) if (!folders.includes(folder)) forget(folder)
      for (const folder of folders) {
        if (watchers.has(folder)) continue
        const watcher = watchOne(folder, onEvent)
        if (watcher === undefined) continue
        watchers.set(folder, watcher)
        // A watch that breaks (limits, an unmounted drive) leaves the polling.
        watcher.on('error', () => forget(folder))
      }
    },
    close: () => {
      for (const folder of watchers.keys()) forget(folder)
    },
  }
}

/** A folder's watch, where the system has any for it. */
function watchOne(folder: string, onEvent: () => void): FSWatcher | undefined {
  try {
    return watch(folder, onEvent)
  } catch {
    // The polling is left.
    return undefined
  }
}

/** What a folder holds: its own and its folders' paths, and a signature that changes whenever a file's text does. */
interface FolderContents {
  readonly folders: readonly string[]
  readonly signature: string
}

/** Reads a folder; `undefined` while it cannot be read whole. */
async function readFiles({ folder, ignored }: WatchOptions): Promise<FolderContents | undefined> {
  const hash = createHash('sha256')
  const folders = [folder]
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath ?? entry.path, entry.name)
      if (entry.isDirectory()) folders.push(path)
      if (!entry.isFile() || ignored.includes(entry.name)) continue
      hash.update(path).update(await readFile(path))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return { folders, signature: hash.digest('hex') }
}
