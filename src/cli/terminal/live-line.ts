import { truncate } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** One line that is written over while something long runs, and gone when it ends. */
export interface LiveLine {
  /** Shows a text instead of the one before; does nothing on a plain terminal. */
  show(text: string): void
  /** Removes the line; the next output starts where it was. */
  clear(): void
}

const eraseLine = '\r\u001b[2K'

/** A live line on a rich terminal, and silence on every other. */
export function createLiveLine(terminal: Terminal): LiveLine {
  let isShown = false
  return {
    show: text => {
      if (!terminal.isRich) return
      terminal.write(`${eraseLine}${terminal.paint.dim(truncate(text, terminal.columns() - 1))}`)
      isShown = true
    },
    clear: () => {
      if (isShown) terminal.write(eraseLine)
      isShown = false
    },
  }
}
