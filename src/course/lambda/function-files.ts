import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { StudentSource } from '../student/compile.ts'

/** No function of the course comes near; what is more is not copied. */
const limits = { files: 500, fileBytes: 8 * 1024 * 1024 }

/** Folders that are no part of a function's source. */
const ignored = new Set(['node_modules', '.git'])

/** Copies a function's folder, without what links to elsewhere; a folder that is not there leaves nothing. */
export async function copyFunction(from: string, to: string): Promise<void> {
  for (const path of listSources(from)) {
    await mkdir(dirname(join(to, path)), { recursive: true })
    await copyFile(join(from, path), join(to, path))
  }
}

/**
 * Writes the function that is graded to a folder of its own: what is graded as `index.ts`, and what lies beside it.
 * A file that is not there leaves no `index.ts`.
 */
export async function writeFunction({ path, text }: StudentSource, to: string): Promise<void> {
  const folder = dirname(path)
  await copyFunction(folder, to)
  const entry = join(to, 'index.ts')
  await mkdir(to, { recursive: true })
  if (text !== undefined) await writeFile(entry, text)
  else if (basename(path) !== 'index.ts' && existsSync(path)) await copyFile(path, entry)
}

/** The files of a folder, relative to it. */
function listSources(folder: string): string[] {
  const found: string[] = []
  const look = (below: string): void => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = join(below, entry.name)
      if (entry.isDirectory() && !ignored.has(entry.name)) look(path)
      if (entry.isFile() && found.length < limits.files && sizeOf(join(folder, path)) <= limits.fileBytes)
        found.push(path)
    }
  }
  if (existsSync(folder)) look('.')
  return found
}

function sizeOf(path: string): number {
  return lstatSync(path).size
}
