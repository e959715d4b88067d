import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCloud } from '../../../../src/cloud/cloud.ts'
import { createClock } from '../../../../src/core/clock.ts'
import { defineLambda } from '../../../../src/services/lambda/index.ts'
import { createFakeRuntime } from '../fake-runtime.ts'
import { useLambda } from '../lab.ts'

const lab = useLambda()
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taller-lambda-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('an event that waits for its retry is kept with the state and tried where that goes on', async () => {
  const name = await lab.newFunction()
  lab.runtime.handlers.set(name, () => {
    throw new Error('todavía no')
  })
  await lab.invoke(name, { InvocationType: 'Event', Payload: Buffer.from('{"n":7}') })
  await lab.cloud.idle()
  const snapshot = join(folder, 'estado')
  await lab.cloud.saveSnapshot(snapshot)

  const runtime = createFakeRuntime()
  const clock = createClock()
  const cloud = await startCloud([defineLambda(() => runtime)], { port: 0, clock, snapshot })
  await cloud.advanceClock(60_000)
  await cloud.idle()
  expect(runtime.calls).toMatchObject([{ deployment: { functionName: name } }])
  expect(Buffer.from(runtime.calls[0]?.invocation.payload ?? []).toString()).toBe('{"n":7}')
  await cloud.close()
})
