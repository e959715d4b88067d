import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleInto, type FunctionRun, runFunction } from './function-run.ts'

const folder = mkdtempSync(join(tmpdir(), 'taller-lambda-'))
let bundle: string

beforeAll(async () => {
  bundle = await bundleInto(folder, 'anatomia')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function send(...events: readonly unknown[]): Promise<FunctionRun<unknown>> {
  const env = { AWS_REGION: 'sa-east-1', AWS_SECRET_ACCESS_KEY: 'muy-secreta' }
  return runFunction({ bundle, memoryMegabytes: 128, env }, events)
}

describe('anatomia', () => {
  it.each([[{ a: [1, 'ñ', null] }], ['texto'], [0], [null], [[]]])('eco gives %j back', async datos => {
    const { answers } = await send({ operacion: 'eco', datos })
    expect(answers).toEqual([{ kind: 'result', result: { operacion: 'eco', datos } }])
  })

  it('tiempo waits between its two looks at the remaining time', async () => {
    const { answers } = await send({ operacion: 'tiempo', esperaMs: 60 })
    const result = { operacion: 'tiempo', antesMs: expect.any(Number), despuesMs: expect.any(Number) }
    expect(answers).toEqual([{ kind: 'result', result }])
    const { antesMs, despuesMs } = (answers[0] as { result: { antesMs: number; despuesMs: number } }).result
    // A timer may fire a millisecond early, and both times are whole milliseconds.
    expect(antesMs - despuesMs).toBeGreaterThanOrEqual(58)
  })

  it('entorno says where it runs, and each invocation is another', async () => {
    const { answers } = await send({ operacion: 'entorno' }, { operacion: 'entorno' })
    const environment = (solicitud: string): unknown => ({
      kind: 'result',
      result: {
        operacion: 'entorno',
        solicitud,
        funcion: 'prueba',
        version: '$LATEST',
        memoriaMb: 128,
        region: 'sa-east-1',
      },
    })
    expect(answers).toEqual(
      ['00000000-0000-4000-8000-000000000000', '00000000-0000-4000-8000-000000000001'].map(environment),
    )
  })

  it('fallar throws what it was told, and so does an operation that nobody knows', async () => {
    const { answers } = await send(
      { operacion: 'fallar', mensaje: 'adrede' },
      { operacion: 'constructor' },
      {},
    )
    expect(answers).toEqual([
      { kind: 'error', name: 'Error', message: 'adrede' },
      { kind: 'error', name: 'Error', message: expect.stringContaining('«constructor»') },
      { kind: 'error', name: 'Error', message: expect.any(String) },
    ])
  })

  it('writes one line an invocation, with its identifier and nothing secret', async () => {
    const { log } = await send(
      { operacion: 'eco', datos: 'clave: 1234' },
      { operacion: 'fallar', mensaje: 'x' },
    )
    expect(
      log
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      { operacion: 'eco', solicitud: '00000000-0000-4000-8000-000000000000' },
      { operacion: 'fallar', solicitud: '00000000-0000-4000-8000-000000000001' },
    ])
  })
})
