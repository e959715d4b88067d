import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CallOptions, Claim, Connection, ProgramOptions, ProgramResult, Student } from '../lab.ts'
import type { Workspace } from '../workspace.ts'
import { standInFile } from './bundler/stand-in.ts'
import type { Reader } from './claims.ts'
import { type Compilation, compileStudent, type StudentSource } from './compile.ts'
import { studentEnvironment } from './containment.ts'
import type { OutputLog } from './output-log.ts'
import { runProgram } from './program.ts'
import { StudentProcess, type StudentRequest } from './student-process.ts'

const defaultTimeoutSeconds = 20

/** A student's code in its own process, until it is closed. */
export interface ContainedStudent extends Student {
  /** Whether a call or a program has not answered yet. */
  isBusy(): boolean
  /** Ends every process of the student's; resolves once they are gone. */
  close(): Promise<void>
}

/** What a student's code runs with. */
export interface StudentOptions {
  readonly source: StudentSource
  /** Path of the compiled copy relative to the workspace, without extension, e.g. `exercises/9.2-s3-data-lake/objetos`. */
  readonly copyPath: string
  readonly workspace: Workspace
  readonly connection: Connection
  readonly output: OutputLog
}

/** Compiles the student's file into the workspace and answers for it; a file that does not compile answers with crashes. */
export async function createStudent(options: StudentOptions): Promise<ContainedStudent> {
  const { source, workspace } = options
  const outFolder = join(workspace.copy, dirname(options.copyPath))
  const standIns = new Map([['esbuild', join(workspace.base, standInFile)]])
  const compilation = await compileStudent({
    source,
    outFolder,
    entryName: basename(options.copyPath),
    standIns,
  })
  if (compilation.kind === 'refused') return createRefusedStudent(compilation)
  const reader: Reader = { folder: realpathSync(dirname(source.path)), file: basename(source.path) }
  return createRunningStudent({ ...options, entry: compilation.entry, reader })
}

function createRefusedStudent({
  message,
  where,
}: Extract<Compilation, { kind: 'refused' }>): ContainedStudent {
  const crash = { kind: 'crash', message, ...(where === undefined ? {} : { where }) } as const
  const compileError = where === undefined ? message : `${where} ${message}`
  return {
    call: async () => crash,
    probe: async () => crash,
    program: async () => ({
      exitCode: 1,
      stdout: '',
      stderr: `${compileError}\n`,
      durationMilliseconds: 0,
      timedOut: false,
      compileError,
    }),
    isBusy: () => false,
    close: async () => undefined,
  }
}

interface RunningOptions extends StudentOptions {
  readonly entry: string
  readonly reader: Reader
}

function createRunningStudent(options: RunningOptions): ContainedStudent {
  const { workspace, output } = options
  const processes = createProcesses(options)
  let running = 0
  const counted = async <Result>(work: Promise<Result>): Promise<Result> => {
    running++
    return work.finally(() => running--)
  }
  const ask = async <Value>(request: StudentRequest, call: CallOptions = {}): Promise<Claim<Value>> => {
    const timeoutSeconds = call.timeoutSeconds ?? defaultTimeoutSeconds
    // The harness answers with whatever the student's code gave; the check that asked says what it must be.
    return counted(processes.find(call.env).request(request, timeoutSeconds)) as Promise<Claim<Value>>
  }
  return {
    call: (exportName, args, call) => ask({ kind: 'call', exportName, args }, call),
    probe: async (source, args, call) =>
      ask({ kind: 'probe', url: await writeProbe(workspace, source), args }, call),
    program: ({
      args = [],
      env,
      timeoutSeconds = defaultTimeoutSeconds,
    }: ProgramOptions = {}): Promise<ProgramResult> =>
      counted(
        runProgram({
          workspace,
          entry: options.entry,
          args,
          env: studentEnvironment(options, env),
          timeoutSeconds,
          onOutput: output.append,
        }),
      ),
    isBusy: () => running > 0,
    close: processes.close,
  }
}

/** One process per environment; the oldest idle one makes room. */
function createProcesses(options: RunningOptions): {
  find(env: CallOptions['env']): StudentProcess
  close(): Promise<void>
} {
  const maximumProcesses = 2
  const processes = new Map<string, StudentProcess>()
  const makeRoom = (): void => {
    for (const [key, process] of processes) {
      if (!process.isAlive) processes.delete(key)
      else if (processes.size >= maximumProcesses && process.isIdle) {
        void process.close()
        processes.delete(key)
      }
    }
  }
  return {
    find: overrides => {
      const env = studentEnvironment(options, overrides)
      const key = JSON.stringify(Object.entries(env).sort())
      const known = processes.get(key)
      if (known?.isAlive === true) return known
      makeRoom()
      const started = new StudentProcess({ ...options, env, onOutput: options.output.append })
      processes.set(key, started)
      return started
    },
    close: async () => {
      const closing = [...processes.values()].map(process => process.close())
      processes.clear()
      await Promise.all(closing)
    },
  }
}

/** Probes lie outside the copy: the student's process may read them, not change them. */
async function writeProbe({ base }: Workspace, source: string): Promise<string> {
  const folder = join(base, 'probes')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${createHash('sha256').update(source).digest('hex').slice(0, 16)}.mjs`)
  await writeFile(file, source)
  return pathToFileURL(file).href
}
