import { spawnSync } from 'node:child_process'
import { linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, UserError } from '../../core/user-error.ts'

/** Who holds a folder: a process, and when it began, since numbers of processes are used again. */
interface Holder {
  readonly pid: number
  /** As the system tells it; empty where it does not. */
  readonly began: string
}

/** Name of the file that says who holds the folder. */
const lockName = 'lock'

/** Folders that clouds of this very process hold. */
const heldHere = new Set<string>()

/**
 * Takes a data folder for one cloud; gives the function that lets go of it.
 * What a process left that is gone is taken over.
 * @throws UserError `data-folder-busy` when another cloud holds it
 */
export function lockFolder(folder: string): () => void {
  const place = realpathSync(folder)
  if (heldHere.has(place)) throw busy(folder, process.pid)
  const path = join(place, lockName)
  const own = join(place, `${lockName}.${process.pid}`)
  writeFileSync(own, JSON.stringify({ pid: process.pid, began: beganAt(process.pid) } satisfies Holder))
  try {
    // A link, and not a file that is filled later: nobody ever sees a lock without its holder.
    while (!link(own, path)) dropStale(folder, path)
  } finally {
    rmSync(own, { force: true })
  }
  heldHere.add(place)
  return () => {
    heldHere.delete(place)
    rmSync(path, { force: true })
  }
}

/** The process whose cloud holds a data folder now, if one does. */
export function holderOf(folder: string): number | undefined {
  const holder = readHolder(join(folder, lockName))
  return holder && isRunning(holder) ? holder.pid : undefined
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Puts a lock out of the way whose process is gone; it is looked at again then, as another may have been quicker. */
function dropStale(folder: string, path: string): void {
  const holder = readHolder(path)
  if (holder && isRunning(holder)) throw busy(folder, holder.pid)
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readHolder(aside)
  const isOthers = moved !== undefined && isRunning(moved)
  if (isOthers) link(aside, path)
  rmSync(aside, { force: true })
  if (isOthers) throw busy(folder, moved.pid)
}

function readHolder(path: string): Holder | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>
    return typeof holder.pid === 'number' ? { pid: holder.pid, began: String(holder.began ?? '') } : undefined
  } catch {
    // Gone meanwhile, or written by nobody that we know: nobody holds it.
    return undefined
  }
}

/** This process holds nothing that `heldHere` does not name: its number was another's before. */
function isRunning({ pid, began }: Holder): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM means that it runs and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const now = beganAt(pid)
  return began === '' || now === '' || now === began
}

/** When a process began, in the system's own words; empty where they cannot be had. */
function beganAt(pid: number): string {
  if (process.platform === 'linux') {
    try {
      // After the name, which may hold anything: the 20th field counted from the state.
      const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
      return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    } catch {
      // It has just ended, or it may not be looked at.
      return ''
    }
  }
  if (process.platform === 'win32') return ''
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

function busy(folder: string, pid: number): UserError {
  return new UserError({
    code: 'data-folder-busy',
    message: `Otra nube (proceso ${pid}) usa la carpeta ${folder}.`,
    nextStep: `kill ${pid}`,
    exitCode: exitCodes.environment,
  })
}
