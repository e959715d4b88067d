import { hang } from '../terminal/layout.ts'
import { sanitizeText } from '../terminal/sanitize.ts'
import { marks, nextStepLine, type ScreenStyle } from './screen.ts'

/** An error for people: the cause in one sentence, and the command that helps. */
export function errorLines(
  error: { readonly message: string; readonly nextStep: string },
  style: ScreenStyle,
): string[] {
  return [
    ...hang(`${style.paint.bad(marks.bad)} `, sanitizeText(error.message)),
    nextStepLine(error.nextStep, style),
  ]
}

/** An error that nobody foresaw: ours. The stack only where it was asked for. */
export function bugLines(
  error: unknown,
  options: { readonly showStack: boolean },
  style: ScreenStyle,
): string[] {
  const { errors } = style.messages
  const message = error instanceof Error ? error.message : String(error)
  const stack = error instanceof Error ? (error.stack ?? message) : message
  return [
    `${style.paint.bad(marks.bad)} ${errors.bug}`,
    ...hang('  ', errors.bugCause(sanitizeText(message))),
    ...(options.showStack ? sanitizeText(stack).split('\n') : []),
    nextStepLine(errors.bugReport, style),
  ]
}
