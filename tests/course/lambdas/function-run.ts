import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { bundleFunction } from '../../../src/course/functions/bundle-function.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The functions of module 9.3's solutions. */
export type FunctionName = 'anatomia' | 'procesar-csv' | 'procesar-csv-rapida'

/** Bundles a function as a deployment does, into a folder of its own; gives the file to load. */
export async function bundleInto(folder: string, name: FunctionName): Promise<string> {
  const source = { entry: 'index.ts', folder: join(root, 'solutions/lambdas', name) }
  const bundle = await bundleFunction({ ...source, packages: join(root, 'node_modules') })
  if (bundle.kind === 'refused') throw new Error(`${name}: ${bundle.message}`)
  const unpacked = join(folder, name)
  await mkdir(unpacked, { recursive: true })
  for (const [path, content] of Object.entries(bundle.files)) await writeFile(join(unpacked, path), content)
  return join(unpacked, 'index.js')
}

/** A function, and where it runs. */
export interface FunctionSetting {
  readonly bundle: string
  readonly memoryMegabytes: number
  readonly env: NodeJS.ProcessEnv
}

/** What a call ended in. */
export type FunctionAnswer<Result> =
  | { readonly kind: 'result'; readonly result: Result }
  | { readonly kind: 'error'; readonly name: string; readonly message: string }

/** What calls ended in, and what their process used. */
export interface FunctionRun<Result> {
  readonly answers: readonly FunctionAnswer<Result>[]
  /** All that it wrote on its standard output. */
  readonly log: string
  /** From the process's start to its end. */
  readonly wallSeconds: number
  readonly cpuSeconds: number
  /** The most that was resident at a time. */
  readonly peakMegabytes: number
}

/** Calls a function once for each event, one after the other, in a Node of its own. */
export async function runFunction<Result>(
  { bundle, memoryMegabytes, env }: FunctionSetting,
  events: readonly unknown[],
): Promise<FunctionRun<Result>> {
  const startedAt = performance.now()
  const script = join(root, 'tests/course/lambdas/invoke.cjs')
  const child = spawn(process.execPath, [...memoryFlags(memoryMegabytes), script], {
    env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  })
  const context = {
    functionName: 'prueba',
    functionVersion: '$LATEST',
    memoryLimitInMB: String(memoryMegabytes),
    timeoutMilliseconds: 60_000,
  }
  child.stdin.end(JSON.stringify({ bundle, events, context }))
  const [report, log, errors] = await Promise.all([
    text(child.stdio[3] as Readable),
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  if (report === '') throw new Error(`the function's process ended without an answer: ${errors}`)
  const { answers, usage } = JSON.parse(report)
  return { answers, log, wallSeconds: (performance.now() - startedAt) / 1000, ...usage }
}

/** The share of a function's memory that AWS's Node runtime leaves to each part of the heap. */
const heapShares = { young: 0.05, old: 0.9 }

function memoryFlags(megabytes: number): string[] {
  return [
    `--max-semi-space-size=${Math.floor(megabytes * heapShares.young)}`,
    `--max-old-space-size=${Math.floor(megabytes * heapShares.old)}`,
  ]
}
