import { wordHint } from '../messages/hints/word-hint.ts'
import { hang, wrapWords } from '../terminal/layout.ts'
import { sanitizeLine } from '../terminal/sanitize.ts'
import type { ScreenStyle } from './screen.ts'

/** What a request's line is likely a sign of, as the cloud reports it. */
export interface RequestHint {
  /** e.g. `s3.encoded-key`; the words are found by it. */
  readonly id: string
  readonly facts: Readonly<Record<string, string>>
  /** A command that shows it. */
  readonly command?: string
  /** How often it was left out since it was shown last. */
  readonly omitted?: number
}

/** Stands under the line's time. */
const indent = ' '.repeat(9)

/** The lines under a request's own: what it is a sign of, and the command that shows it, whole so that it can be copied. */
export function hintLines(hint: RequestHint, style: ScreenStyle): string[] {
  const { messages, paint } = style
  const again = hint.omitted === undefined ? '' : ` ${messages.cloud.hintOmitted(hint.omitted)}`
  const text = sanitizeLine(wordHint(hint, messages)) + again
  const command = hint.command === undefined ? [] : [`${indent}  ${sanitizeLine(hint.command)}`]
  return [...hang(`${indent}→ `, text, wrapWords), ...command].map(paint.dim)
}
