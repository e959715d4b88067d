import { basename, dirname, join, relative } from 'node:path'
import { exitStatus } from '../failure.ts'
import { type Terminal, writeText } from '../terminal.ts'
import type { Item } from './item.ts'
import { humanSize } from './sizes.ts'
import { scheme } from './uri.ts'

/** How much a command says. */
export type Verbosity = 'all' | 'errors' | 'nothing'

/** Tells what becomes of each item, in the AWS CLI's lines, and counts. */
export class Report {
  failed = 0
  warned = 0
  private readonly terminal: Terminal
  private readonly verbosity: Verbosity
  private readonly isMove: boolean
  private readonly progress: Progress | undefined

  constructor(options: {
    terminal: Terminal
    verbosity: Verbosity
    isMove: boolean
    showsProgress: boolean
  }) {
    this.terminal = options.terminal
    this.verbosity = options.verbosity
    this.isMove = options.isMove
    const canShow =
      options.verbosity === 'all' && options.showsProgress && options.terminal.stdout.isTTY === true
    this.progress = canShow ? new Progress(options.terminal) : undefined
  }

  /** 1 when something failed, 2 when something was left out, 0 otherwise. */
  exitStatus(): number {
    if (this.failed > 0) return exitStatus.incomplete
    return this.warned > 0 ? exitStatus.usage : exitStatus.success
  }

  started(item: Item): void {
    this.progress?.expect(item.size ?? 0)
  }

  onBytes(bytes: number): void {
    this.progress?.advance(bytes)
  }

  async dryRun(item: Item): Promise<void> {
    await this.say('all', this.terminal.stdout, `(dryrun) ${this.verbOf(item)}: ${locationOf(item)}`)
  }

  async done(item: Item): Promise<void> {
    this.progress?.finish()
    await this.say('all', this.terminal.stdout, `${this.verbOf(item)}: ${locationOf(item)}`)
  }

  async failedWith(item: Item, error: unknown): Promise<void> {
    this.failed += 1
    this.progress?.finish()
    await this.say(
      'errors',
      this.terminal.stderr,
      `${this.verbOf(item)} failed: ${locationOf(item)} ${reasonOf(error)}`,
    )
  }

  /** Nothing more can be done. */
  async fatal(error: unknown): Promise<void> {
    this.failed += 1
    await this.say('errors', this.terminal.stderr, `fatal error: ${reasonOf(error)}`)
  }

  async warn(message: string): Promise<void> {
    this.warned += 1
    await this.say('errors', this.terminal.stderr, message)
  }

  private verbOf(item: Item): string {
    return this.isMove && item.kind !== 'delete' ? 'move' : item.kind
  }

  private async say(level: 'all' | 'errors', stream: Terminal['stdout'], line: string): Promise<void> {
    if (this.verbosity === 'nothing' || (this.verbosity === 'errors' && level === 'all')) return
    await writeText(stream, `${this.progress?.cover(line) ?? line}\n`)
  }
}

/** Between two lines about what is on its way, in milliseconds. */
const progressIntervalMs = 100

/** The line about what is on its way; the next line that is written covers it. Only for terminals. */
class Progress {
  private readonly terminal: Terminal
  private readonly startedMs = Date.now()
  private doneBytes = 0
  private expectedBytes = 0
  private remaining = 0
  private shownLength = 0
  private shownMs = 0

  constructor(terminal: Terminal) {
    this.terminal = terminal
  }

  expect(bytes: number): void {
    this.expectedBytes += bytes
    this.remaining += 1
  }

  advance(bytes: number): void {
    this.doneBytes += bytes
    if (Date.now() - this.shownMs < progressIntervalMs && this.doneBytes < this.expectedBytes) return
    this.shownMs = Date.now()
    const seconds = (Date.now() - this.startedMs) / 1000
    const speed = seconds > 0 ? this.doneBytes / seconds : 0
    const line =
      `Completed ${humanSize(this.doneBytes)}/${humanSize(this.expectedBytes)} (${humanSize(speed)}/s) ` +
      `with ${this.remaining} file(s) remaining`
    this.terminal.stdout.write(`${this.cover(line)}\r`)
    this.shownLength = line.length
  }

  finish(): void {
    this.remaining -= 1
  }

  cover(line: string): string {
    const padded = line.padEnd(this.shownLength)
    this.shownLength = 0
    return padded
  }
}

function locationOf(item: Item): string {
  const source = showPlace(item.path, item.sourceType)
  return item.kind === 'delete' ? source : `${source} to ${showPlace(item.destination, item.destinationType)}`
}

/** `s3://bucket/key`, or a path from here: `datos/ventas.csv`, `./ventas.csv`; `-` is a stream. */
function showPlace(path: string, type: Item['sourceType']): string {
  if (path === '-') return path
  if (type === 's3') return scheme + path
  if (path.endsWith('/')) return `${relative('.', path) || '.'}/`
  const folder = relative('.', dirname(path))
  return folder === '' ? `./${basename(path)}` : join(folder, basename(path))
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
