import type { Readable, Writable } from 'node:stream'

/** A stream that may be a terminal; `columns` only when it is. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number }

/** Where a command reads and writes; the process's own streams, or a test's. */
export interface Terminal {
  readonly stdin: Readable
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Readonly<Record<string, string | undefined>>
  /** Calls back on Ctrl-C instead of ending the process; gives how to stop listening. Without it, Ctrl-C is not seen. */
  readonly onInterrupt?: (listener: () => void) => () => void
}

/** Writes text and waits until the stream takes more, so that long output does not pile up in memory. */
export async function writeText(stream: OutputStream, text: string): Promise<void> {
  if (stream.write(text)) return
  await new Promise<void>(resolve => {
    const done = (): void => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
}
