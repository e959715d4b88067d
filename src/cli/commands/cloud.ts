import { performance } from 'node:perf_hooks'
import { exitCodes, UserError } from '../../core/user-error.ts'
import type { LocalCloud } from '../../local-cloud.ts'
import type { Command } from '../command.ts'
import { whenAborted } from '../interruption.ts'
import { findPortHolder } from '../machine/port-holder.ts'
import { cloudBanner, type RequestLine } from '../screens/cloud-screen.ts'
import { createRequestLog } from '../screens/request-log.ts'
import type { ScreenStyle } from '../screens/screen.ts'

const defaultPort = 4566

/** Serves the local cloud until Ctrl-C and prints a line for each request. */
export const cloud: Command = async ({ port = defaultPort }, { terminal, style, interruption }) => {
  const log = createRequestLog(terminal, style)
  const running = await startOrExplain(port, log.add, style)
  const { port: runningPort, services, enforcesIam, verifiesSignatures } = running
  const startMilliseconds = performance.now()
  const facts = { port: runningPort, services, enforcesIam, verifiesSignatures, startMilliseconds }
  terminal.print(cloudBanner(facts, style))
  await whenAborted(interruption).promise
  await running.close()
  log.flush()
  terminal.print(['', style.messages.cloud.stopped])
  return exitCodes.passed
}

/** Starts the cloud; when the port is taken, says by whom where the machine tells. */
async function startOrExplain(
  port: number,
  onRequest: (request: RequestLine) => void,
  { messages: { errors } }: ScreenStyle,
): Promise<LocalCloud> {
  const { startLocalCloud } = await import('../../local-cloud.ts')
  try {
    return await startLocalCloud({ port, onRequest })
  } catch (error) {
    if (!(error instanceof UserError) || !isPortTaken(error)) throw error
    const holder = await findPortHolder(port)
    const { code, nextStep, exitCode } = error
    throw new UserError({ code, nextStep, exitCode, message: errors.portBusy(port, holder), cause: error })
  }
}

function isPortTaken({ cause }: UserError): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}
