/** Somebody pressed Ctrl-C while something ran that cannot be kept. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

/** Waits for `work`, but not after an interruption: then it throws `InterruptedError` and the work is given up. */
export async function untilInterrupted<Value>(
  work: Promise<Value>,
  interruption: AbortSignal,
): Promise<Value> {
  const { promise, stop } = whenAborted(interruption)
  try {
    return await Promise.race([
      work,
      promise.then(() => {
        throw new InterruptedError('interrupted')
      }),
    ])
  } finally {
    stop()
  }
}

/** Resolves when a signal is aborted, at once if it is already; `stop` lets go of the signal. */
export function whenAborted(signal: AbortSignal): { readonly promise: Promise<void>; stop(): void } {
  let onAbort = (): void => undefined
  const promise = new Promise<void>(resolve => {
    onAbort = resolve
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  return { promise, stop: () => signal.removeEventListener('abort', onAbort) }
}
