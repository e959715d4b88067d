import type { ExitCode } from '../core/user-error.ts'
import type { CommandContext } from './context.ts'
import type { Request } from './words/parse-words.ts'

/** One of the commands: does what was asked, prints it, and says how the process ends. */
export type Command = (request: Request, context: CommandContext) => Promise<ExitCode>
