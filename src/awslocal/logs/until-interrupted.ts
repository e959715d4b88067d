import type { Terminal } from '../terminal.ts'

/** Does something until Ctrl-C, or until nobody reads the output any more: that aborts the signal, and what it throws then is no failure. */
export async function untilInterrupted(
  terminal: Terminal,
  action: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stopping = new AbortController()
  const { signal } = stopping
  const stop = (): void => stopping.abort()
  const stopListening = terminal.onInterrupt?.(stop)
  terminal.stdout.once('error', stop).once('close', stop)
  try {
    await action(signal)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    terminal.stdout.off('error', stop).off('close', stop)
    stopListening?.()
  }
}
