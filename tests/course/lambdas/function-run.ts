import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The functions of module 9.3's solutions. */
export type FunctionName = 'anatomia' | 'procesar-csv' | 'procesar-csv-rapida'

/** Bundles a function as a deployment does: one CommonJS file with all that it imports. */
export async function bundleFunction(name: FunctionName, folder: string): Promise<string> {
  const outfile = join(folder, name, 'index.cjs')
  await build({
    entryPoints: [join(root, 'solutions/lambdas', name, 'index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: !process.env.NOMIN,
    logLevel: 'error',
  })
  return outfile
}

/** A call of a function in a process of its own. */
export interface FunctionCall {
  readonly bundle: string
  readonly event: unknown
  readonly memoryMegabytes: number
  readonly env: NodeJS.ProcessEnv
  readonly context?: Readonly<Record<string, unknown>>
}

/** What a call ended in, and what its process used. */
export interface FunctionOutcome<Result> {
  readonly answer:
    | { readonly kind: 'result'; readonly result: Result }
    | { readonly kind: 'error'; readonly name: string; readonly message: string }
  readonly log: string
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
}

/** Calls a function once, in a new Node with the memory that Lambda would give it. */
export async function callFunction<Result>(call: FunctionCall): Promise<FunctionOutcome<Result>> {
  const startedAt = performance.now()
  const flags = [`--max-old-space-size=${call.memoryMegabytes}`, ...(process.env.PF?.split(' ') ?? [])]
  const child = spawn(process.execPath, [...flags, join(root, 'tests/course/lambdas/invoke.cjs')], {
    env: { PATH: process.env.PATH, ...call.env },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const [stdin, stdout, stderr, reportPipe] = child.stdio
  stdin.end(JSON.stringify({ bundle: call.bundle, event: call.event, context: call.context }))
  const [report, log, errors] = await Promise.all([
    text(reportPipe as NodeJS.ReadableStream),
    text(stdout),
    text(stderr),
    once(child, 'close'),
  ])
  const wallSeconds = (performance.now() - startedAt) / 1000
  if (report === '') throw new Error(`the function's process ended without an answer: ${errors}`)
  const { peakMegabytes, cpuSeconds, ...answer } = JSON.parse(report)
  return { answer, log, wallSeconds, cpuSeconds, peakMegabytes }
}
