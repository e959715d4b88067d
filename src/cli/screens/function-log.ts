import type { LogEvent } from '../../awslocal/logs/event.ts'
import type { WorkshopFunction } from '../functions/choose-function.ts'
import { sanitizeText } from '../terminal/sanitize.ts'
import { clockTime } from './cloud-screen.ts'
import type { ScreenStyle } from './screen.ts'

/** What Lambda writes of itself around each invocation. */
const platformLine = /^(INIT_START|START|END|REPORT) /

/** What a line of `console` begins with: the time, which is shown already, and the invocation's id. */
const consolePrefix = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[\w-]+\t/

/** The folder that a function runs in, in a stack. */
const taskFolder = /(?:file:\/\/)?(?:[A-Za-z]:)?[\\/](?:[^\s()\\/]+[\\/])*?task[\\/]/g

/** Frames of a stack that are not the function's: the runtime's and Node's. */
const foreignFrame = /[\\/]bootstrap[\\/]node[\\/]|\(?node:/

/** A log event as it is shown live: the time and the text, further lines below; an error as its stack, in the function's own files. */
export function logLines(
  { timestamp, message }: LogEvent,
  { folder }: WorkshopFunction,
  { paint }: ScreenStyle,
): string[] {
  const text = unfoldError(message.replace(consolePrefix, '')).replace(taskFolder, `${folder}/`)
  const [first = '', ...others] = sanitizeText(text).replace(/\n+$/, '').split('\n')
  const indent = ' '.repeat('HH:MM:SS '.length)
  const shown = platformLine.test(first) ? paint.dim(first) : first
  return [`${paint.dim(clockTime(timestamp))} ${shown}`, ...others.map(line => indent + line)]
}

/** Lambda logs an error as JSON; its stack is what a person reads. */
function unfoldError(message: string): string {
  const [, before = '', json] = /^([^{]*)(\{.*\})\s*$/s.exec(message) ?? []
  if (json === undefined) return message
  const stack = readStack(json)
  if (stack === undefined) return message
  return `${before.trimEnd()}\n${stack.filter(line => !foreignFrame.test(line)).join('\n')}`
}

function readStack(json: string): string[] | undefined {
  try {
    const { stack } = Object(JSON.parse(json))
    return Array.isArray(stack) ? stack.map(String) : undefined
  } catch {
    // A line of the function's own that only looks like JSON.
    return undefined
  }
}
