import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isCode } from './error-codes.ts'
import { removeTree } from './remove-tree.ts'
import { ownerFile, workspacePrefix } from './workspace.ts'

/** No run lasts longer; an older folder is a leftover even if another process got its owner's number. */
const maximumAgeMilliseconds = 24 * 60 * 60 * 1000

/** A folder this young may belong to a run that has not written its owner yet. */
const minimumAgeMilliseconds = 60 * 1000

/**
 * Removes the folders of runs that were killed before they could clean up, and ends the students' processes that
 * still run in them.
 * @param folder where runs have their folders; the machine's temporary folder unless told.
 * @returns the folders removed.
 */
export function removeLeftovers(folder: string = realpathSync(tmpdir())): string[] {
  const leftovers = readdirSync(folder, { withFileTypes: true })
    .filter(
      entry => entry.isDirectory() && entry.name.startsWith(workspacePrefix) && isLeftover(folder, entry),
    )
    .map(entry => join(folder, entry.name))
  if (leftovers.length === 0) return []
  endProcessesIn(leftovers)
  for (const leftover of leftovers) removeTree(leftover)
  return leftovers
}

function isLeftover(folder: string, entry: Dirent): boolean {
  const path = join(folder, entry.name)
  const { uid, mtimeMs } = lstatSync(path)
  if (process.getuid !== undefined && uid !== process.getuid()) return false
  const ageMilliseconds = Date.now() - mtimeMs
  if (ageMilliseconds > maximumAgeMilliseconds) return true
  const owner = readOwner(path)
  if (owner === undefined) return ageMilliseconds > minimumAgeMilliseconds
  return owner.host === hostname() && !isRunning(owner.pid)
}

function readOwner(path: string): { readonly pid: number; readonly host: string } | undefined {
  try {
    const owner: unknown = JSON.parse(readFileSync(join(path, ownerFile), 'utf8'))
    if (typeof owner !== 'object' || owner === null || !('pid' in owner) || !('host' in owner))
      return undefined
    return { pid: Number(owner.pid), host: String(owner.host) }
  } catch (error) {
    if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined
    throw error
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !isCode(error, 'ESRCH')
  }
}

/**
 * A student's endless loop does not notice that its grader is gone. Its command line names its folder; where there is
 * no `/proc` to read it from, the process stays until the person ends it.
 */
function endProcessesIn(folders: readonly string[]): void {
  for (const pid of listProcesses()) {
    const commandLine = readCommandLine(pid)
    if (!folders.some(folder => commandLine.includes(`${folder}/`))) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if (!isCode(error, 'ESRCH') && !isCode(error, 'EPERM')) throw error
    }
  }
}

function listProcesses(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => Number.isInteger(pid) && pid !== process.pid)
}

function readCommandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It ended meanwhile, or belongs to someone else.
    return ''
  }
}
