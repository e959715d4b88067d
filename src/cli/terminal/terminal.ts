import { colourPaint, type Paint, plainPaint } from './paint.ts'

/** Where the command line prints, and what may be printed there. */
export interface Terminal {
  /** Colours, a live line and key presses are welcome: a terminal, without `NO_COLOR`, not in CI. */
  readonly isRich: boolean
  readonly paint: Paint
  /** Columns of the window; 80 where there is none. */
  columns(): number
  /** Prints whole lines. */
  print(lines: readonly string[]): void
  /** Writes text as it is; only for what needs a rich terminal. */
  write(text: string): void
}

/** The stream's side that a terminal needs; `process.stdout` fits. */
export interface OutputStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** Looks at the stream and the environment once and gives the terminal to print on. */
export function createTerminal(stream: OutputStream, env: NodeJS.ProcessEnv): Terminal {
  const isRich = stream.isTTY === true && !isSet(env.NO_COLOR) && !isSet(env.CI) && env.TERM !== 'dumb'
  return {
    isRich,
    paint: isRich ? colourPaint : plainPaint,
    columns: () => stream.columns ?? 80,
    print: lines => {
      if (lines.length > 0) stream.write(`${lines.join('\n')}\n`)
    },
    write: text => {
      stream.write(text)
    },
  }
}

/** `NO_COLOR` and `CI` count when present and not empty; `CI=false` says that it is not. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false'
}
