import type { ServiceCommand } from '../service-command.ts'
import { startLiveTail } from './start-live-tail.ts'
import { tail } from './tail.ts'

/** The commands of CloudWatch Logs that are no operations, by word. */
export const logsCommands: Readonly<Record<string, ServiceCommand>> = {
  'start-live-tail': startLiveTail,
  tail,
}
