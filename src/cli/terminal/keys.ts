import type { ReadStream } from 'node:tty'

/** Single key presses, while the terminal is in raw mode. */
export interface KeyReader {
  /** Gives the terminal back as it was. Safe to call twice. */
  close(): void
}

const controlC = '\u0003'

/**
 * Reads keys one by one without Enter, where input is a terminal; elsewhere it reads nothing and holds nothing open.
 * Ctrl-C arrives as the key `q`, because raw mode takes the signal away.
 */
export function readKeys(input: ReadStream, onKey: (key: string) => void): KeyReader {
  if (!input.isTTY) return { close: () => undefined }
  const onData = (data: Buffer): void => {
    for (const key of data.toString('utf8')) onKey(key === controlC ? 'q' : key.toLowerCase())
  }
  const restore = (): void => {
    if (input.isRaw) input.setRawMode(false)
  }
  input.setRawMode(true)
  input.on('data', onData)
  input.resume()
  // A bug elsewhere must not leave the person's shell without echo.
  process.once('exit', restore)
  return {
    close: () => {
      process.off('exit', restore)
      input.off('data', onData)
      input.pause()
      restore()
    },
  }
}
