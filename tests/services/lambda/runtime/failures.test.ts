import { afterAll, describe, expect, it } from 'vitest'
import { createWorkbench, deploymentOf } from './workbench.ts'

const bench = createWorkbench()
afterAll(() => bench.runtime.close())

const requestId = 'c0ffee00-0000-4000-8000-000000000000'

/** What a caller gets of each way to fail. */
const failures: [string, Parameters<typeof deploymentOf>, Record<string, unknown>][] = [
  [
    'throws',
    ['export const handler = async () => { throw new TypeError("mal") }'],
    {
      errorType: 'TypeError',
      errorMessage: 'mal',
      trace: ['TypeError: mal', '    at Object.handler (file:///var/task/index.mjs:1:44)'],
    },
  ],
  [
    'throws before it gives a promise',
    ['export const handler = () => { throw new RangeError("antes") }'],
    { errorType: 'RangeError', errorMessage: 'antes' },
  ],
  [
    'throws what is no error',
    ['export const handler = async () => { throw "texto" }'],
    { errorType: 'string', errorMessage: 'texto', trace: [] },
  ],
  [
    'calls back with an error',
    [{ 'index.js': 'exports.handler = (e, c, done) => done(new Error("aviso"))' }],
    { errorType: 'Error', errorMessage: 'aviso' },
  ],
  [
    'exits',
    ['export const handler = async () => process.exit(1)'],
    {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 1`,
    },
  ],
  [
    'exits as if all were well',
    ['export const handler = async () => process.exit(0)'],
    {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited without providing a reason`,
    },
  ],
  [
    'kills itself',
    ['export const handler = () => { process.kill(process.pid, "SIGKILL"); for (;;); }'],
    {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    },
  ],
  [
    'forgets a promise that fails',
    [
      'export const handler = () => { Promise.reject(new Error("suelta")); return new Promise(r => setTimeout(r, 1000)) }',
    ],
    { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: 'Error: suelta' },
  ],
  [
    'throws where nobody catches',
    ['export const handler = () => new Promise(() => setTimeout(() => { throw new Error("fuera") }, 1))'],
    { errorType: 'Error', errorMessage: 'fuera' },
  ],
  [
    'waits for what never comes',
    ['export const handler = async () => { await new Promise(() => {}) }'],
    { errorType: 'Runtime.NodeJsExit' },
  ],
  [
    'gives a circle',
    ['export const handler = async () => { const a = {}; a.a = a; return a }'],
    { errorType: 'Error', errorMessage: 'Unable to stringify response body' },
  ],
  [
    'gives more than 6 MB',
    ['export const handler = async () => "x".repeat(6 * 1024 * 1024 + 99)'],
    {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
  ],
  [
    'fails while it loads',
    ['throw new Error("al cargar"); export const handler = 1'],
    { errorType: 'Error', errorMessage: 'al cargar' },
  ],
  [
    'exits while it loads',
    ['process.exit(3); export const handler = 1'],
    {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 3`,
    },
  ],
  [
    'has a syntax error',
    ['export const handler = async () => { const }'],
    { errorType: 'Runtime.UserCodeSyntaxError', errorMessage: "SyntaxError: Unexpected token '}'" },
  ],
  [
    'has no such file',
    ['export const handler = 1', { handler: 'otro.handler' }],
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Error: Cannot find module 'otro'\nRequire stack:\n- /var/runtime/index.mjs",
    },
  ],
  [
    'requires what is not there',
    [{ 'index.js': 'require("nada"); exports.handler = 1' }],
    {
      errorType: 'Runtime.ImportModuleError',
      errorMessage:
        "Error: Cannot find module 'nada'\nRequire stack:\n- /var/task/index.js\n- /var/runtime/index.mjs",
    },
  ],
  [
    'imports what is not there',
    ['import "nada"; export const handler = 1'],
    { errorType: 'Error', errorMessage: "Cannot find package 'nada' imported from /var/task/index.mjs" },
  ],
  [
    'has no such handler',
    ['export const handler = 1', { handler: 'index.otro' }],
    { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.otro is undefined or not exported' },
  ],
  [
    'has a handler that is no function',
    ['export const handler = 1'],
    { errorType: 'Runtime.HandlerNotFound', errorMessage: 'index.handler is not a function' },
  ],
  [
    'has a handler’s name without a point',
    ['export const handler = 1', { handler: 'index' }],
    { errorType: 'Runtime.MalformedHandlerName', errorMessage: 'Bad handler' },
  ],
  [
    'has a handler outside of its folder',
    ['export const handler = 1', { handler: '../index.handler' }],
    { errorType: 'Runtime.MalformedHandlerName' },
  ],
  [
    'fills its memory with buffers',
    [
      'export const handler = async () => { const all = []; for (;;) { all.push(Buffer.alloc(1e6, 1)); await new Promise(setImmediate) } }',
      { memoryMegabytes: 128, timeoutSeconds: 20 },
    ],
    {
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    },
  ],
]

describe('a function that', () => {
  it.each(failures)('%s', async (_name, parts, expected) => {
    const { value, functionError } = await bench.invoke(deploymentOf(...parts), { requestId })
    expect(functionError).toBe('Unhandled')
    expect(value).toMatchObject(expected)
  })

  it('gives exactly 6 MB is fine', async () => {
    const code = 'export const handler = async () => "x".repeat(6 * 1024 * 1024 + 98)'
    const { value, functionError } = await bench.invoke(deploymentOf(code))
    expect(functionError).toBeUndefined()
    expect(value).toHaveLength(6 * 1024 * 1024 + 98)
  })

  it('closes its sockets can still answer', async () => {
    const code =
      'export const handler = async () => { for (const h of process._getActiveHandles()) h.destroy?.(); await new Promise(r => setTimeout(r, 20)); return "vivo" }'
    const deployment = deploymentOf(code)
    expect((await bench.invoke(deployment)).value).toBe('vivo')
    expect((await bench.invoke(deployment)).value).toBe('vivo')
  })

  it('crashed gets another environment for its next call', async () => {
    const deployment = deploymentOf(
      'let n = 0; export const handler = async ({ exit }) => { n++; if (exit) process.exit(1); return n }',
    )
    expect((await bench.invoke(deployment)).value).toBe(1)
    expect((await bench.invoke(deployment, { event: { exit: true } })).functionError).toBe('Unhandled')
    expect((await bench.invoke(deployment)).value).toBe(1)
  })

  it('fails while it loads is loaded again within the call', async () => {
    const deployment = deploymentOf(
      // It fails the first time: the folder is kept.
      `import fs from 'node:fs'
       if (!fs.existsSync('/tmp/ya')) { fs.writeFileSync('/tmp/ya', ''); throw new Error('la primera vez') }
       export const handler = async () => 'a la segunda'`,
    )
    const { value, logTail } = await bench.invoke(deployment)
    expect(value).toBe('a la segunda')
    expect(bench.messages().join('\n')).toMatch(
      /INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error\tError Type: Error/,
    )
    expect(logTail).not.toContain('Init Duration')
  })

  it.concurrent('never ends to load has 10 seconds, and then the time of its call', async () => {
    const deployment = deploymentOf('await new Promise(r => setTimeout(r, 1e6)); export const handler = 1', {
      timeoutSeconds: 1,
    })
    const { value } = await bench.invoke(deployment, { requestId })
    expect(value.errorMessage).toBe(`RequestId: ${requestId} Error: Task timed out after 1.00 seconds`)
    expect(bench.messages().join('\n')).toMatch(
      /INIT_REPORT Init Duration: 10000\.00 ms\tPhase: init\tStatus: timeout/,
    )
  })
})

it('no test above met a bug of ours', () => expect(bench.bugs).toEqual([]))
