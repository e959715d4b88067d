import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { DiskTrouble } from '../../cloud/persistence/trouble-teller.ts'
import { type ExitCode, exitCodes, UserError } from '../../core/user-error.ts'
import type { LocalCloud } from '../../local-cloud.ts'
import { cloudFolder } from '../cloud-folder/cloud-folder.ts'
import { wordDiskTrouble } from '../cloud-folder/disk-trouble.ts'
import { findRunningCloud, writeAddress } from '../cloud-folder/running-cloud.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { whenAborted } from '../interruption.ts'
import { findPortHolder } from '../machine/port-holder.ts'
import { wordHint } from '../messages/hints/word-hint.ts'
import { cloudBanner } from '../screens/cloud-screen.ts'
import { createRequestLog, type RequestLog } from '../screens/request-log.ts'
import { screenColumns, wrapText } from '../terminal/layout.ts'
import { resetCloud } from './cloud/reset.ts'

const defaultPort = 4566

/** Serves the local cloud until Ctrl-C, or empties what it keeps. */
export const cloud: Command = async (request, context) =>
  request.cloudState === 'reset' ? resetCloud(request, context) : serve(request, context)

/** Serves until Ctrl-C and prints a line for each request. */
async function serve(request: Parameters<Command>[0], context: CommandContext): Promise<ExitCode> {
  const { port = defaultPort, cloudState } = request
  const { terminal, style, interruption } = context
  const log = createRequestLog(terminal, style)
  const dataFolder = cloudState === 'memory' ? undefined : join(context.root(), cloudFolder)
  const running = await startOrExplain({ port, dataFolder, log }, context)
  const startMilliseconds = performance.now()
  if (running.persistence) await writeAddress(running.persistence.folder, running.url)
  terminal.print(cloudBanner({ ...running, startMilliseconds, ...keptBy(running) }, style))
  await whenAborted(interruption).promise
  await running.close()
  log.flush()
  terminal.print(['', style.messages.cloud.stopped])
  return exitCodes.passed
}

function keptBy({ persistence, census }: LocalCloud) {
  if (!persistence) return {}
  const { repairedBytes, lostFiles } = persistence.recovered
  return { kept: { folder: cloudFolder, found: census(), repairedBytes, lostBodies: lostFiles.length } }
}

interface Start {
  readonly port: number
  readonly dataFolder: string | undefined
  readonly log: RequestLog
}

/** Starts the cloud; when the port or the folder is taken, says by whom where the machine tells. */
async function startOrExplain(
  { port, dataFolder, log }: Start,
  { terminal, messages }: CommandContext,
): Promise<LocalCloud> {
  const { errors, cloud: words } = messages
  const { startLocalCloud } = await import('../../local-cloud.ts')
  const onDiskTrouble = (trouble: DiskTrouble): void => {
    log.flush()
    terminal.print(wrapText(wordDiskTrouble(trouble, messages), screenColumns))
  }
  try {
    return await startLocalCloud({
      port,
      onRequest: log.add,
      onDiskTrouble,
      wordHint: hint => wordHint(hint, messages),
      ...(dataFolder !== undefined && { dataFolder }),
    })
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, nextStep, exitCode, message } = error
    if (isPortTaken(error)) {
      const holder = await findPortHolder(port)
      throw new UserError({ code, nextStep, exitCode, message: errors.portBusy(port, holder), cause: error })
    }
    if (code === 'data-folder-damaged' || code === 'data-folder-format') {
      const putAside = `mv ${cloudFolder} ${cloudFolder}.aparte`
      throw new UserError({ code, nextStep: putAside, exitCode, message, cause: error })
    }
    const holder = code === 'data-folder-busy' && dataFolder ? await findRunningCloud(dataFolder) : undefined
    if (!holder) throw error
    throw new UserError({
      code: 'cloud-folder-busy',
      message: errors.folderBusy(cloudFolder, words.holder(holder.pid, holder.url)),
      nextStep: `npm run cloud memory port ${port === defaultPort ? 4600 : port + 100}`,
      exitCode,
      cause: error,
    })
  }
}

function isPortTaken({ cause }: UserError): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
}
