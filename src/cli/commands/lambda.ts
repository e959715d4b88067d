import { join } from 'node:path'
import { type ExitCode, exitCodes } from '../../core/user-error.ts'
import type { FunctionBundler } from '../../course/functions/bundle-function.ts'
import type { Command } from '../command.ts'
import type { CommandContext } from '../context.ts'
import { chooseFunction, type WorkshopFunction } from '../functions/choose-function.ts'
import { bundlerOf, type Deployment, deployFunction } from '../functions/deploy-function.ts'
import { followLogs } from '../functions/follow-logs.ts'
import { connectToCloud, type FunctionCloud } from '../functions/function-cloud.ts'
import { untilInterrupted } from '../interruption.ts'
import { logLines } from '../screens/function-log.ts'
import { deploymentLines, followingLines } from '../screens/lambda-screen.ts'
import { createInbox, type Inbox } from '../watching/inbox.ts'
import { watchFolder } from '../watching/watch-folder.ts'

/** One function that is deployed. */
interface Session {
  readonly deployed: WorkshopFunction
  readonly bundler: FunctionBundler
  readonly cloud: FunctionCloud
  readonly context: CommandContext
}

/** Why a deployment that did not happen ends `once` as it does. */
const exitCodeOf: Readonly<Record<Deployment['kind'], ExitCode>> = {
  deployed: exitCodes.passed,
  refused: exitCodes.failed,
  failed: exitCodes.environment,
  unanswered: exitCodes.environment,
}

/** Deploys a function to the running cloud, and again at each save, with its log on screen, until Ctrl-C. */
export const lambda: Command = async (request, context) => {
  const deployed = await chooseFunction(request, context)
  const cloud = await connectToCloud(context)
  const bundler = bundlerOf(deployed, context.root())
  const session = { deployed, bundler, cloud, context }
  try {
    if (!request.isOnce) return await followSaves(session)
    const deployment = await untilInterrupted(deploy(session), context.interruption)
    show(deployment, session)
    return exitCodeOf[deployment.kind]
  } finally {
    cloud.close()
    await bundler.close()
  }
}

async function deploy({ deployed, bundler, cloud, context }: Session): Promise<Deployment> {
  const { live, messages } = context
  live.show(messages.lambda.deploying(deployed.name))
  const deployment = await deployFunction(deployed, { bundler, cloud })
  live.clear()
  return deployment
}

function show(deployment: Deployment, { deployed, cloud, context }: Session): void {
  const { terminal, style } = context
  terminal.print(deploymentLines({ deployed, deployment, endpoint: cloud.endpoint }, style))
}

async function followSaves(session: Session): Promise<ExitCode> {
  const { deployed, context } = session
  const inbox = createInbox<'deploy' | 'quit'>()
  const quit = (): void => inbox.push('quit')
  context.interruption.addEventListener('abort', quit, { once: true })
  const watch = await watchFolder({
    folder: join(context.root(), deployed.folder),
    ignored: [],
    mode: context.env.TALLER_WATCH === 'poll' ? 'poll' : 'events',
    onChange: () => inbox.push('deploy'),
  })
  const following = new AbortController()
  const log = followLog(session, inbox, following.signal)
  try {
    await Promise.race([deployUntilQuit(session, inbox), log])
    return exitCodes.passed
  } finally {
    following.abort()
    watch.close()
    context.interruption.removeEventListener('abort', quit)
    await log
  }
}

async function deployUntilQuit(session: Session, inbox: Inbox<'deploy' | 'quit'>): Promise<void> {
  const { deployed, cloud, context } = session
  let event: 'deploy' | 'quit' | undefined = 'deploy'
  let hasSaidHow = false
  while (event === 'deploy') {
    const deployment = await deploy(session)
    // Whoever follows the log says that nobody answers, and when it is time to try again.
    if (deployment.kind !== 'unanswered') show(deployment, session)
    if (!hasSaidHow) context.terminal.print(followingLines(deployed, cloud.endpoint, context.style))
    hasSaidHow ||= deployment.kind === 'deployed'
    await inbox.arrival()
    event = inbox.take()
  }
}

function followLog(session: Session, inbox: Inbox<'deploy' | 'quit'>, signal: AbortSignal): Promise<void> {
  const { deployed, cloud, context } = session
  const { terminal, style, live } = context
  return followLogs({
    functionName: deployed.name,
    cloud,
    signal,
    onEvent: event => {
      live.clear()
      terminal.print(logLines(event, deployed, style))
    },
    onLost: () => show({ kind: 'unanswered' }, session),
    onBack: () => inbox.push('deploy'),
  })
}
