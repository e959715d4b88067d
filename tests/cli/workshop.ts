import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** This repository. */
export const repository = resolve(import.meta.dirname, '../..')

/** How long a line may take to come; far more than it needs on a machine that has other work. */
const deadlineMilliseconds = 50_000

const command = join(repository, 'bin', 'taller.mjs')

/** A copy of what a student has, whose progress, backups and evidence are nobody's. */
export interface Workshop {
  readonly root: string
  read(path: string): Promise<string>
  write(path: string, text: string): Promise<void>
  remove(): Promise<void>
}

/** Makes a workshop in a temporary folder; only the exercises are copied, the rest is read from here. */
export async function createWorkshop(): Promise<Workshop> {
  const root = await mkdtemp(join(tmpdir(), 'taller-cli-'))
  await cp(join(repository, 'package.json'), join(root, 'package.json'))
  for (const folder of ['node_modules', 'solutions', 'datos']) {
    await symlink(join(repository, folder), join(root, folder), 'junction')
  }
  await cp(join(repository, 'exercises'), join(root, 'exercises'), { recursive: true })
  return {
    root,
    read: path => readFile(join(root, path), 'utf8'),
    write: (path, text) => writeFile(join(root, path), text),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}

/** How a command ended. */
export interface CommandResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs. */
export interface RunningCommand {
  readonly process: ChildProcess
  /** Everything printed so far, on both streams. */
  output(): string
  /** Waits until the output since the last wait matches; fails when the command ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<CommandResult>
}

/** Where and how a command runs. */
export interface CommandOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the built command line as a student's shell does, with an environment that holds nothing of this one. */
export function startCommand(words: readonly string[], { cwd, env = {} }: CommandOptions): RunningCommand {
  if (!existsSync(join(repository, 'dist', 'main.mjs'))) throw new Error('dist/ is missing: npm run build')
  const child = spawn(process.execPath, [command, ...words], {
    cwd,
    env: { PATH: process.env.PATH ?? '', HOME: cwd, TMPDIR: tmpdir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '', all: '', read: 0 }
  let wake: () => void = () => undefined
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text
      printed.all += text
      wake()
    })
  }
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', exitCode => {
      resolve({ exitCode, stdout: printed.stdout, stderr: printed.stderr })
      wake()
    })
  })
  return {
    process: child,
    ended,
    output: () => printed.all,
    waitFor: async pattern => {
      const giveUpAt = Date.now() + deadlineMilliseconds
      const timer = setTimeout(() => wake(), deadlineMilliseconds)
      for (;;) {
        const match = pattern.exec(printed.all.slice(printed.read))
        if (match) {
          printed.read += match.index + match[0].length
          clearTimeout(timer)
          return match
        }
        const hasEnded = child.exitCode !== null || child.signalCode !== null
        if (hasEnded || Date.now() >= giveUpAt) throw new Error(`${pattern} did not come:\n${printed.all}`)
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    },
  }
}

/** Runs a command to its end. */
export function runCommand(words: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return startCommand(words, options).ended
}
