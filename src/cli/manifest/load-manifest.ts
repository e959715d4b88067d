import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findBuiltFolder } from '../machine/built-folder.ts'
import { type Manifest, toManifest } from './manifest.ts'

/** In the built command line's own folder; a new build begins without it. */
const cacheName = 'manifest.json'

/**
 * Reads what the course consists of. The modules bring their checks, and those the SDK, so the built command line keeps the
 * data beside itself and loads the modules only the first time after a build.
 */
export async function loadManifest(): Promise<Manifest> {
  const folder = findBuiltFolder()
  if (folder === undefined) return readModules()
  const cache = join(folder, cacheName)
  return (await readCache(cache)) ?? writeCache(cache, await readModules())
}

async function readModules(): Promise<Manifest> {
  const { courseModules } = await import('../../../modules/index.ts')
  return toManifest(courseModules)
}

async function readCache(path: string): Promise<Manifest | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

async function writeCache(path: string, manifest: Manifest): Promise<Manifest> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await writeFile(temporary, JSON.stringify(manifest))
    await rename(temporary, path)
  } catch (error) {
    // Where dist/ cannot be written, every command loads the modules: slower, and as right.
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
  return manifest
}
