import { afterAll, describe, expect, it } from 'vitest'
import type { FunctionLogging } from '../../../../src/services/lambda/runtime/runtime.ts'
import { createWorkbench, deploymentOf, type Workbench } from './workbench.ts'

const benches: Workbench[] = []
afterAll(() => Promise.all(benches.map(({ runtime }) => runtime.close())))

function newBench(): Workbench {
  const bench = createWorkbench()
  benches.push(bench)
  return bench
}

const requestId = 'c0ffee00-0000-4000-8000-000000000000'
const stamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
const json = (changes: Partial<FunctionLogging> = {}) => ({
  logging: { logGroup: '/aws/lambda/x', format: 'JSON' as const, ...changes },
})

describe('what a call logs', () => {
  it('has AWS’s lines around it, in one stream of its environment', async () => {
    const bench = newBench()
    const deployment = deploymentOf('export const handler = async () => console.log("hola", { a: 1 })')
    const { logTail } = await bench.invoke(deployment, { requestId })
    const messages = bench.messages()
    const expected = [
      /^INIT_START Runtime Version: nodejs:[\d.]+\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/,
      new RegExp(`^START RequestId: ${requestId} Version: \\$LATEST$`),
      new RegExp(`^${stamp}\t${requestId}\tINFO\thola \\{ a: 1 \\}$`),
      new RegExp(`^END RequestId: ${requestId}$`),
      new RegExp(
        `^REPORT RequestId: ${requestId}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 256 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms\t$`,
      ),
    ]
    expect(messages).toHaveLength(expected.length)
    for (const [index, pattern] of expected.entries()) expect(messages[index]).toMatch(pattern)
    expect(logTail).toBe(`${messages.slice(1).join('\n')}\n`)
    await bench.invoke(deployment)
    expect(bench.messages().at(-1)).not.toContain('Init Duration')
    expect(bench.streams()).toHaveLength(1)
    expect(bench.streams()[0]).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
  })

  it('bills whole milliseconds, the initialization with them', async () => {
    const bench = newBench()
    await bench.invoke(deploymentOf('export const handler = async () => 1'))
    const [, duration, billed, init] =
      /Duration: ([\d.]+) ms\tBilled Duration: (\d+) ms.*Init Duration: ([\d.]+) ms/.exec(
        bench.messages().at(-1) ?? '',
      ) ?? []
    expect(Math.abs(Number(billed) - (Number(duration) + Number(init)))).toBeLessThanOrEqual(1.01)
  })

  it('keeps levels, lines of one message together, and the order of all streams', async () => {
    const bench = newBench()
    const code = `export const handler = async () => {
      console.debug('uno'); process.stdout.write('dos\\n'); console.warn('tres\\ncuatro'); process.stderr.write('cinco');
      console.error('seis'); console.trace('siete') }`
    await bench.invoke(deploymentOf(code), { requestId })
    const shown = bench
      .messages()
      .slice(2, -2)
      .map(message => message.replace(new RegExp(`^${stamp}\t[^\t]+\t`), ''))
    expect(shown).toEqual(['DEBUG\tuno', 'dos', 'WARN\ttres\ncuatro', 'ERROR\tseis', 'TRACE\tsiete', 'cinco'])
  })

  it('has errors as AWS writes them', async () => {
    const bench = newBench()
    const code =
      'export const handler = async () => { throw Object.assign(new Error("mal"), { code: "E1" }) }'
    await bench.invoke(deploymentOf(code), { requestId })
    const [, title, document] = /\tERROR\t(Invoke Error) \t(.*)$/.exec(bench.messages()[2] ?? '') ?? []
    expect(title).toBe('Invoke Error')
    expect(JSON.parse(document ?? '')).toMatchObject({ errorType: 'Error', errorMessage: 'mal', code: 'E1' })
  })

  it('is split at 256 KB', async () => {
    const bench = newBench()
    await bench.invoke(
      deploymentOf('export const handler = async () => process.stdout.write("x".repeat(600 * 1024))'),
    )
    const lengths = bench
      .messages()
      .slice(2, -2)
      .map(({ length }) => length)
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(600 * 1024)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(256 * 1024)
  })

  it('is there before the result, however much it is', async () => {
    const bench = newBench()
    const code = 'export const handler = async () => { for (let i = 0; i < 20_000; i++) console.log(i) }'
    const { logTail } = await bench.invoke(deploymentOf(code))
    expect(bench.messages()).toHaveLength(20_004)
    expect(Buffer.byteLength(logTail)).toBeLessThanOrEqual(4096)
    expect(logTail).toMatch(/\tINFO\t19999\nEND /)
  })

  it.each(['process.exit(1)', 'process.kill(process.pid, "SIGKILL")'])(
    'is all there when it ends by %s',
    async end => {
      const bench = newBench()
      const code = `export const handler = async () => {
      for (let i = 0; i < 1000; i++) { console.log('línea', i); require('node:fs').writeSync(1, 'cruda ' + i + '\\n') }
      ${end} }
      import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`
      await bench.invoke(deploymentOf(code))
      expect(bench.messages().filter(message => /\tlínea \d+$/.test(message))).toHaveLength(1000)
      expect(bench.messages().filter(message => /^cruda \d+$/.test(message))).toHaveLength(1000)
    },
  )

  it('has a bound: a flood ends with its call and is counted', async () => {
    const bench = newBench()
    const code = 'export const handler = () => { for (;;) console.log("x".repeat(1000)) }'
    const { value } = await bench.invoke(deploymentOf(code, { timeoutSeconds: 2 }))
    expect(value.errorType).toBe('Sandbox.Timedout')
    const kept = bench.messages().reduce((sum, { length }) => sum + length, 0)
    expect(kept).toBeLessThan(9 * 1024 * 1024)
    expect(
      bench.messages().some(message => /^\[taller-nube\] \d+ líneas más no se guardaron$/.test(message)),
    ).toBe(true)
  })
})

describe('what a call logs as JSON', () => {
  it('is one document a line, of the platform and of the function', async () => {
    const bench = newBench()
    const code =
      'export const handler = async () => { console.log({ a: 1 }); console.error("mal", new TypeError("x")) }'
    await bench.invoke(deploymentOf(code, json()), { requestId })
    const lines = bench.messages().map(message => JSON.parse(message))
    expect(lines.map(({ type, level }) => type ?? level)).toEqual([
      'platform.initStart',
      'platform.start',
      'INFO',
      'ERROR',
      'platform.report',
    ])
    expect(lines[2]).toMatchObject({ level: 'INFO', requestId, message: { a: 1 } })
    expect(lines[3]).toMatchObject({ errorType: 'TypeError', errorMessage: 'x' })
    expect(lines[4].record).toMatchObject({ requestId, status: 'success', metrics: { memorySizeMB: 256 } })
  })

  it('leaves out what is below its levels', async () => {
    const bench = newBench()
    const code = 'export const handler = async () => { console.info("no"); console.warn("sí") }'
    await bench.invoke(deploymentOf(code, json({ applicationLevel: 'WARN', systemLevel: 'WARN' })))
    expect(bench.messages().map(message => JSON.parse(message).message)).toEqual(['sí'])
  })
})

it('no test above met a bug of ours', () => expect(benches.flatMap(({ bugs }) => bugs)).toEqual([]))
