import type { ReadStream } from 'node:tty'
import { exitCodes, UserError } from '../core/user-error.ts'
import { findRoot } from './find-root.ts'
import { loadManifest } from './manifest/load-manifest.ts'
import type { Manifest } from './manifest/manifest.ts'
import { chooseMessages, type Messages } from './messages/messages.ts'
import type { ScreenStyle } from './screens/screen.ts'
import { createLiveLine, type LiveLine } from './terminal/live-line.ts'
import { createTerminal, type OutputStream, type Terminal } from './terminal/terminal.ts'

/** What the command line gets from the process that it runs in. */
export interface Surroundings {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly stdin: ReadStream
  readonly env: NodeJS.ProcessEnv
  readonly cwd: string
  /** Aborted by Ctrl-C, or when the machine asks the process to end. */
  readonly interruption: AbortSignal
}

/** Everything that a command works with. */
export interface CommandContext extends Pick<Surroundings, 'stdin' | 'env' | 'interruption'> {
  readonly terminal: Terminal
  readonly style: ScreenStyle
  readonly messages: Messages
  readonly live: LiveLine
  /** Absolute path of the workshop: the nearest folder upwards that holds its package.json. Throws `UserError`. */
  root(): string
  /** What the course consists of; read once. */
  manifest(): Promise<Manifest>
}

/** Creates the context of one command. */
export function createContext(surroundings: Surroundings): CommandContext {
  const { stdout, env, cwd, stdin, interruption } = surroundings
  const terminal = createTerminal(stdout, env)
  const messages = chooseMessages(env)
  let root: string | undefined
  let manifest: Promise<Manifest> | undefined
  return {
    stdin,
    env,
    interruption,
    terminal,
    messages,
    style: { paint: terminal.paint, messages },
    live: createLiveLine(terminal),
    manifest: () => {
      manifest ??= loadManifest()
      return manifest
    },
    root: () => {
      root ??= findRoot(cwd)
      if (root !== undefined) return root
      throw new UserError({
        code: 'not-in-workshop',
        message: messages.errors.notInWorkshop(cwd),
        nextStep: messages.errors.enterWorkshop,
        exitCode: exitCodes.usage,
      })
    },
  }
}
