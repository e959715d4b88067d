import type { Containment } from '../../../cloud/live-part.ts'
import type { Deployment } from './runtime.ts'
import { logDescriptor } from './sandbox.ts'

/** All that a process needs to be started. */
export interface LaunchSources {
  readonly deployment: Deployment
  readonly containment: Containment
  readonly variables: Readonly<Record<string, string>>
  readonly port: number
  /** What each request to the Runtime API must carry; `undefined` for programs that are not ours. */
  readonly token: string | undefined
  readonly task: string
  readonly opt: string
  readonly temporary: string
  /** The folder that all functions' folders are in. */
  readonly root: string
}

/** What our own bootstraps are told, besides the function's variables. */
export function bootstrapSettings(sources: LaunchSources): Readonly<Record<string, unknown>> {
  const { deployment, containment, port, token, root, task, opt, temporary } = sources
  const { logging } = deployment
  return {
    port,
    token,
    containment,
    root,
    task,
    opt,
    temporary,
    temporaryBytes: deployment.ephemeralMegabytes * 1024 * 1024,
    logDescriptor,
    logFormat: logging.format,
    logLevel: logging.applicationLevel,
  }
}
