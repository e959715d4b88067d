import type { GlobalOptions } from './arguments/global-options.ts'
import type { Terminal } from './terminal.ts'

/** What every command gets: the global options, and where it reads and writes. */
export interface CommandContext {
  readonly globals: GlobalOptions
  readonly terminal: Terminal
}
