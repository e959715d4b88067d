import { realpathSync } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { isAbsolute, resolve, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import type { Workspace } from '../../workspace.ts'

/** The bundler keeps a file whole in the grader's memory. */
const maximumFileBytes = 32 * 1024 * 1024

/** Whether a path, taken as it is written, lies in the run's copy or among the packages. */
export function isReadable({ copy, packages, base }: Workspace, path: string): boolean {
  return [copy, packages, resolve(base, 'node_modules')].some(root => isBelow(root, path))
}

/** Lets a build read the run's copy and the packages, and nothing else, whatever its options and its files say. */
export function readOnlyInside(workspace: Workspace): Plugin {
  return {
    name: 'read-only-inside',
    setup: context => {
      context.onResolve({ filter: /.*/ }, ({ path, kind, resolveDir }) => {
        const isFile = kind === 'entry-point' || path.startsWith('.') || isAbsolute(path)
        if (!isFile || isReadable(workspace, resolve(resolveDir, path))) return undefined
        return { errors: [{ text: refusal(path) }] }
      })
      context.onLoad({ filter: /.*/, namespace: 'file' }, async ({ path }) => {
        // Nobody but who installed them writes to the packages.
        if (isBelow(workspace.packages, path)) return undefined
        const contents = await readInside(workspace.copy, path)
        return contents === undefined
          ? { errors: [{ text: refusal(path) }] }
          : { contents: withoutMapReference(contents), loader: 'default' }
      })
    },
  }
}

function refusal(path: string): string {
  return `«${path}» está fuera de tu carpeta`
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep)
}

/** Reads a file if it is the one that lies inside: the student's process may exchange it while we look. */
async function readInside(folder: string, path: string): Promise<Buffer | undefined> {
  if (!isBelow(folder, path)) return undefined
  const file = await open(path, 'r')
  try {
    const opened = await file.stat()
    const real = await realpath(path)
    const there = await stat(real)
    const isSame = opened.isFile() && there.ino === opened.ino && there.dev === opened.dev
    if (!isSame || !isBelow(realpathSync(folder), real) || opened.size > maximumFileBytes) return undefined
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/** The bundler would read the source map that a file names, wherever it is. */
export function withoutMapReference(contents: Buffer): Buffer {
  if (!contents.includes('sourceMappingURL=')) return contents
  const text = contents.toString('latin1').replaceAll('sourceMappingURL=', 'sourceMappingURL:')
  return Buffer.from(text, 'latin1')
}
