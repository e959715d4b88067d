import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../../../src/core/random.ts'
import { type CloudFacts, type FuzzedCloud, startFuzzedCloud } from './fuzzed-cloud.ts'
import { sendBrokenHttp2, sendHttp2 } from './http2-noise.ts'
import { faultOf } from './judge.ts'
import { ModelCalls } from './model-calls.ts'
import { makeNoise, type Noise } from './noise.ts'
import { plant } from './plant.ts'
import { exchange, parseAnswers } from './raw-exchange.ts'

/**
 * How many requests are sent, and by which seed. `TALLER_FUZZ_REQUESTS=100000 TALLER_FUZZ_SEED=2 npx vitest run
 * tests/cloud/fuzz` sends more of them, and others.
 */
const requestCount = Number(process.env.TALLER_FUZZ_REQUESTS ?? 6000)
const seed = Number(process.env.TALLER_FUZZ_SEED ?? 20_261_125)

/** Requests that are under way at once. */
const batchSize = 50
/** What may stay after thousands of requests though nothing is kept: compiled code, caches, pools. In bytes. */
const margins = { heap: 8 * 1024 * 1024, outsideHeap: 4 * 1024 * 1024, resident: 96 * 1024 * 1024 }

let cloud: FuzzedCloud
const statuses = new Map<number, number>()
const faults: string[] = []

beforeAll(async () => {
  cloud = await startFuzzedCloud()
})
afterAll(() => cloud.close())

function count(status: number): void {
  statuses.set(status, (statuses.get(status) ?? 0) + 1)
}

async function sendNoise({ bytes, methods, isWhole, ending }: Noise): Promise<void> {
  const received = await exchange({ port: cloud.port, bytes, ending })
  const told = bytes.toString('latin1').slice(0, 1500)
  try {
    const answers = parseAnswers(received, methods)
    for (const answer of answers) {
      count(answer.status)
      const fault = faultOf(answer)
      if (fault !== undefined) faults.push(`${fault}\n${told}`)
    }
    // Behind a request that cannot be read the connection ends, and what came after it has no answer.
    if (isWhole && answers.length === 0) faults.push(`no answer\n${told}`)
  } catch (cause) {
    // Whoever sends half a request may get half an answer.
    if (isWhole) faults.push(`${(cause as Error).message}\n${told}`)
  }
}

async function sendHttp2Batch(random: Random): Promise<void> {
  for (const answer of await sendHttp2(cloud.url, random, batchSize - 5)) {
    count(answer.status)
    const fault = faultOf(answer)
    if (fault !== undefined) faults.push(`${fault} over HTTP/2`)
  }
  await Promise.all(Array.from({ length: 5 }, () => sendBrokenHttp2(cloud.port, random)))
}

async function sendModelBatch(calls: ModelCalls, random: Random): Promise<void> {
  const planned = Array.from({ length: batchSize }, () => calls.plan(random))
  for (const { status, fault } of await calls.send(planned)) {
    if (status !== undefined) count(status)
    if (fault !== undefined) faults.push(fault)
  }
}

/** Sends requests of every kind, then empties the cloud and tells what it still holds. */
async function sendRequests(total: number, random: Random): Promise<CloudFacts> {
  const calls = new ModelCalls(cloud.url)
  for (let batch = 0; batch * batchSize < total; batch++) {
    if (batch % 8 === 0) await plant(cloud.url)
    if (batch % 20 === 19) await sendHttp2Batch(random)
    else if (batch % 5 < 2) await sendModelBatch(calls, random)
    else await Promise.all(Array.from({ length: batchSize }, () => sendNoise(makeNoise(random))))
  }
  calls.close()
  await cloud.reset()
  return untilQuiet()
}

/** What the cloud holds as soon as every connection, file and process of its own is closed. */
async function untilQuiet(): Promise<CloudFacts> {
  const bugs: string[] = []
  for (;;) {
    const facts = await cloud.facts()
    bugs.push(...facts.bugs)
    // A connection that does not end keeps this from ending, and the test says so by its own time.
    if (facts.sockets + facts.files + facts.processes === 0) return { ...facts, bugs }
  }
}

/** One of each kind of fault: those of the same place differ by their numbers only. */
function kindsOf(texts: readonly string[]): string[] {
  const kinds = new Map(
    texts.map(text => [text.split('\n').slice(1, 3).join('').replace(/\d+/g, '') || text.slice(-60), text]),
  )
  return [...kinds.values()].slice(0, 12)
}

describe(`${requestCount} requests that nobody should send`, () => {
  it('are answered as AWS answers, without an exception, and nothing of them stays', async () => {
    const random = createRandom(seed)
    const first = await sendRequests(requestCount / 2, random)
    const second = await sendRequests(requestCount / 2, random)
    if (process.env.TALLER_FUZZ_REQUESTS !== undefined) console.log({ seed, first, second, statuses })
    expect(kindsOf([...first.bugs, ...second.bugs])).toEqual([])
    expect(kindsOf(faults)).toEqual([])
    expect(second.heapBytes).toBeLessThan(first.heapBytes + margins.heap)
    expect(second.outsideHeapBytes).toBeLessThan(first.outsideHeapBytes + margins.outsideHeap)
    expect(second.residentBytes).toBeLessThan(first.residentBytes + margins.resident)
    // The noise got through to what it is meant for, and was not all refused at the door.
    for (const status of [200, 204, 400, 403, 404, 405, 409, 501])
      expect(statuses.get(status) ?? 0, `answers with ${status}`).toBeGreaterThan(0)
    expect(statuses.get(200)).toBeGreaterThan(requestCount / 50)
    expect(statuses.get(404)).toBeGreaterThan(requestCount / 100)
  }, 3_600_000)

  it('leave a cloud that works', async () => {
    await plant(cloud.url)
    const put = await fetch(`${cloud.url}/fuzz/despues`, { method: 'PUT', body: 'sigue bien' })
    expect(put.status).toBe(200)
    expect(await (await fetch(`${cloud.url}/fuzz/despues`)).text()).toBe('sigue bien')
    const health = (await (await fetch(`${cloud.url}/_localstack/health`)).json()) as { services: object }
    expect(health.services).toMatchObject({ s3: 'running', iam: 'running' })
  })
})
