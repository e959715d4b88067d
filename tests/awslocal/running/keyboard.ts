import type { Terminal } from '../../../src/awslocal/main.ts'

/** Stands for the keyboard: `press` is Ctrl-C. */
export function createKeyboard(): { press: () => void; onInterrupt: NonNullable<Terminal['onInterrupt']> } {
  let listening = (): void => undefined
  return {
    press: () => listening(),
    onInterrupt: listener => {
      listening = listener
      return () => undefined
    },
  }
}
