import type { ProcessEnd } from './failures.ts'
import type { ErrorMessage } from './runtime-api.ts'

/** What an environment waits for: something its process did, its end, or the end of its time. */
export type ProcessEvent =
  | { readonly kind: 'next' }
  | { readonly kind: 'response'; readonly payload: Buffer }
  | { readonly kind: 'response-too-large' }
  | { readonly kind: 'error'; readonly message: ErrorMessage }
  | { readonly kind: 'init-error'; readonly message: ErrorMessage }
  | { readonly kind: 'ended'; readonly end: ProcessEnd }
  | { readonly kind: 'timeout' }

/** Hands the first event of interest to whoever waits for it. */
export interface ProcessTurn {
  /** Resolves with the first event of the given kinds, or `timeout`. */
  wait(kinds: readonly ProcessEvent['kind'][], milliseconds: number): Promise<ProcessEvent>
  happen(event: ProcessEvent): void
}

/** Creates a turn nobody waits for yet: what happens then is forgotten. */
export function createProcessTurn(): ProcessTurn {
  let waiting: ((event: ProcessEvent) => void) | undefined
  let awaited: readonly ProcessEvent['kind'][] = []
  return {
    wait: (kinds, milliseconds) =>
      new Promise(resolve => {
        const timer = setTimeout(() => settle({ kind: 'timeout' }), Math.max(0, milliseconds))
        const settle = (event: ProcessEvent): void => {
          clearTimeout(timer)
          waiting = undefined
          resolve(event)
        }
        awaited = kinds
        waiting = settle
      }),
    happen: event => {
      if (awaited.includes(event.kind)) waiting?.(event)
    },
  }
}
