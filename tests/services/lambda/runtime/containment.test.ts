import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorkbench, deploymentOf, type Workbench } from './workbench.ts'

/** What a hostile function tries, and what it gets: an error's code or message. */
const everywhere: [string, string, RegExp][] = [
  [
    'read the workshop',
    `fs.readFileSync(${JSON.stringify(new URL('../../../../package.json', import.meta.url).pathname)}, 'utf8')`,
    /ERR_ACCESS_DENIED/,
  ],
  ['list other functions', `fs.readdirSync(process.env.LAMBDA_TASK_ROOT + '/../..')`, /ERR_ACCESS_DENIED/],
  ['read another function', `fs.readFileSync(event.other + '/index.mjs', 'utf8')`, /ERR_ACCESS_DENIED/],
  [
    'read it by a link of its own',
    `(fs.symlinkSync(event.other, '/tmp/l'), fs.readFileSync('/tmp/l/index.mjs', 'utf8'))`,
    /ERR_ACCESS_DENIED|EROFS/,
  ],
  ['import another function', `import(event.other + '/index.mjs')`, /ERR_ACCESS_DENIED/],
  [
    'read the environment of another process',
    `fs.readFileSync('/proc/1/environ', 'utf8')`,
    /ERR_ACCESS_DENIED/,
  ],
  ['write to its own code', `fs.writeFileSync(process.env.LAMBDA_TASK_ROOT + '/x', '')`, /EROFS/],
  ['write to the runtime', `fs.writeFileSync(Object.keys(require.cache)[0], '')`, /EROFS/],
  ['signal its parent', `process.kill(process.ppid, 0)`, /ERR_ACCESS_DENIED/],
  ['signal its parent from below', `process._kill(process.ppid, 0)`, /ERR_ACCESS_DENIED/],
  ['open its parent’s debugger', `process._debugProcess(process.ppid)`, /ERR_ACCESS_DENIED/],
  [
    'take the next call of another environment',
    `fetch('http://' + event.api + '/2018-06-01/runtime/invocation/next').then(r => r.status)`,
    /^403$/,
  ],
  [
    'answer for another environment',
    `fetch('http://' + event.api + '/2018-06-01/runtime/invocation/x/response', { method: 'POST', body: '1' }).then(r => r.status)`,
    /^403$/,
  ],
]
const contained: typeof everywhere = [
  ['read the system', `fs.readFileSync('/etc/hostname')`, /ERR_ACCESS_DENIED/],
  ['read the environment of its parent', `fs.readdirSync('/proc')`, /ERR_ACCESS_DENIED/],
  ['start another program', `require('node:child_process').execSync('id')`, /ERR_ACCESS_DENIED/],
  ['start a worker', `new (require('node:worker_threads').Worker)('1', { eval: true })`, /ERR_ACCESS_DENIED/],
  ['load native code', `process.dlopen({ exports: {} }, '/tmp/x.node')`, /ERR_ACCESS_DENIED/],
  [
    'open its own debugger',
    `require('node:inspector').open(0)`,
    /ERR_ACCESS_DENIED|ERR_INSPECTOR|not available/,
  ],
  ['find the workshop’s packages', `import('@aws-sdk/client-s3')`, /ERR_MODULE_NOT_FOUND|ERR_ACCESS_DENIED/],
]

describe.each(['open', 'contained'] as const)('a function of a cloud that is %s', containment => {
  let bench: Workbench
  const other = { event: {} }
  beforeAll(async () => {
    bench = createWorkbench(containment)
    const code =
      'export const handler = async () => ({ other: process.env.LAMBDA_TASK_ROOT, api: process.env.AWS_LAMBDA_RUNTIME_API })'
    other.event = (await bench.invoke(deploymentOf(code))).value
  })
  afterAll(() => bench.runtime.close())

  it.each(containment === 'open' ? everywhere : [...everywhere, ...contained])(
    'cannot %s',
    async (_what, attempt, refusal) => {
      const code = `const fs = require('node:fs')
      exports.handler = async event => { try { return String(await (${attempt})) } catch (error) { return String(error.code ?? '') + ' ' + error.message } }`
      const { value } = await bench.invoke(deploymentOf({ 'index.js': code }), other)
      expect(value).toMatch(refusal)
    },
  )

  it('is not opened by its variables', async () => {
    const code = `import fs from 'node:fs'
      export const handler = async () => { try { return fs.readdirSync(process.env.LAMBDA_TASK_ROOT + '/../..') } catch (e) { return [e.code, process.env.NODE_OPTIONS] } }`
    const variables = { NODE_OPTIONS: '--allow-fs-read=* --enable-source-maps' }
    const { value } = await bench.invoke(deploymentOf(code, { variables }))
    expect(value[0]).toBe('ERR_ACCESS_DENIED')
  })

  it('shows the lines of its source where its variables ask for source maps', async () => {
    const map = {
      version: 3,
      sources: ['mi-funcion.ts'],
      names: [],
      // The bundle's first line is the source's 41st.
      mappings: 'AAwCA',
    }
    const encoded = Buffer.from(JSON.stringify(map)).toString('base64')
    const code = `exports.handler = async () => { throw new Error('falló') }\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`
    const variables = { NODE_OPTIONS: '--enable-source-maps' }
    const { value } = await bench.invoke(deploymentOf({ 'index.js': code }, { variables }))
    expect(value.trace.join('\n')).toMatch(/mi-funcion\.ts:41/)
  })

  it('has its variables', async () => {
    const variables = { MI_VARIABLE: 'ñ', AWS_REGION: 'mentira' }
    const code = 'export const handler = async () => [process.env.MI_VARIABLE, process.env.AWS_REGION]'
    expect((await bench.invoke(deploymentOf(code, { variables }))).value).toEqual(['ñ', 'us-east-1'])
  })

  it('says what cannot be run here', async () => {
    const problems = await Promise.all(
      ['nodejs22.x', 'python3.12', 'provided.al2023', 'java21'].map(runtime =>
        bench.runtime.findProblem(runtime),
      ),
    )
    expect(problems[0]).toBeUndefined()
    expect(problems[3]).toContain('java21')
    if (containment === 'contained') {
      for (const problem of problems.slice(1, 3)) expect(problem).toContain('confinar')
      const { value, functionError } = await bench.invoke(deploymentOf('', { runtime: 'python3.12' }))
      expect(functionError).toBe('Unhandled')
      expect(value.errorType).toBe('Runtime.InvalidEntrypoint')
      expect(value.errorMessage).toContain('confinar')
    }
  })

  it('met no bug of ours', () => expect(bench.bugs).toEqual([]))
})

it('a student’s own function may start programs and workers', async () => {
  const bench = createWorkbench('open')
  const code = `import { execSync } from 'node:child_process'; import { Worker } from 'node:worker_threads'
    export const handler = async () => [execSync('echo hola').toString(), await new Promise(r => new Worker('require("node:worker_threads").parentPort.postMessage(1)', { eval: true }).on('message', r))]`
  const { value } = await bench.invoke(deploymentOf(code))
  await bench.runtime.close()
  expect(value).toEqual(['hola\n', 1])
})
