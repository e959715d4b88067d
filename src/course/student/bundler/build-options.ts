import { isAbsolute, resolve } from 'node:path'
import type { BuildOptions, TransformOptions } from 'esbuild'

/** What a student's program asked of the bundler cannot be done; the message is for them. */
export class RefusedOptionError extends Error {
  override readonly name = 'RefusedOptionError'
}

type Kind = (value: unknown) => boolean

const text: Kind = value => typeof value === 'string'
const flag: Kind = value => typeof value === 'boolean'
const count: Kind = value => typeof value === 'number'
const texts: Kind = value => Array.isArray(value) && value.every(text)
const textMap: Kind = value => isRecord(value) && Object.values(value).every(text)
const either =
  (...kinds: readonly Kind[]): Kind =>
  value =>
    kinds.some(kind => kind(value))
const entries: Kind = either(texts, textMap, value => Array.isArray(value) && value.every(textMap))

/** Options that `transform` and `build` share. */
const common: Readonly<Record<string, Kind>> = {
  charset: text,
  define: textMap,
  drop: texts,
  dropLabels: texts,
  format: text,
  globalName: text,
  ignoreAnnotations: flag,
  jsx: text,
  jsxDev: flag,
  jsxFactory: text,
  jsxFragment: text,
  jsxImportSource: text,
  jsxSideEffects: flag,
  keepNames: flag,
  legalComments: text,
  lineLimit: count,
  logLevel: text,
  logLimit: count,
  logOverride: textMap,
  minify: flag,
  minifyIdentifiers: flag,
  minifySyntax: flag,
  minifyWhitespace: flag,
  platform: text,
  pure: texts,
  sourceRoot: text,
  sourcemap: either(flag, text),
  sourcesContent: flag,
  supported: value => isRecord(value) && Object.values(value).every(flag),
  target: either(text, texts),
  treeShaking: flag,
}

const buildKinds: Readonly<Record<string, Kind>> = {
  ...common,
  absWorkingDir: text,
  alias: textMap,
  allowOverwrite: flag,
  assetNames: text,
  banner: textMap,
  bundle: flag,
  chunkNames: text,
  conditions: texts,
  entryNames: text,
  entryPoints: entries,
  external: texts,
  footer: textMap,
  inject: texts,
  loader: textMap,
  mainFields: texts,
  metafile: flag,
  nodePaths: texts,
  outExtension: textMap,
  outbase: text,
  outdir: text,
  outfile: text,
  packages: text,
  publicPath: text,
  resolveExtensions: texts,
  splitting: flag,
  stdin: textMap,
  write: flag,
}

const transformKinds: Readonly<Record<string, Kind>> = {
  ...common,
  banner: text,
  footer: text,
  loader: text,
  sourcefile: text,
}

/** The options of a `transform`, from the JSON that came from the student's process. */
export function readTransformOptions(json: string): TransformOptions {
  return { ...readOptions(json, transformKinds), tsconfigRaw: '{}', logLevel: 'silent' }
}

/** How a request for a build says where it comes from. */
export interface BuildRequest {
  readonly json: string
  /** The student's working directory. */
  readonly cwd: string
  /** What `stdin` holds, if there is one. */
  readonly contents?: string | Uint8Array
}

/** The options of a `build`; folders that it names must lie in `folder`, where relative ones start. */
export function readBuildOptions(
  request: BuildRequest,
  isInside: (path: string) => boolean,
): BuildOptions & { readonly write: false } {
  const options = readOptions(request.json, buildKinds)
  const folder = resolve(request.cwd, options.absWorkingDir ?? '.')
  const { stdin, nodePaths = [], alias = {} } = options
  const resolveDir = resolve(folder, stdin?.resolveDir ?? '.')
  const aliased = Object.values(alias).filter(path => path.startsWith('.') || isAbsolute(path))
  for (const path of [folder, resolveDir, ...nodePaths, ...aliased]) {
    if (!isInside(resolve(folder, path))) throw new RefusedOptionError(`${path} está fuera de tu carpeta`)
  }
  return {
    ...options,
    ...(stdin === undefined ? {} : { stdin: { ...stdin, contents: request.contents ?? '', resolveDir } }),
    absWorkingDir: folder,
    // Nothing else is read: a tsconfig.json may name another one anywhere.
    tsconfigRaw: '{}',
    logLevel: 'silent',
    // The student's process writes, with its own permissions.
    write: false,
  }
}

function readOptions(json: string, kinds: Readonly<Record<string, Kind>>): BuildOptions & TransformOptions {
  const options: unknown = JSON.parse(json)
  if (!isRecord(options)) throw new RefusedOptionError('las opciones no son un objeto')
  for (const [name, value] of Object.entries(options)) {
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined)
      throw new RefusedOptionError(`la opción «${name}» no está disponible en el corrector`)
    if (!kind(value))
      throw new RefusedOptionError(`la opción «${name}» no puede valer ${JSON.stringify(value)}`)
  }
  return options
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
