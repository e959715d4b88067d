import packageJson from '../../package.json' with { type: 'json' }
import { globalOptions, readGlobalOptions } from './arguments/global-options.ts'
import type { Option } from './arguments/option.ts'
import { parseKnownArguments } from './arguments/parse.ts'
import type { CommandContext } from './context.ts'
import { type Evidence, type OpenEvidence, openEvidence, pointAt } from './evidence.ts'
import { exitStatus, UnknownOptionsError, UsageError } from './failure.ts'
import { messages } from './messages.ts'
import { services } from './services.ts'
import { type Terminal, writeText } from './terminal.ts'

export type { Evidence, OpenEvidence } from './evidence.ts'
export type { Terminal } from './terminal.ts'

/** One run of the command. */
export interface AwslocalRun {
  /** The words after `awslocal`. */
  readonly words: readonly string[]
  readonly terminal: Terminal
  /** Opens what the last failed grading run saved; without it `--evidencia` is refused. */
  readonly openEvidence?: OpenEvidence
}

/** Runs `awslocal` and gives its exit status, as the AWS CLI (version 1) would have it; it prints failures instead of throwing. */
export async function runAwslocal(run: AwslocalRun): Promise<number> {
  // Students must not see the SDK's notice about the Node version they have.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  let evidence: Evidence | undefined
  toleratePipeEnd(run.terminal)
  try {
    const { values, rest } = parseKnownArguments([...globalOptions, commandOption(run.words)], run.words)
    if (values.has('version')) return await printVersion(run.terminal)
    const context: CommandContext = {
      globals: readGlobalOptions(values, run.terminal.env),
      terminal: run.terminal,
    }
    if (context.globals.usesEvidence) evidence = await openEvidence(run.openEvidence)
    const aimed = evidence === undefined ? context : pointAt(evidence, context)
    return await runCommand(String(values.get('command')), rest, aimed)
  } catch (error) {
    return await showFailure(error, run.terminal)
  } finally {
    await evidence?.close()
  }
}

/** `awslocal … | head` closes the pipe early: that is no failure, and it shows when the run may be over. */
function toleratePipeEnd({ stdout }: Terminal): void {
  if (!stdout.listeners('error').includes(ignoreClosedPipe)) stdout.on('error', ignoreClosedPipe)
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}

function commandOption(words: readonly string[]): Option {
  return {
    name: 'command',
    positional: true,
    required: !words.includes('--version'),
    choices: [...services.map(({ command }) => command), 's3', 'help'],
  }
}

async function runCommand(
  command: string,
  words: readonly string[],
  context: CommandContext,
): Promise<number> {
  if (command === 'help') return (await import('./help.ts')).printMainHelp(context.terminal)
  if (command === 's3') return (await import('./s3/run-s3.ts')).runS3(words, context)
  const service = services.find(candidate => candidate.command === command)
  if (service === undefined) throw new UsageError(`argument command: ${command}`)
  return (await import('./run-service.ts')).runService(service, words, context)
}

async function printVersion(terminal: Terminal): Promise<number> {
  const { name, version } = packageJson
  await writeText(
    terminal.stdout,
    `awslocal/${version} ${name} Node/${process.versions.node} ${process.platform}/${process.arch}\n`,
  )
  return exitStatus.success
}

async function showFailure(error: unknown, { stderr }: Terminal): Promise<number> {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof UsageError) {
    await writeText(stderr, `${messages().usage}\nawslocal: error: ${message}\n`)
    return exitStatus.usage
  }
  if (error instanceof UnknownOptionsError) await writeText(stderr, `${messages().usage}\n${message}\n`)
  else await writeText(stderr, `\n${message}\n`)
  return exitStatus.failure
}
