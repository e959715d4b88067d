import { mkdirSync, realpathSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cleanUpAtExit } from './cleanup.ts'
import { removeTree } from './remove-tree.ts'
import { standInFile, standInSource } from './student/bundler/stand-in.ts'
import { guardFile, guardSource, harnessFile, harnessSource } from './student/harness.ts'

/**
 * Every run's folder in the machine's temporary folder starts with this, and nothing else does: a cloud keeps its own
 * files there too, and each cleans up after its own kind.
 */
export const workspacePrefix = 'taller-corrida-'

/** In a run's folder, says which process of which machine made it: containers may share a temporary folder. */
export const ownerFile = 'owner.json'

/**
 * The private folder of one run. The student's process reads `base` and writes only `copy`, so what it runs under
 * (the harness, the link to the packages) is out of its reach. All paths are absolute and real.
 */
export interface Workspace {
  readonly base: string
  /** The working directory of the student's code. */
  readonly copy: string
  readonly home: string
  readonly temporary: string
  /** The repository's `node_modules`. */
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
  const workspace = describeWorkspace(base, realpathSync(join(repository, 'node_modules')))
  try {
    await fillWorkspace(workspace, { repository, inputs })
  } catch (error) {
    workspace.remove()
    throw error
  }
  return workspace
}

function describeWorkspace(base: string, packages: string): Workspace {
  const copy = join(base, 'copia')
  const removeFolder = (): void => removeTree(base)
  const forget = cleanUpAtExit(removeFolder)
  return {
    base,
    copy,
    home: join(copy, '.home'),
    temporary: join(copy, '.tmp'),
    packages,
    remove: () => {
      removeFolder()
      forget()
    },
  }
}

async function fillWorkspace(workspace: Workspace, options: Required<WorkspaceOptions>): Promise<void> {
  const { base, copy, home, temporary, packages } = workspace
  await writeFile(join(base, ownerFile), JSON.stringify({ pid: process.pid, host: hostname() }))
  await Promise.all([home, temporary].map(folder => mkdir(folder, { recursive: true })))
  // A junction, because Windows lets nobody but an administrator link folders otherwise.
  await symlink(packages, join(base, 'node_modules'), 'junction')
  await writeFile(join(base, guardFile), guardSource)
  await writeFile(join(base, harnessFile), harnessSource)
  await writeFile(join(base, standInFile), standInSource)
  await Promise.all(
    options.inputs.map(input => copyInput(join(options.repository, input), join(copy, input))),
  )
}

async function copyInput(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true })
  await copyFile(from, to)
}
