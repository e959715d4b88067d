import { linkSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCodes, UserError } from '../../core/user-error.ts'
import { isRunning, ownIdentity, type ProcessIdentity } from '../process-identity.ts'

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
  writeFileSync(own, JSON.stringify(ownIdentity()))
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
  if (holder && isHeldBy(holder)) throw busy(folder, holder.pid)
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  const moved = readHolder(aside)
  const isOthers = moved !== undefined && isHeldBy(moved)
  if (isOthers) link(aside, path)
  rmSync(aside, { force: true })
  if (isOthers) throw busy(folder, moved.pid)
}

function readHolder(path: string): ProcessIdentity | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Partial<ProcessIdentity>
    return typeof holder.pid === 'number' ? { pid: holder.pid, began: String(holder.began ?? '') } : undefined
  } catch {
    // Gone meanwhile, or written by nobody that we know: nobody holds it.
    return undefined
  }
}

/** This process holds nothing that `heldHere` does not name: its number was another's before. */
function isHeldBy(holder: ProcessIdentity): boolean {
  return holder.pid !== process.pid && isRunning(holder)
}

function busy(folder: string, pid: number): UserError {
  return new UserError({
    code: 'data-folder-busy',
    message: `Otra nube (proceso ${pid}) usa la carpeta ${folder}.`,
    nextStep: `kill ${pid}`,
    exitCode: exitCodes.environment,
  })
}
