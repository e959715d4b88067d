import { existsSync, realpathSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type OnResolveArgs, type OnResolveResult, type Plugin } from 'esbuild'
import { describeFirstProblem, refuseImport } from './compiler-problem.ts'
import { findOwnFile, isFileImport, loaderOf } from './own-files.ts'

/** A file to be graded. */
export interface StudentSource {
  /** Absolute path; its relative imports resolve from here, and none may leave its folder. */
  readonly path: string
  /** Graded in place of the file's own text. */
  readonly text?: string
}

/** Where the compiled copy lies, or why there is none. */
export type Compilation =
  | { readonly kind: 'compiled'; readonly entry: string }
  | { readonly kind: 'refused'; readonly message: string; readonly where?: string }

interface CompileOptions {
  readonly source: StudentSource
  /** Where the copies go; the student's own other files keep their relative paths. */
  readonly outFolder: string
  /** The compiled entry's name without extension, e.g. `objetos`. */
  readonly entryName: string
  /** Packages that are a file of ours in the student's process: absolute paths by name. */
  readonly standIns?: ReadonlyMap<string, string>
}

/**
 * Compiles a student's TypeScript and the files of their own that it imports, one module each (so that every file
 * keeps its own `import.meta.url`); packages stay where they are. Nothing outside the file's folder is read.
 */
export async function compileStudent(options: CompileOptions): Promise<Compilation> {
  const { source, outFolder, entryName, standIns = new Map() } = options
  if (source.text === undefined && !existsSync(source.path)) {
    const message = `no existe ${basename(source.path)}; recupéralo con npm run exercise ${entryName} reset`
    return { kind: 'refused', message }
  }
  const folder = realpathSync(dirname(source.path))
  const entry = join(folder, basename(source.path))
  const own = createOwnFiles({ folder, entry, entryName, outFolder, standIns })
  own.output(entry)
  try {
    for (let file = own.next(); file !== undefined; file = own.next()) {
      await compileFile(file, file === entry ? source.text : undefined, own)
    }
  } catch (error) {
    const problem = describeFirstProblem(error, file =>
      relative(folder, resolve(folder, file)).split(sep).join('/'),
    )
    if (problem === undefined) throw error
    return { kind: 'refused', ...problem }
  }
  return { kind: 'compiled', entry: own.output(entry) }
}

/** The student's files met so far, and where each is compiled to. */
interface OwnFiles {
  readonly folder: string
  readonly standIns: ReadonlyMap<string, string>
  /** Where a file is compiled to; it is queued when it is new. */
  output(file: string): string
  next(): string | undefined
}

function createOwnFiles(options: {
  readonly folder: string
  readonly entry: string
  readonly entryName: string
  readonly outFolder: string
  readonly standIns: ReadonlyMap<string, string>
}): OwnFiles {
  const outputs = new Map<string, string>()
  const queue: string[] = []
  return {
    folder: options.folder,
    standIns: options.standIns,
    next: () => queue.shift(),
    output: file => {
      const known = outputs.get(file)
      if (known !== undefined) return known
      const target = join(options.outFolder, outputName(file, options))
      outputs.set(file, target)
      queue.push(file)
      return target
    },
  }
}

function outputName(
  file: string,
  {
    folder,
    entry,
    entryName,
  }: { readonly folder: string; readonly entry: string; readonly entryName: string },
): string {
  if (file === entry) return `${entryName}.mjs`
  const path = relative(folder, file)
  return `${path.slice(0, path.length - extname(path).length)}.mjs`
}

async function compileFile(file: string, text: string | undefined, own: OwnFiles): Promise<void> {
  const target = own.output(file)
  await mkdir(dirname(target), { recursive: true })
  const result = await build({
    stdin: {
      contents: text ?? (await readFile(file, 'utf8')),
      resolveDir: dirname(file),
      sourcefile: file,
      loader: loaderOf(file),
    },
    // Messages name files relative to it.
    absWorkingDir: own.folder,
    outfile: target,
    write: false,
    bundle: true,
    treeShaking: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'external',
    tsconfigRaw: '{}',
    logLevel: 'silent',
    plugins: [ownImports(own, file)],
  })
  await writeFile(target, withSourceMap(result.outputFiles, file))
}

/** The map names the student's real file, so that a stack points where an editor can go. */
function withSourceMap(
  outputs: readonly { readonly path: string; readonly text: string }[],
  file: string,
): string {
  const code = outputs.find(({ path }) => !path.endsWith('.map'))?.text ?? ''
  const map: unknown = JSON.parse(outputs.find(({ path }) => path.endsWith('.map'))?.text ?? '{}')
  const named = JSON.stringify({ ...Object(map), sources: [pathToFileURL(file).href] })
  const encoded = Buffer.from(named).toString('base64')
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`
}

/** Keeps imports as imports: packages by name, own files by their compiled path; anything else is refused. */
function ownImports(own: OwnFiles, importer: string): Plugin {
  return {
    name: 'own-imports',
    setup: context => {
      context.onResolve({ filter: /.*/ }, args =>
        args.kind === 'entry-point' ? null : resolveImport(args, own, importer),
      )
    },
  }
}

function resolveImport(args: OnResolveArgs, own: OwnFiles, importer: string): OnResolveResult {
  if (args.kind === 'require-call') return refuseImport(`usa import en lugar de require('${args.path}')`)
  const standIn = own.standIns.get(args.path)
  if (standIn !== undefined) return { path: fromImporter(own, importer, standIn), external: true }
  if (!isFileImport(args.path)) return { path: args.path, external: true }
  const found = findOwnFile(args.path, {
    folder: own.folder,
    file: importer,
    folderName: 'la carpeta del ejercicio',
  })
  if ('refusal' in found) return refuseImport(found.refusal)
  // Data becomes part of who imports it, with or without `with { type: 'json' }`.
  if (extname(found.path) === '.json') return { path: found.path }
  return { path: fromImporter(own, importer, own.output(found.path)), external: true }
}

/** A file as the compiled importer names it. */
function fromImporter(own: OwnFiles, importer: string, file: string): string {
  const path = relative(dirname(own.output(importer)), file)
    .split(sep)
    .join('/')
  return path.startsWith('.') ? path : `./${path}`
}
