import { timingSafeEqual } from 'node:crypto'
import type { MovableClock } from '../core/clock.ts'
import { headerOf, type WireRequest, type WireResponse } from '../wire/http.ts'
import { jsonAnswer } from './health.ts'
import type { Census } from './service.ts'
import type { Timeline } from './timeline.ts'

/** What the control plane may do to its cloud. */
export interface Controllable {
  readonly clock: MovableClock
  readonly timeline: Timeline
  /** Does the work that the clock made due, of every service and account. */
  runDueWork(): Promise<void>
  /** How many things the services of all accounts hold. */
  census(): Census
  /** Empties every service of every account. */
  reset(): Promise<void>
  /** Resolves when no event is queued and no work is under way. */
  idle(): Promise<void>
}

/** Root of the control plane's paths. */
export const controlRoot = '/_taller/'

type ControlAction = (
  cloud: Controllable,
  body: unknown,
  query: WireRequest['query'],
) => Promise<WireResponse> | WireResponse

const actions: Readonly<Record<string, ControlAction>> = {
  'GET clock': ({ clock }) => jsonAnswer(200, { now: clock.now() }),
  'POST clock': moveClock,
  'POST reset': async cloud => {
    const removed = cloud.census()
    await cloud.reset()
    return jsonAnswer(200, { reset: true, removed })
  },
  'GET idle': async cloud => {
    await cloud.idle()
    return jsonAnswer(200, { idle: true })
  },
  'GET timeline': (cloud, _body, query) => readTimeline(cloud, query),
}

/** Answers a control request; with a token set, everybody else gets 403. */
export async function controlAnswer(
  cloud: Controllable,
  request: WireRequest,
  token: string | undefined,
): Promise<WireResponse> {
  if (!isAllowed(request, token))
    return jsonAnswer(403, { error: 'the control plane of this cloud needs its token' })
  const name = `${request.method} ${request.path.slice(controlRoot.length)}`
  const action = actions[name]
  if (!action)
    return jsonAnswer(404, { error: `unknown control action: ${name}`, actions: Object.keys(actions) })
  const bytes = await request.body.bytes(64 * 1024)
  return action(cloud, bytes.length === 0 ? undefined : parseJson(bytes), request.query)
}

function isAllowed(request: WireRequest, token: string | undefined): boolean {
  if (token === undefined) return headerOf(request.headers, 'origin') === undefined
  const given = Buffer.from(headerOf(request.headers, 'authorization') ?? '')
  const expected = Buffer.from(`Bearer ${token}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    // Not JSON: the action answers 400 because it finds no field.
    return undefined
  }
}

async function moveClock(cloud: Controllable, body: unknown): Promise<WireResponse> {
  const milliseconds = (body as { advanceMilliseconds?: unknown } | undefined)?.advanceMilliseconds
  if (typeof milliseconds !== 'number' || !(milliseconds >= 0)) {
    return jsonAnswer(400, { error: 'advanceMilliseconds must be a number ≥ 0' })
  }
  cloud.clock.advance(milliseconds)
  await cloud.runDueWork()
  return jsonAnswer(200, { now: cloud.clock.now() })
}

/** The timeline's requests, of one service or since a time; `now` is the time to ask from next. */
function readTimeline({ timeline, clock }: Controllable, query: WireRequest['query']): WireResponse {
  const since = query.get('since')
  if (since !== undefined && !/^\d+(\.\d+)?$/.test(since))
    return jsonAnswer(400, { error: 'since must be milliseconds since the epoch' })
  const filter = { since: since === undefined ? undefined : Number(since), service: query.get('service') }
  return jsonAnswer(200, { now: clock.now(), requests: timeline.lines(filter) })
}
