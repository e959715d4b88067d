import type { Duplex } from 'node:stream'
import { type BuildResult, context, formatMessages, type Message, transform } from 'esbuild'
import type { Workspace } from '../../workspace.ts'
import { createFrameReader, encodeFrame } from '../frames.ts'
import { readBuildOptions, readTransformOptions } from './build-options.ts'
import { isReadable, readOnlyInside, withoutMapReference } from './guard.ts'

/** A build that takes longer is given up, in seconds. */
const maximumBuildSeconds = 30

/** What the stand-in in the student's process is told; it throws anything but `done`. */
type Outcome =
  | { readonly kind: 'done'; readonly result: unknown; readonly printed?: string }
  | {
      readonly kind: 'failed'
      readonly message: string
      readonly errors: readonly Message[]
      readonly warnings: readonly Message[]
      readonly printed?: string
    }

/** Bundles for a student's process that asks over its pipe, reading only what the process itself could read. */
export function serveBundler(pipe: Duplex, workspace: Workspace): void {
  const readFrames = createFrameReader()
  pipe.on('data', (chunk: Buffer) => {
    try {
      for (const request of readFrames(chunk)) void answer(request)
    } catch {
      // Not our stand-in: whoever wrote this gets no answer.
      pipe.destroy()
    }
  })
  // A process that has just ended hears nothing more, and needs to hear nothing.
  pipe.on('error', () => undefined)
  const answer = async (request: unknown): Promise<void> => {
    const fields = toRecord(request)
    const outcome = await serve(fields, workspace).catch(describeFailure)
    if (pipe.writable) pipe.write(encodeFrame({ id: fields.id, outcome }))
  }
}

async function serve(
  { kind, options, contents, cwd }: Record<string, unknown>,
  workspace: Workspace,
): Promise<Outcome> {
  const json = typeof options === 'string' ? options : '{}'
  const given = typeof contents === 'string' || contents instanceof Uint8Array ? contents : ''
  const code = withoutMapReference(Buffer.from(given))
  if (kind === 'transform') return done(await transform(code, readTransformOptions(json)), json)
  const place = typeof cwd === 'string' ? cwd : workspace.copy
  return runBuild({ json, cwd: place, contents: code }, workspace)
}

async function runBuild(
  request: { readonly json: string; readonly cwd: string; readonly contents: Uint8Array },
  workspace: Workspace,
): Promise<Outcome> {
  const options = readBuildOptions(request, path => isReadable(workspace, path))
  const building = await context({ ...options, plugins: [readOnlyInside(workspace)] })
  const timer = setTimeout(() => void building.cancel(), maximumBuildSeconds * 1000)
  try {
    return done(toData(await building.rebuild()), request.json)
  } finally {
    clearTimeout(timer)
    await building.dispose()
  }
}

/** A result as data: what a file's `text` says is worked out on the other side. */
function toData({ outputFiles = [], ...result }: BuildResult): BuildResult {
  const files = outputFiles.map(({ path, contents, hash }) => ({ path, contents, hash }))
  return { ...result, outputFiles: files as never }
}

async function done(result: Pick<BuildResult, 'warnings'>, json: string): Promise<Outcome> {
  return { kind: 'done', result, printed: await printed(result.warnings, json) }
}

/** What esbuild would have printed: warnings, unless it was told to be quiet. */
async function printed(warnings: readonly Message[], json: string): Promise<string> {
  const { logLevel = 'warning' } = toRecord(JSON.parse(json))
  if (logLevel === 'silent' || logLevel === 'error' || warnings.length === 0) return ''
  return (await formatMessages([...warnings], { kind: 'warning', color: false })).join('')
}

function describeFailure(error: unknown): Outcome {
  const { errors, warnings } = toRecord(error)
  return {
    kind: 'failed',
    message: error instanceof Error ? error.message : String(error),
    errors: Array.isArray(errors) ? errors.map(withoutDetail) : [],
    warnings: Array.isArray(warnings) ? warnings.map(withoutDetail) : [],
  }
}

/** A message's detail may be anything; the rest is data. */
function withoutDetail(message: Message): Message {
  return { ...message, detail: undefined }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
