import type { Terminal } from '../terminal/terminal.ts'
import { type RequestLine, requestLine } from './cloud-screen.ts'
import { hintLines } from './request-hint.ts'
import type { ScreenStyle } from './screen.ts'

/** The lines of a cloud's requests on screen. */
export interface RequestLog {
  add(request: RequestLine): void
  /** Prints what waits. */
  flush(): void
}

/** How long lines are gathered before they are printed together: no one reads faster, and no request waits for it. */
const gatherMilliseconds = 50
/** Most lines that are printed together; of what a load test sends beyond them only the number is told, and the hints. */
const maxLinesTogether = 40
/** Lines with a hint that are printed beyond those. */
const maxHintsTogether = 10

/** Prints a line for each request, gathered, so that a loaded cloud does not spend its time on the screen. */
export function createRequestLog(terminal: Terminal, style: ScreenStyle): RequestLog {
  let waiting: RequestLine[] = []
  let left = 0
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    const lines = waiting.flatMap(request => [
      requestLine(request, style),
      ...(request.hint ? hintLines(request.hint, style) : []),
    ])
    if (left > 0) lines.push(style.paint.dim(style.messages.cloud.moreRequests(left)))
    waiting = []
    left = 0
    terminal.print(lines)
  }
  return {
    add: request => {
      const most = maxLinesTogether + (request.hint ? maxHintsTogether : 0)
      if (waiting.length < most) waiting.push(request)
      else left += 1
      timer ??= setTimeout(flush, gatherMilliseconds)
    },
    flush,
  }
}
