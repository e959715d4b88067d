import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { findBuiltFolder } from './built-folder.ts'

/** What is in dist/, compared with what it is built from. */
export type BuildAge =
  | { readonly kind: 'missing' }
  | { readonly kind: 'fresh' }
  /** `file`, relative to the repository, was changed after the build. */
  | { readonly kind: 'stale'; readonly file: string }

/** Folders that end up in dist/. */
const sourceFolders = ['src', 'modules'] as const

/** Compares the built command line with the newest file that it is built from. */
export async function readBuildAge(root: string): Promise<BuildAge> {
  const builtAt = await modifiedAt(join(findBuiltFolder() ?? join(root, 'dist'), 'main.mjs'))
  if (builtAt === undefined) return { kind: 'missing' }
  for (const folder of sourceFolders) {
    for (const file of await listSources(join(root, folder))) {
      const changedAt = await modifiedAt(file)
      if (changedAt !== undefined && changedAt > builtAt) {
        return { kind: 'stale', file: relative(root, file).split(sep).join('/') }
      }
    }
  }
  return { kind: 'fresh' }
}

async function listSources(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(emptyWhenMissing)
  return names.filter(name => name.endsWith('.ts')).map(name => join(folder, name))
}

/** Milliseconds since the epoch. */
async function modifiedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
