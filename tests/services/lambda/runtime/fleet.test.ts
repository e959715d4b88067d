import { afterEach, describe, expect, it } from 'vitest'
import { createMeeting } from './meeting.ts'
import { createWorkbench, deploymentOf, type Workbench } from './workbench.ts'

let bench: Workbench | undefined
afterEach(async () => {
  await bench?.runtime.close()
  expect(bench?.bugs).toEqual([])
  delete process.env.TALLER_LAMBDA_ENVIRONMENTS
})

function benchOf(environments: number): Workbench {
  process.env.TALLER_LAMBDA_ENVIRONMENTS = String(environments)
  bench = createWorkbench()
  return bench
}

const meets = 'export const handler = async ({ url }) => { if (url) await fetch(url); return process.pid }'
const tellsPid =
  'export const handler = async event => { await new Promise(r => setTimeout(r, event.wait ?? 0)); return process.pid }'

describe('environments of a machine', () => {
  it('are as many as it has room for: 500 calls at once share ten', async () => {
    const bench = benchOf(10)
    const deployment = deploymentOf(
      'let busy = 0; export const handler = async e => { if (busy++ > 0) throw new Error("dos a la vez"); await new Promise(r => setTimeout(r, 2)); busy--; return [process.pid, e.n] }',
    )
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, n) => bench.invoke(deployment, { event: { n } })),
    )
    expect(answers.map(({ value }) => value[1])).toEqual(Array.from({ length: 500 }, (_, n) => n))
    const pids = new Set(answers.map(({ value }) => value[0]))
    expect(pids.size).toBeLessThanOrEqual(10)
    expect(bench.streams()).toHaveLength(pids.size)
    expect(bench.messages().filter(message => message.startsWith('END '))).toHaveLength(500)
  })

  it('are used last in, first out', async () => {
    const bench = benchOf(4)
    const deployment = deploymentOf(meets)
    const meeting = await createMeeting()
    const call = () => bench.invoke(deployment, { event: { url: meeting.url } })
    const both = [call(), call()]
    await meeting.arrivals(2)
    meeting.release()
    const first = (await Promise.race(both)).value
    meeting.release()
    const last = (await Promise.all(both)).map(({ value }) => value).find(pid => pid !== first)
    meeting.close()
    expect(last).toBeGreaterThan(0)
    for (let call = 0; call < 3; call++) expect((await bench.invoke(deployment)).value).toBe(last)
  })

  it('give way to other functions when the machine is full', async () => {
    const bench = benchOf(2)
    const [one, other] = [deploymentOf(tellsPid), deploymentOf(`${tellsPid} // otra`)]
    await Promise.all([
      bench.invoke(one, { event: { wait: 100 } }),
      bench.invoke(one, { event: { wait: 100 } }),
    ])
    expect((await bench.invoke(other)).functionError).toBeUndefined()
    expect((await bench.invoke(one)).functionError).toBeUndefined()
  })

  it('are shared fairly: one function’s queue does not hold up another’s call', async () => {
    const bench = benchOf(2)
    const [busy, small] = [deploymentOf(meets, { timeoutSeconds: 60 }), deploymentOf(`${meets} // otra`)]
    const meeting = await createMeeting()
    const queue = Array.from({ length: 10 }, () => bench.invoke(busy, { event: { url: meeting.url } }))
    await meeting.arrivals(2)
    const other = bench.invoke(small)
    // One of the two that work ends: its place is for who has none, not for the eight that came before.
    meeting.release()
    expect((await other).functionError).toBeUndefined()
    for (let call = 1; call < 10; call++) {
      await meeting.arrivals(1)
      meeting.release()
    }
    await Promise.all(queue)
    meeting.close()
  })

  it('end when they idle, by the cloud’s clock', async () => {
    const bench = benchOf(2)
    const deployment = deploymentOf(tellsPid)
    const first = (await bench.invoke(deployment)).value
    await bench.advance(4 * 60_000)
    expect((await bench.invoke(deployment)).value).toBe(first)
    await bench.advance(6 * 60_000)
    expect((await bench.invoke(deployment)).value).not.toBe(first)
  })

  it('are replaced before their credentials run out', async () => {
    const bench = benchOf(2)
    const deployment = deploymentOf('export const handler = async () => process.env')
    const expiryOf = async (): Promise<number> =>
      bench.sessionOf((await bench.invoke(deployment)).value)?.expiresAt ?? 0
    await expiryOf()
    // The clock alone: nothing is reaped.
    bench.clock.advance(13 * 3600_000)
    expect(await expiryOf()).toBeGreaterThan(bench.clock.now())
  })

  it('let the call that they have end when the function is retired', async () => {
    const bench = benchOf(2)
    const deployment = deploymentOf(meets)
    const meeting = await createMeeting()
    const first = (await bench.invoke(deployment)).value
    const running = bench.invoke(deployment, { event: { url: meeting.url } })
    await meeting.arrivals(1)
    await bench.runtime.retire(deployment.functionArn)
    meeting.release()
    expect((await running).value).toBe(first)
    meeting.close()
    expect((await bench.invoke(deployment)).value).not.toBe(first)
  })
})

describe('a runtime', () => {
  it('is idle when no call runs or waits', async () => {
    const bench = benchOf(1)
    const deployment = deploymentOf(tellsPid)
    expect(bench.runtime.isIdle()).toBe(true)
    const calls = [1, 2, 3].map(() => bench.invoke(deployment, { event: { wait: 20 } }))
    expect(bench.runtime.isIdle()).toBe(false)
    await bench.runtime.idle()
    expect(bench.runtime.isIdle()).toBe(true)
    await Promise.all(calls)
  })

  it('can be emptied while calls run, and used again', async () => {
    const bench = benchOf(2)
    const deployment = deploymentOf(tellsPid)
    await bench.invoke(deployment)
    const running = Promise.allSettled(
      [1, 2, 3].map(() => bench.invoke(deployment, { event: { wait: 5000 } })),
    )
    const before = bench.messages().length
    await bench.runtime.reset()
    await running
    expect(bench.messages()).toHaveLength(before)
    expect(bench.runtime.isIdle()).toBe(true)
    expect((await bench.invoke(deployment)).functionError).toBeUndefined()
  })
})
