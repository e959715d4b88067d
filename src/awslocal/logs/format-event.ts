import type { LogEvent } from './event.ts'
import { indentJson } from './indent-json.ts'

export const eventFormats = ['detailed', 'short', 'json'] as const
export type EventFormat = (typeof eventFormats)[number]

/** Writes text in a colour, or as it is. */
export type Paint = (color: 'green' | 'cyan', text: string) => string

const codes = { green: 32, cyan: 36 } as const

/** Colours for terminals. */
export const paintColors: Paint = (color, text) => `\u001b[${codes[color]}m${text}\u001b[0m`
/** No colours, for files and pipes. */
export const paintNothing: Paint = (_color, text) => text

/** One event as `logs tail` prints it, with its newline. */
export function formatEvent(
  event: LogEvent,
  { format, paint }: { format: EventFormat; paint: Paint },
): string {
  const time = paint('green', formatTime(event.timestamp, format))
  const stream = format === 'short' ? '' : ` ${paint('cyan', event.logStreamName)}`
  const message = format === 'json' ? indentMessage(event.message) : event.message
  return `${`${time}${stream} ${message}`.trimEnd()}\n`
}

/** UTC, with as many digits as Python writes for each format. */
function formatTime(timestamp: number, format: EventFormat): string {
  const [seconds = '', milliseconds = ''] = new Date(timestamp).toISOString().slice(0, -1).split('.')
  if (format === 'short') return seconds
  const fraction = format === 'json' && milliseconds === '000' ? '' : `.${milliseconds}000`
  return `${seconds}${fraction}+00:00`
}

function indentMessage(message: string): string {
  const indented = indentJson(message)
  return indented === undefined ? message : `\n${indented}`
}
