import { toPrintable } from './printable.ts'

/** What the student's code printed in a whole run, up to a limit. */
export interface OutputLog {
  append(chunk: Buffer): void
  /** The text so far, without control characters other than line ends and tabs. */
  read(): { readonly text: string; readonly omittedBytes: number }
}

/** Creates a log that keeps the first `maximumBytes` and counts the rest. */
export function createOutputLog(maximumBytes = 16 * 1024): OutputLog {
  const kept: Buffer[] = []
  let keptBytes = 0
  let omittedBytes = 0
  return {
    append: chunk => {
      const part = chunk.subarray(0, Math.max(0, maximumBytes - keptBytes))
      if (part.length > 0) kept.push(Buffer.from(part))
      keptBytes += part.length
      omittedBytes += chunk.length - part.length
    },
    read: () => ({
      text: toPrintable(Buffer.concat(kept).toString('utf8')).replace(heapReport, 'FATAL: sin memoria\n'),
      omittedBytes,
    }),
  }
}

/** What Node prints when its heap is full: forty lines that help nobody here. */
const heapReport =
  /\s*<--- Last few GCs --->[\s\S]*?(?:----- Native stack trace -----\n\s*(?:\n? *\d+: 0x.*)*\n?|$)/g
