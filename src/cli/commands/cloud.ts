import { performance } from 'node:perf_hooks'
import { exitCodes } from '../../core/user-error.ts'
import type { Command } from '../command.ts'
import { whenAborted } from '../interruption.ts'
import { cloudBanner, requestLine } from '../screens/cloud-screen.ts'

const defaultPort = 4566

/** Serves the local cloud until Ctrl-C and prints a line for each request. */
export const cloud: Command = async ({ port = defaultPort }, { terminal, style, interruption }) => {
  const { startLocalCloud } = await import('../../local-cloud.ts')
  const running = await startLocalCloud({
    port,
    onRequest: request => terminal.print([requestLine(request, style)]),
  })
  const facts = { port: running.port, services: running.services, startMilliseconds: performance.now() }
  terminal.print(cloudBanner(facts, style))
  await whenAborted(interruption).promise
  await running.close()
  terminal.print(['', style.messages.cloud.stopped])
  return exitCodes.passed
}
