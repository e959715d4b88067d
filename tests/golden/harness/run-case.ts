import type { MovableClock } from '../../../src/core/clock.ts'
import { hashText } from '../../../src/core/random.ts'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import type { Given, GivenCall, GoldenCase, GoldenRequest } from './golden-file.ts'
import { describeAnswer, fillIn, md5Of } from './placeholders.ts'
import { type RawAnswer, sendRaw } from './raw-http.ts'

/** The day on which every case begins. */
const beginning = Date.UTC(2026, 0, 15, 10, 20, 30)

/** What a client of AWS always sends and no case is about; a case's own headers go before them. */
const clientHeaders = (service: string): Readonly<Record<string, string>> => ({
  host: 'localhost:4566',
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260115/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
})

/** Runs a case in a cloud of its own and describes what its request was answered. */
export async function runCase(
  { name, settings, given, request }: GoldenCase,
  service: string,
): Promise<string> {
  const cloud = await startLocalCloud({
    port: 0,
    seed: hashText(name),
    clock: stillClock(),
    enforceIam: settings.includes('permissions enforced'),
    verifySignatures: settings.includes('signatures checked'),
  })
  try {
    const run: Run = { cloud, service, values: new Map() }
    for (const each of given) await prepare(run, each)
    const answer = await send(run, request)
    return describeAnswer(answer, run.values)
  } finally {
    await cloud.close()
  }
}

interface Run {
  readonly cloud: LocalCloud
  readonly service: string
  /** What the set-up kept. */
  readonly values: Map<string, string>
}

/** A clock that only goes on when it is moved. */
function stillClock(): MovableClock {
  let now = beginning
  return {
    now: () => now,
    advance: milliseconds => {
      now += milliseconds
    },
  }
}

async function prepare(run: Run, given: Given): Promise<void> {
  if ('milliseconds' in given) return run.cloud.advanceClock(given.milliseconds)
  for (let n = 1; n <= given.times; n++) await prepareOnce(run, given, n)
}

async function prepareOnce(run: Run, given: GivenCall, n: number): Promise<void> {
  run.values.set('n', String(n))
  const answer = await send(run, given)
  run.values.delete('n')
  if (!/^HTTP\/1\.1 2/.test(answer.statusLine)) {
    throw new Error(`${given.method} ${given.target}: ${describeAnswer(answer, run.values)}`)
  }
  if (given.keep) run.values.set(given.keep.name, keptOf(answer, given.keep.from, given))
}

function keptOf({ headers, body }: RawAnswer, from: string, { method, target }: GivenCall): string {
  const element = /^<(\w+)>$/.exec(from)?.[1]
  const value =
    element === undefined
      ? headers.find(([name]) => name.toLowerCase() === from)?.[1]
      : new RegExp(`<${element}>(.*?)</${element}>`).exec(body.toString('utf8'))?.[1]
  if (value === undefined) throw new Error(`${method} ${target}: its answer has no ${from}`)
  return value
}

function send({ cloud, service, values }: Run, request: GoldenRequest): Promise<RawAnswer> {
  const body = Buffer.from(fillIn(request.body, values), 'utf8')
  const own = request.headers.map(
    ([name, value]) => [name, value === '{md5}' ? md5Of(body) : fillIn(value, values)] as const,
  )
  const names = new Set(own.map(([name]) => name.toLowerCase()))
  const usual = Object.entries({
    ...clientHeaders(service),
    ...((body.length > 0 || request.method === 'PUT' || request.method === 'POST') && {
      'content-length': String(body.length),
    }),
  }).filter(([name]) => !names.has(name) && !(name === 'content-length' && names.has('transfer-encoding')))
  const lines = [...own.filter(([, value]) => value !== 'none'), ...usual].map(
    ([name, value]) => `${name}: ${value}`,
  )
  const head = `${request.method} ${fillIn(request.target, values)} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  return sendRaw(cloud.port, Buffer.concat([Buffer.from(head, 'utf8'), body]), request.method)
}
