import type { Messages } from '../messages/messages.ts'
import { formatInteger } from '../messages/numbers.ts'
import { padLeft, padRight, truncate } from '../terminal/layout.ts'
import { sanitizeLine } from '../terminal/sanitize.ts'
import { labelledLines } from './labelled-lines.ts'
import type { RequestHint } from './request-hint.ts'
import type { ScreenStyle } from './screen.ts'

/** What the banner of `npm run cloud` tells. */
export interface CloudFacts {
  readonly port: number
  readonly services: readonly string[]
  /** From the process's start until the first request could come. */
  readonly startMilliseconds: number
  /** Whether permissions decide. */
  readonly enforcesIam: boolean
  /** Whether signatures are checked. */
  readonly verifiesSignatures: boolean
  /** Absent for a cloud that keeps nothing. */
  readonly kept?: KeptFacts
}

/** What the banner tells of the state that outlives a cloud. */
export interface KeptFacts {
  /** As a person finds it, e.g. `.taller/nube`. */
  readonly folder: string
  /** What was found there: how many of each thing. */
  readonly found: Readonly<Record<string, number>>
  /** Bytes of an unfinished end that were cut away. */
  readonly repairedBytes: number
  /** How many objects' bodies are not where they should be: somebody removed or changed their files. */
  readonly lostBodies: number
}

/** One request, as the cloud reports it. */
export interface RequestLine {
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly service: string
  readonly operation: string
  /** e.g. `datalake-curso/raw/ventas.csv` */
  readonly resource: string
  /** HTTP status. */
  readonly status: number
  readonly milliseconds: number
  /** Set for an invocation of a function: `operation` is its name, `resource` what it is about. */
  readonly invocation?: {
    readonly cause: 'call' | 'event' | 'url'
    readonly outcome: 'ok' | 'error' | 'undelivered'
  }
  /** The client was gone before it had its answer. */
  readonly brokeOff?: true
  readonly hint?: RequestHint
}

/** Credentials that anybody uses on the local cloud; they lead to account 000000000000. */
export const localCredentials = 'AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test'

const defaultPort = 4566

/** How to reach the cloud that has just started. */
export function cloudBanner(facts: CloudFacts, style: ScreenStyle): string[] {
  const { port, services, startMilliseconds, enforcesIam } = facts
  const { messages, paint } = style
  const { cloud } = messages
  const url = `http://localhost:${port}`
  const endpoint = port === defaultPort ? '' : ` --endpoint-url ${url}`
  const pairs: [label: string, value: string][] = [
    [cloud.endpoint, `${url}    ${cloud.account('000000000000', 'us-east-1')}`],
    [cloud.credentials, localCredentials],
    [cloud.services, services.join(' ')],
  ]
  pairs.push(...stateLines(facts.kept, style))
  if (enforcesIam) pairs.push([cloud.permissions, cloud.permissionsDecide])
  if (facts.verifiesSignatures) pairs.push([cloud.signatures, cloud.signaturesChecked])
  return [
    paint.strong(cloud.ready(Math.round(startMilliseconds))),
    ...labelledLines(pairs, style),
    `  ${paint.dim(cloud.otherTerminal)}  npx awslocal${endpoint} s3 mb s3://datalake-curso`,
    `  ${paint.dim(facts.kept ? cloud.stopKept : cloud.stop)}`,
  ]
}

function stateLines(
  kept: KeptFacts | undefined,
  { messages }: ScreenStyle,
): [label: string, value: string][] {
  const { cloud } = messages
  if (!kept) return [[cloud.state, cloud.stateInMemory]]
  const { folder, found, repairedBytes, lostBodies } = kept
  const lines: [label: string, value: string][] = [
    [cloud.state, cloud.stateKept(folder, describeCensus(found, messages) ?? cloud.holds.nothing)],
  ]
  if (repairedBytes > 0) {
    lines.push([cloud.repaired, cloud.repairedBytes(formatInteger(repairedBytes, messages))])
  }
  if (lostBodies > 0) lines.push([cloud.lost, cloud.lostBodies(formatInteger(lostBodies, messages))])
  return lines
}

/** What a cloud holds, e.g. `2 buckets, 1.204 keys`; `undefined` for nothing. A thing that has no word here is not told. */
export function describeCensus(
  census: Readonly<Record<string, number>>,
  messages: Messages,
): string | undefined {
  const { nothing, ...words } = messages.cloud.holds
  const told = Object.entries(words).flatMap(([name, describe]) => {
    const count = census[name] ?? 0
    return count === 0 ? [] : [describe(formatInteger(count, messages))]
  })
  return told.length === 0 ? undefined : told.join(', ')
}

/** Columns that an operation and its resource share, without the blank between them. */
const subjectWidth = 50
/** Columns of a status. */
const statusWidth = 3
/** Longest part of an operation's name that is shown. */
const operationWidth = 34

/** One line for a request: time, service, operation, resource, status, duration; an invocation stands under its cause. */
export function requestLine(request: RequestLine, style: ScreenStyle): string {
  const { messages, paint } = style
  if (request.invocation) return invocationLine(request, request.invocation, style)
  const status = request.brokeOff ? messages.cloud.brokeOff : String(request.status)
  const duration = padLeft(messages.units.milliseconds(Math.round(request.milliseconds)), 8)
  const operation = truncate(sanitizeLine(request.operation), operationWidth)
  // What a long operation takes is missing to its resource: the status stays in its column.
  const resourceWidth = subjectWidth - Math.max(operation.length, 16) - (status.length - statusWidth)
  const cells = [
    paint.dim(clockTime(request.time)),
    padRight(request.service, 7),
    padRight(operation, 16),
    padRight(truncate(describeResource(request.resource), resourceWidth), resourceWidth),
    request.status < 400 && !request.brokeOff ? paint.good(status) : paint.bad(status),
  ]
  return `${cells.join(' ')}${paint.dim(duration)}`
}

function invocationLine(
  { time, service, operation, resource, milliseconds }: RequestLine,
  { cause, outcome }: NonNullable<RequestLine['invocation']>,
  { messages, paint }: ScreenStyle,
): string {
  const { invocations } = messages.cloud
  const [kind = ''] = sanitizeLine(resource).split(' ', 1)
  const subject = {
    call: invocations.call,
    event: invocations.event(kind),
    url: invocations.url(sanitizeLine(resource)),
  }[cause]
  const told = outcome === 'undelivered' ? invocations.undelivered(sanitizeLine(resource)) : subject
  const ending = padLeft(outcome === 'ok' ? invocations.ok : invocations.error, 5)
  const cells = [
    paint.dim(clockTime(time)),
    padRight(service, 7),
    padRight(`└─ ${sanitizeLine(operation)}`, 16),
    padRight(truncate(told, 32), 32),
    outcome === 'ok' ? paint.good(ending) : paint.bad(ending),
  ]
  return `${cells.join(' ')}${paint.dim(padLeft(messages.units.milliseconds(Math.round(milliseconds)), 8))}`
}

/**
 * A request's path as its reader knows it: decoded, without the version of Lambda's API. Clients end a bucket's path with
 * a slash or not; it is the same bucket.
 */
function describeResource(path: string): string {
  return sanitizeLine(decodePath(path))
    .replace(/^\d{4}-\d{2}-\d{2}\/(functions\/?)?/, '')
    .replace(/^([^/]+)\/$/, '$1')
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // Not UTF-8, or a stray `%`: it is shown as it came.
    return path
  }
}

/** The local time of day, `HH:MM:SS`. */
export function clockTime(time: number): string {
  const date = new Date(time)
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map(part => String(part).padStart(2, '0'))
    .join(':')
}
