import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { launchNode } from './launch-node.ts'
import { launchPython } from './launch-python.ts'
import type { LaunchSources } from './launch-sources.ts'
import type { SandboxPlan } from './sandbox.ts'

/** Whether a runtime's programs are ours, which show a token to the Runtime API. */
export function isOwnBootstrap(runtime: string): boolean {
  return !runtime.startsWith('provided')
}

/** How a function's process is started. */
export function planLaunch(sources: LaunchSources): SandboxPlan {
  const { deployment, port, task, variables, containment } = sources
  const plan = {
    cwd: task,
    memoryMegabytes: deployment.memoryMegabytes,
    mark: `AWS_LAMBDA_RUNTIME_API=127.0.0.1:${port}`,
    startsOthers: containment === 'open',
  }
  if (deployment.runtime.startsWith('nodejs')) return { ...plan, ...launchNode(sources) }
  if (deployment.runtime.startsWith('python')) return { ...plan, ...launchPython(sources) }
  return { ...plan, command: findBootstrap(sources), args: [], env: variables }
}

/** The program of a runtime of one's own: the function's, or a layer's. */
function findBootstrap({ task, opt }: LaunchSources): string {
  const found = [task, opt].map(folder => join(folder, 'bootstrap')).find(path => existsSync(path))
  return found ?? join(task, 'bootstrap')
}
