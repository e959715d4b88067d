import { existsSync, realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import {
  type BuildContext,
  type BuildOptions,
  type BuildResult,
  context,
  type OnResolveArgs,
  type OnResolveResult,
  type Plugin,
  type PluginBuild,
} from 'esbuild'
import { describeFirstProblem, refuseImport } from '../student/compiler-problem.ts'
import { findOwnFile, isFileImport, loaderOf } from '../student/own-files.ts'
import { keepOwnSources, type SourceMap } from './own-source-map.ts'

/** A function's source. */
export interface FunctionSource {
  /** The file that exports `handler`: absolute, or relative to the folder. */
  readonly entry: string
  /** Absolute path of the function's folder; no file outside it becomes part of the function. */
  readonly folder: string
  /** Absolute path of the `node_modules` whose packages the function may import. */
  readonly packages: string
}

/** What goes into the function's zip, by its path there; or why there is none. */
export type Bundle =
  | { readonly kind: 'bundled'; readonly files: Readonly<Record<string, Uint8Array>> }
  | { readonly kind: 'refused'; readonly message: string; readonly where?: string }

/** Lambda's node runtimes look for the handler in this file when it is called `index.handler`. */
const bundleFile = 'index.js'

/** The compiler's namespace of the function's own files: their names do not depend on where the folder lies. */
const own = 'function'

/** A function that is bundled again and again: what did not change is not read again. */
export interface FunctionBundler {
  /**
   * Bundles the function and its packages as one CommonJS file, `index.js`, byte for byte the same wherever the folder
   * lies; its stack traces name the lines of the source under `node --enable-source-maps`.
   */
  bundle(): Promise<Bundle>
  /** Lets go of what is remembered. */
  close(): Promise<void>
}

/** Bundles a function once. */
export async function bundleFunction(source: FunctionSource): Promise<Bundle> {
  const bundler = createFunctionBundler(source)
  try {
    return await bundler.bundle()
  } finally {
    await bundler.close()
  }
}

/** Creates a bundler, which reads nothing until it is asked to bundle. */
export function createFunctionBundler(source: FunctionSource): FunctionBundler {
  let compiler: Promise<BuildContext<typeof buildOptions>> | undefined
  return {
    bundle: async () => {
      const entry = resolve(source.folder, source.entry)
      if (!existsSync(entry)) return { kind: 'refused', message: `no existe ${basename(entry)}` }
      if (!isInside(source.folder, entry)) {
        return { kind: 'refused', message: `${basename(entry)} lleva fuera de la carpeta de la función` }
      }
      compiler ??= createCompiler(source)
      try {
        const code = readBundle(await (await compiler).rebuild())
        return { kind: 'bundled', files: { [bundleFile]: code } }
      } catch (error) {
        const problem = describeFirstProblem(error, ownName)
        if (problem === undefined) throw error
        return { kind: 'refused', ...problem }
      }
    },
    close: async () => {
      await (await compiler)?.dispose()
    },
  }
}

/** The real paths of a function's source. */
interface Places {
  readonly folder: string
  readonly packages: string
}

const buildOptions = {
  bundle: true,
  write: false,
  outfile: bundleFile,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  keepNames: true,
  sourcemap: 'external',
  // Lines are what a stack needs; their text is in the student's editor.
  sourcesContent: false,
  tsconfigRaw: '{}',
  logLevel: 'silent',
  // CommonJS has no import.meta, and the little that is asked of it is known.
  banner: { js: `const __url = require('node:url').pathToFileURL(__filename).href;` },
  define: {
    'import.meta.url': '__url',
    'import.meta.filename': '__filename',
    'import.meta.dirname': '__dirname',
  },
} as const satisfies BuildOptions

function createCompiler(source: FunctionSource): Promise<BuildContext<typeof buildOptions>> {
  const folder = realpathSync(source.folder)
  const packages = realpathSync(source.packages)
  return context({
    ...buildOptions,
    entryPoints: [relativeName(folder, realpathSync(resolve(source.folder, source.entry)))],
    // Packages are named relative to it in the bundle.
    absWorkingDir: dirname(packages),
    plugins: [functionFiles({ folder, packages })],
  })
}

function readBundle({ outputFiles }: BuildResult<typeof buildOptions>): Uint8Array {
  const code = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? ''
  const map: SourceMap = JSON.parse(outputFiles.find(({ path }) => path.endsWith('.map'))?.text ?? '{}')
  const encoded = Buffer.from(JSON.stringify(keepOwnSources(map, ownName))).toString('base64')
  return Buffer.from(`${code}//# sourceMappingURL=data:application/json;base64,${encoded}\n`)
}

/** A function's own files are read from its folder, and packages from `node_modules`; nothing else gets in. */
function functionFiles(places: Places): Plugin {
  return {
    name: 'function-files',
    setup: build => {
      build.onResolve({ filter: /\.node$/ }, args => refuseNative(args))
      build.onResolve({ filter: /.*/ }, args => {
        if (args.kind === 'entry-point') return { path: args.path, namespace: own }
        if (args.namespace !== own || args.pluginData === inPackage) return undefined
        return isFileImport(args.path) ? resolveOwn(args, places) : resolvePackage(args, places, build)
      })
      build.onLoad({ filter: /.*/, namespace: own }, async ({ path }) => ({
        contents: await readFile(join(places.folder, path)),
        loader: loaderOf(path),
      }))
    },
  }
}

/** Marks a resolution of ours, which must not come back to us. */
const inPackage = Symbol('in package')

function resolveOwn(args: OnResolveArgs, { folder }: Places): OnResolveResult {
  const file = join(folder, args.importer)
  const found = findOwnFile(args.path, { folder, file, folderName: 'la carpeta de la función' })
  if ('refusal' in found) return refuseImport(found.refusal)
  return { path: relativeName(folder, found.path), namespace: own }
}

async function resolvePackage(
  args: OnResolveArgs,
  { packages }: Places,
  build: PluginBuild,
): Promise<OnResolveResult> {
  const found = await build.resolve(args.path, {
    kind: args.kind,
    resolveDir: dirname(packages),
    pluginData: inPackage,
  })
  if (found.errors.length > 0) return refuseImport(explainMissing(args.path, found.errors))
  const { external, sideEffects, namespace } = found
  const isKnown = external ? isBuiltin(found.path) : found.path.startsWith(packages + sep)
  if (!isKnown) return refuseImport(`importa «${args.path}», que no está en node_modules`)
  return { path: treeOfModules(found.path), external, sideEffects, namespace }
}

/** The SDK's clients come as one CommonJS file and as a tree of modules, of which only what is used is bundled. */
function treeOfModules(path: string): string {
  const tree = path.replace(/([\\/]@aws-sdk[\\/][^\\/]+[\\/])dist-cjs([\\/]index\.js)$/, '$1dist-es$2')
  return tree !== path && existsSync(tree) ? tree : path
}

function explainMissing(
  specifier: string,
  errors: readonly { readonly text: string; readonly detail: unknown }[],
): string {
  const ours = errors.find(({ detail }) => detail === 'own')
  return ours?.text ?? `importa «${specifier}», y ese paquete no está instalado; mira los de package.json`
}

function refuseNative({ path, importer }: OnResolveArgs): OnResolveResult {
  const name = path.split('/').at(-1)
  const owner = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)(?!.*node_modules)/.exec(importer)?.[1]
  const who = owner === undefined ? '' : `el paquete ${owner.replaceAll('\\', '/')} `
  return refuseImport(`${who}usa código nativo (${name}), y eso no cabe en un bundle: busca otro que no`)
}

/** Whether a file, wherever a link may lead, lies in a folder. */
function isInside(folder: string, file: string): boolean {
  return realpathSync(file).startsWith(realpathSync(folder) + sep)
}

function relativeName(folder: string, file: string): string {
  return relative(folder, file).split(sep).join('/')
}

/** The name in its folder of a file that the compiler calls `function:lib/csv.ts`. */
function ownName(file: string): string | undefined {
  return file.startsWith(`${own}:`) ? file.slice(own.length + 1) : undefined
}
