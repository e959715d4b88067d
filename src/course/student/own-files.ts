import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, extname, join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Loader } from 'esbuild'

/** A file of the student's that an import names, or why it cannot be had. */
export type OwnFile = { readonly path: string } | { readonly refusal: string }

/** Where an import is written. */
export interface Importer {
  /** Real path of the only folder whose files may be imported. */
  readonly folder: string
  /** Absolute path of the file with the import. */
  readonly file: string
  /** What the folder is to its student, e.g. `la carpeta del ejercicio`. */
  readonly folderName: string
}

/** Whether an import names a file, and not a package. */
export function isFileImport(specifier: string): boolean {
  return /^(\.{0,2}\/|\.{1,2}$|file:|[A-Za-z]:[\\/])/.test(specifier)
}

/** Finds the file that an import names; one outside the folder, or reached by a link that leaves it, is refused. */
export function findOwnFile(specifier: string, { folder, file, folderName }: Importer): OwnFile {
  const wanted = specifier.startsWith('file:') ? fileURLToPath(specifier) : resolve(dirname(file), specifier)
  const found = findFile(wanted)
  const real = found === undefined ? wanted : realpathSync(found)
  if (!real.startsWith(folder + sep)) {
    const advice = 'copia aquí lo que necesites'
    return { refusal: `importa «${specifier}», que está fuera de ${folderName}; ${advice}` }
  }
  if (found === undefined) return { refusal: `importa «${specifier}», y ese archivo no existe` }
  return { path: real }
}

/** Finds a file the way `tsx` does: as written, with TypeScript's extension in place of JavaScript's, or completed. */
function findFile(path: string): string | undefined {
  const stem = path.replace(/\.([cm]?)js$/, '.$1ts')
  const candidates = [
    path,
    stem,
    `${path}.ts`,
    `${path}.tsx`,
    `${path}.js`,
    `${path}.json`,
    join(path, 'index.ts'),
  ]
  return candidates.find(candidate => existsSync(candidate) && statSync(candidate).isFile())
}

/** How the compiler must read a file, by its extension. */
export function loaderOf(file: string): Loader {
  const extension = extname(file)
  if (extension === '.json') return 'json'
  if (extension === '.tsx' || extension === '.jsx') return 'tsx'
  return /^\.[cm]?ts$/.test(extension) ? 'ts' : 'js'
}
