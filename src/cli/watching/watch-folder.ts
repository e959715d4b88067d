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
  let known = await readSignature(options)
  let timer: NodeJS.Timeout | undefined
  let looking: 'no' | 'once' | 'again' = 'no'
  const look = async (): Promise<void> => {
    if (looking !== 'no') {
      looking = 'again'
      return
    }
    do {
      looking = 'once'
      const current = await readSignature(options)
      // In the middle of a save there may be no file for a moment; the next look sees it.
      if (current === undefined || current === known) continue
      known = current
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
  const events = mode === 'events' ? listenToSystem(folder, lookSoon) : undefined
  const poll = setInterval(look, pollMilliseconds[mode])
  return {
    close: () => {
      clearTimeout(timer)
      clearInterval(poll)
      events?.close()
    },
  }
}

/** The system's own events, where it has any for this folder. */
function listenToSystem(folder: string, onEvent: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, onEvent)
    // A watch that breaks (limits, an unmounted drive) leaves the polling.
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}

/** Changes whenever a file's text does; `undefined` while the folder cannot be read whole. */
async function readSignature({ folder, ignored }: WatchOptions): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || ignored.includes(entry.name)) continue
      const path = join(entry.parentPath ?? entry.path, entry.name)
      hash.update(path).update(await readFile(path))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return hash.digest('hex')
}
