import { join } from 'node:path'
import { type ExitCode, exitCodes, UserError } from '../../../core/user-error.ts'
import { cloudFolder } from '../../cloud-folder/cloud-folder.ts'
import { emptyFolder } from '../../cloud-folder/empty-folder.ts'
import { type FolderCloud, findRunningCloud } from '../../cloud-folder/running-cloud.ts'
import type { CommandContext } from '../../context.ts'
import { formatBytes, formatInteger } from '../../messages/numbers.ts'
import { describeCensus } from '../../screens/cloud-screen.ts'
import { nextStepLine } from '../../screens/screen.ts'
import type { Request } from '../../words/parse-words.ts'
import { WordError } from '../../words/parse-words.ts'

/** Empties what `npm run cloud` keeps: by asking the cloud that runs on it, or by removing the folder. */
export async function resetCloud({ port }: Request, context: CommandContext): Promise<ExitCode> {
  if (port !== undefined)
    throw new WordError({ command: 'cloud', problem: { kind: 'conflict', first: 'reset', second: 'port' } })
  const folder = join(context.root(), cloudFolder)
  const running = await findRunningCloud(folder)
  const lines = running ? await resetRunning(running, context) : await removeKept(folder, context)
  context.terminal.print(lines)
  return exitCodes.passed
}

async function resetRunning(
  { pid, url }: FolderCloud,
  { messages: { cloud, errors }, messages }: CommandContext,
): Promise<string[]> {
  const silent = (cause?: unknown): UserError =>
    new UserError({
      code: 'cloud-not-reset',
      message: errors.folderNoAnswer(cloudFolder, cloud.holder(pid, url)),
      nextStep: 'npm run cloud reset',
      exitCode: exitCodes.environment,
      cause,
    })
  if (url === undefined) throw silent()
  const answer = await fetch(new URL('/_taller/reset', url), { method: 'POST' }).catch(cause => {
    throw silent(cause)
  })
  if (!answer.ok) throw silent(await answer.text())
  const { removed } = (await answer.json()) as { removed: Readonly<Record<string, number>> }
  const contents = describeCensus(removed, messages)
  return [contents === undefined ? cloud.reset.runningEmpty(url) : cloud.reset.running(url, contents)]
}

async function removeKept(
  folder: string,
  { messages: { cloud, errors }, messages, style }: CommandContext,
): Promise<string[]> {
  const emptied = await emptyFolder(folder)
  if (emptied.kind === 'foreign') {
    throw new UserError({
      code: 'cloud-folder-foreign',
      message: errors.folderForeign(cloudFolder, emptied.name),
      nextStep: `ls -la ${cloudFolder}`,
      exitCode: exitCodes.environment,
    })
  }
  const next = nextStepLine('npm run cloud', style)
  if (emptied.kind === 'absent') return [cloud.reset.absent(cloudFolder), next]
  const { files, bytes } = emptied
  return [
    cloud.reset.removed(cloudFolder, formatInteger(files, messages), formatBytes(bytes, messages)),
    next,
  ]
}
