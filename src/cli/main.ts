import process from 'node:process'
import { type ExitCode, exitCodes } from '../core/user-error.ts'
import { explainError, runCommand } from './run-command.ts'

/** The signals that ask a command to end. */
const endSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

// Node's notices about itself and about dependencies are not for students.
process.noDeprecation = true
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'

const interruption = new AbortController()
for (const signal of endSignals) process.on(signal, interrupt)
process.on('uncaughtException', error => process.exit(explainError(error, process)))
for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)

const exitCode = await runCommand(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  cwd: process.cwd(),
  interruption: interruption.signal,
})
await exit(exitCode)

/** The first Ctrl-C lets a command end in order; a second one does not wait for it. */
function interrupt(): void {
  if (interruption.signal.aborted) process.exit(exitCodes.failed)
  interruption.abort()
}

/** A reader that has seen enough (`| head`) must not change how the command ends. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') process.exit(exitCodes.bug)
}

/** Ends the process once what was printed is out; nothing that is still open can hold it. */
async function exit(code: ExitCode): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map(flush))
  process.exit(code)
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    if (stream.writableLength === 0 || stream.destroyed) resolve()
    else stream.write('', () => resolve())
  })
}
