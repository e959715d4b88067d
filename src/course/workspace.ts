import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { guardFile, guardSource, harnessFile, harnessSource } from './student/harness.ts'

/** Every run's folder in the machine's temporary folder starts with this. */
export const workspacePrefix = 'taller-nube-'

/** The private folder of one run. The student's process reads `base` and writes only `copy`. All paths are absolute. */
export interface Workspace {
  readonly base: string
  /** The working directory of the student's code. */
  readonly copy: string
  readonly home: string
  readonly temporary: string
  /** The real path of the repository's `node_modules`. */
  readonly packages: string
  /** Removes the folder. Can be called twice. */
  remove(): void
}

/** What a workspace is made of. */
export interface WorkspaceOptions {
  /** Absolute path of the repository. */
  readonly repository: string
  /** Files of the repository to copy, e.g. `datos/ventas_ejemplo.csv`. */
  readonly inputs?: readonly string[]
}

/** Creates the private folder of a run; it disappears with {@link Workspace.remove} or with this process. */
export async function createWorkspace({ repository, inputs = [] }: WorkspaceOptions): Promise<Workspace> {
  const base = await mkdtemp(join(realpathSync(tmpdir()), workspacePrefix))
  removeAtExit(base)
  const packages = realpathSync(join(repository, 'node_modules'))
  const copy = join(base, 'copia')
  const workspace: Workspace = {
    base,
    copy,
    home: join(copy, '.home'),
    temporary: join(copy, '.tmp'),
    packages,
    remove: () => removeNow(base),
  }
  await writeFile(join(base, 'owner.json'), JSON.stringify({ pid: process.pid }))
  await Promise.all([workspace.home, workspace.temporary].map(folder => mkdir(folder, { recursive: true })))
  // A junction, because Windows lets nobody but an administrator link folders otherwise.
  await symlink(packages, join(base, 'node_modules'), 'junction')
  await writeFile(join(base, guardFile), guardSource)
  await writeFile(join(base, harnessFile), harnessSource)
  await Promise.all(inputs.map(input => copyInput(join(repository, input), join(copy, input))))
  return workspace
}

async function copyInput(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true })
  await copyFile(from, to)
}

const living = new Set<string>()

function removeNow(base: string): void {
  living.delete(base)
  rmSync(base, { recursive: true, force: true, maxRetries: 3 })
}

function removeAtExit(base: string): void {
  if (living.size === 0) process.once('exit', removeAll)
  living.add(base)
}

function removeAll(): void {
  for (const base of [...living]) removeNow(base)
}
