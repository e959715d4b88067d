import { afterAll, describe, expect, it } from 'vitest'
import { createMeeting } from './meeting.ts'
import { createWorkbench, deploymentOf } from './workbench.ts'

const bench = createWorkbench()
afterAll(() => bench.runtime.close())

describe('Node handlers', () => {
  const answers: [string, Parameters<typeof deploymentOf>, unknown][] = [
    ['an async one in index.mjs', ['export const handler = async event => ({ event })'], { event: { a: 1 } }],
    ['a CommonJS one', [{ 'index.js': 'exports.handler = async event => event.a' }], 1],
    [
      'an ES module by its package.json',
      [
        {
          'index.js': 'export const handler = async () => import.meta.url.slice(-8)',
          'package.json': '{"type":"module"}',
        },
      ],
      'index.js',
    ],
    [
      'a .cjs one beside a package.json of modules',
      [{ 'index.cjs': 'exports.handler = async () => "cjs"', 'package.json': '{"type":"module"}' }],
      'cjs',
    ],
    [
      'one behind a top-level await',
      ['const n = await new Promise(r => setTimeout(r, 5, 7)); export const handler = async () => n'],
      7,
    ],
    [
      'a callback',
      [{ 'index.js': 'exports.handler = (event, context, done) => done(null, event.a + 1)' }],
      2,
    ],
    [
      'a callback that comes later',
      [{ 'index.js': 'exports.handler = (e, c, done) => { setTimeout(() => done(null, "tarde"), 10) }' }],
      'tarde',
    ],
    ['context.succeed', [{ 'index.js': 'exports.handler = (e, c) => c.succeed("bien")' }], 'bien'],
    ['one that gives nothing', ['export const handler = async () => {}'], null],
    ['a plain function that never calls back', ['export const handler = () => {}'], null],
    [
      'one in a folder, inside of an object',
      [
        { 'carpeta/archivo.mjs': 'export const modulo = { handler: async () => "hondo" }' },
        { handler: 'carpeta/archivo.modulo.handler' },
      ],
      'hondo',
    ],
  ]
  it.each(answers)('%s', async (_name, parts, expected) => {
    const { value, functionError } = await bench.invoke(deploymentOf(...parts), { event: { a: 1 } })
    expect(functionError).toBeUndefined()
    expect(value).toEqual(expected)
  })

  it('get a whole context', async () => {
    const deployment = deploymentOf(`export const handler = async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis(), env: process.env })`)
    const { value } = await bench.invoke(deployment, {
      requestId: 'c0ffee00-0000-4000-8000-000000000000',
      clientContext: '{"custom":{"año":"ñandú"}}',
    })
    expect(value).toMatchObject({
      awsRequestId: 'c0ffee00-0000-4000-8000-000000000000',
      functionName: deployment.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: deployment.functionArn,
      memoryLimitInMB: '256',
      logGroupName: deployment.logging.logGroup,
      clientContext: { custom: { año: 'ñandú' } },
      callbackWaitsForEmptyEventLoop: true,
    })
    expect(value.left).toBeGreaterThan(4000)
    expect(value.left).toBeLessThanOrEqual(5000)
    expect(value.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
    expect(value.env).toMatchObject({
      _HANDLER: 'index.handler',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: deployment.functionName,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      TZ: ':UTC',
    })
    expect(bench.sessionOf(value.env)?.arn).toBe(
      `arn:aws:sts::000000000000:assumed-role/lambda-role/${deployment.functionName}`,
    )
  })

  it('see nothing of this process and its environment', async () => {
    process.env.SECRETO_DEL_CORRECTOR = 'x'
    const deployment = deploymentOf('export const handler = async () => Object.keys(process.env)')
    const { value } = await bench.invoke(deployment)
    delete process.env.SECRETO_DEL_CORRECTOR
    expect(value).not.toContain('SECRETO_DEL_CORRECTOR')
    expect(value).not.toContain('TALLER_SETTINGS')
    expect(value).not.toContain('HOME')
  })
})

describe('nodejs24.x', () => {
  const newest = { runtime: 'nodejs24.x' }

  it('knows no callbacks, and refuses handlers that take one', async () => {
    const code = { 'index.js': 'exports.handler = (event, context, done) => done(null, 1)' }
    const { value, functionError } = await bench.invoke(deploymentOf(code, newest))
    expect(functionError).toBe('Unhandled')
    expect(value.errorType).toBe('Runtime.CallbackHandlerDeprecated')
    expect(value.errorMessage).toContain('has removed support for callback-based function handlers')
  })

  const handlers: [string, string, unknown][] = [
    ['an async one', 'async event => event', {}],
    ['a plain one, whose value is the answer', '() => 5', 5],
    [
      'context without what belongs to callbacks',
      'async (event, context) => ["done", "succeed", "fail", "callbackWaitsForEmptyEventLoop"].filter(name => name in context)',
      [],
    ],
  ]
  it.each(handlers)('takes %s', async (_name, handler, expected) => {
    const { value, functionError } = await bench.invoke(
      deploymentOf(`export const handler = ${handler}`, newest),
    )
    expect([value, functionError]).toEqual([expected, undefined])
  })

  const failing: [string, string, string][] = [
    ['throws', '() => { throw new TypeError("mal") }', 'TypeError'],
    ['never settles', '() => new Promise(() => {})', 'Runtime.NodeJsExit'],
    ['gives a circle', '() => { const a = {}; a.a = a; return a }', 'Error'],
  ]
  it.each(failing)('fails when a handler %s', async (_name, handler, errorType) => {
    const { value, functionError } = await bench.invoke(
      deploymentOf(`export const handler = ${handler}`, newest),
    )
    expect([value.errorType, functionError]).toEqual([errorType, 'Unhandled'])
  })

  it('takes streaming handlers', async () => {
    const code =
      'export const handler = awslambda.streamifyResponse(async (event, stream, context) => stream.end("1"))'
    expect((await bench.invoke(deploymentOf(code, newest))).value).toBe(1)
  })
})

describe('environments', () => {
  it('are used again by the next call, and keep what their module keeps', async () => {
    const deployment = deploymentOf('let n = 0; export const handler = async () => ++n')
    const values = []
    for (let call = 0; call < 3; call++) values.push((await bench.invoke(deployment)).value)
    expect(values).toEqual([1, 2, 3])
  })

  it('take one call at a time: others get their own', async () => {
    const deployment = deploymentOf(
      'let n = 0; export const handler = async ({ url }) => { n++; await fetch(url); return n-- }',
      { timeoutSeconds: 30 },
    )
    const meeting = await createMeeting()
    const calls = [1, 2, 3, 4].map(() => bench.invoke(deployment, { event: { url: meeting.url } }))
    await meeting.arrivals(4)
    for (const _ of calls) meeting.release()
    expect((await Promise.all(calls)).map(({ value }) => value)).toEqual([1, 1, 1, 1])
    meeting.close()
  })

  it('end when the function changes', async () => {
    const deployment = deploymentOf('let n = 0; export const handler = async () => ++n')
    expect((await bench.invoke(deployment)).value).toBe(1)
    expect((await bench.invoke({ ...deployment, revision: '2' })).value).toBe(1)
  })
})

describe('a call that takes too long', () => {
  it('ends with AWS’s payload and line', async () => {
    const deployment = deploymentOf('export const handler = () => new Promise(r => setTimeout(r, 60_000))', {
      timeoutSeconds: 1,
    })
    const requestId = 'c0ffee00-0000-4000-8000-000000000001'
    const { value, functionError, logTail } = await bench.invoke(deployment, { requestId })
    expect(functionError).toBe('Unhandled')
    expect(value).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    })
    expect(logTail).toContain(`${requestId} Task timed out after 1.00 seconds\n`)
    expect(logTail).toMatch(/REPORT .*Duration: 1\d\d\d\.\d\d ms\t.*Status: timeout/)
  })

  it('ends even when its loop is blocked', async () => {
    const deployment = deploymentOf('export const handler = () => { for (;;); }', { timeoutSeconds: 1 })
    expect((await bench.invoke(deployment)).value.errorType).toBe('Sandbox.Timedout')
  })
})

it('no test above met a bug of ours', () => expect(bench.bugs).toEqual([]))
