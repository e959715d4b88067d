import type { Messages } from '../messages/messages.ts'
import type { Paint } from '../terminal/paint.ts'

/** What every screen is drawn with. A screen is a function from data to lines; it prints nothing itself. */
export interface ScreenStyle {
  readonly paint: Paint
  readonly messages: Messages
}

/** The marks of every screen; they say by themselves what colour only adds to. */
export const marks = { good: '✓', bad: '✗', open: '·' } as const

/** What to do next, as every screen ends. */
export function nextStepLine(text: string, { paint }: ScreenStyle): string {
  return `${paint.next('→')} ${text}`
}
