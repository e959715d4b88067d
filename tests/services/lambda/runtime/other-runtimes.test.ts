import { spawnSync } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import type { Deployment } from '../../../../src/services/lambda/runtime/runtime.ts'
import { linkTo, makeZip } from '../code/zips.ts'
import { createWorkbench, deploymentOf } from './workbench.ts'

const bench = createWorkbench()
afterAll(() => bench.runtime.close())

const hasPython = spawnSync('python3', ['--version']).status === 0
const requestId = 'c0ffee00-0000-4000-8000-000000000000'

const python = (code: string, changes: Partial<Deployment> = {}): Deployment =>
  deploymentOf({ 'app.py': code }, { runtime: 'python3.12', handler: 'app.handler', ...changes })

describe.skipIf(!hasPython)('Python functions', () => {
  it('get their event and context, and log in Lambda’s form', async () => {
    const code = `
import logging
logging.getLogger().setLevel('INFO')
def handler(event, context):
    print('hola')
    logging.info('dos\\nlíneas')
    return [event, context.function_name, context.aws_request_id, context.client_context.custom, 0 < context.get_remaining_time_in_millis() <= 5000]`
    const deployment = python(code)
    const call = { event: { a: 'ñ' }, requestId, clientContext: '{"custom":{"b":1}}' }
    const { value, logTail } = await bench.invoke(deployment, call)
    expect(value).toEqual([{ a: 'ñ' }, deployment.functionName, requestId, { b: 1 }, true])
    expect(logTail).toMatch(
      new RegExp(
        `hola\n\\[INFO\\]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t${requestId}\tdos\nlíneas\n`,
      ),
    )
  })

  it('stay warm, and have a /tmp of their own', async () => {
    const code = `
import os, pathlib, shutil, tempfile
count = 0
def handler(event, context):
    global count
    count += 1
    pathlib.Path('/tmp/a').write_text('hola')
    os.makedirs('/tmp/b/c', exist_ok=True)
    shutil.copy('/tmp/a', '/tmp/b/c/d')
    with tempfile.NamedTemporaryFile() as file: file.write(b'x')
    return [count, open('/tmp/b/c/d').read(), sorted(os.listdir('/tmp')), os.path.exists('/tmp/nada')]`
    const deployment = python(code)
    expect((await bench.invoke(deployment)).value).toEqual([1, 'hola', ['a', 'b'], false])
    expect((await bench.invoke(deployment)).value[0]).toBe(2)
  })

  const failures: [string, string, Record<string, unknown>][] = [
    [
      'raises',
      'def handler(e, c):\n  raise ValueError("mal")',
      {
        errorType: 'ValueError',
        errorMessage: 'mal',
        requestId,
        stackTrace: ['  File "/var/task/app.py", line 2, in handler\n    raise ValueError("mal")\n'],
      },
    ],
    [
      'imports what is not there',
      'import nada',
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: "Unable to import module 'app': No module named 'nada'",
      },
    ],
    ['has a syntax error', 'def handler(:', { errorType: 'Runtime.UserCodeSyntaxError' }],
    [
      'has no handler',
      'x = 1',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'handler' missing on module 'app'" },
    ],
    [
      'gives what is no JSON',
      'def handler(e, c):\n  return object()',
      {
        errorType: 'Runtime.MarshalError',
        errorMessage: 'Unable to marshal response: Object of type object is not JSON serializable',
      },
    ],
    ['exits', 'import sys\ndef handler(e, c):\n  sys.exit(1)', { errorType: 'Runtime.ExitError' }],
    [
      'kills its parent',
      'import os\ndef handler(e, c):\n  os.kill(os.getppid(), 9)',
      { errorType: 'PermissionError' },
    ],
    [
      'writes to its code',
      'def handler(e, c):\n  open("otro.txt", "w")',
      { errorType: 'OSError', errorMessage: expect.stringContaining('Read-only file system') },
    ],
    [
      'looks at other functions',
      'import os\ndef handler(e, c):\n  return os.listdir(os.environ["LAMBDA_TASK_ROOT"] + "/../..")',
      { errorType: 'PermissionError' },
    ],
  ]
  it.each(failures)('one that %s', async (_name, code, expected) => {
    const { value, functionError } = await bench.invoke(python(code), { requestId })
    expect(functionError).toBe('Unhandled')
    expect(value).toMatchObject(expected)
  })

  it('find their layers', async () => {
    const bytes = makeZip({ 'python/paquete.py': 'dato = "de la capa"' })
    const layers = [{ code: { kind: 'memory' as const, bytes, size: bytes.length }, codeSha256: 'capa' }]
    const code = 'import paquete\ndef handler(e, c):\n  return paquete.dato'
    expect((await bench.invoke(python(code, { layers }))).value).toBe('de la capa')
  })

  it('end at their time', async () => {
    const { value } = await bench.invoke(
      python('def handler(e, c):\n  while True: pass', { timeoutSeconds: 1 }),
    )
    expect(value.errorType).toBe('Sandbox.Timedout')
  })
})

/** A runtime of one's own: `answer` is what it does with each call, given `call(method, path, body)`. */
function custom(answer: string): Deployment {
  const program = `#!${process.execPath}
    const base = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2018-06-01/runtime'
    const call = async (method, path, body) => {
      const response = await fetch(base + path, { method, body, headers: { 'Lambda-Runtime-Function-Error-Type': 'Propio.Error' } })
      return { id: response.headers.get('lambda-runtime-aws-request-id'), status: response.status, text: await response.text() }
    }
    async function main() { for (;;) { const next = await call('GET', '/invocation/next'); const path = '/invocation/' + next.id; ${answer} } }
    main()`
  const bytes = makeZip({ bootstrap: { content: program, mode: 0o100755 }, atajo: linkTo('bootstrap') })
  const deployment = deploymentOf('', { runtime: 'provided.al2023', handler: 'x', timeoutSeconds: 2 })
  return { ...deployment, code: { kind: 'memory', bytes, size: bytes.length }, codeSha256: answer }
}

describe.skipIf(process.platform === 'win32')('runtimes of one’s own', () => {
  it('answer by the Runtime API', async () => {
    const { value, functionError } = await bench.invoke(
      custom('await call("POST", path + "/response", next.text)'),
      {
        event: { a: 1 },
      },
    )
    expect([value, functionError]).toEqual([{ a: 1 }, undefined])
  })

  it('tell errors', async () => {
    const document = { errorType: 'Propio.Error', errorMessage: 'mal' }
    const deployment = custom(
      `await call("POST", path + "/error", ${JSON.stringify(JSON.stringify(document))})`,
    )
    const { value, functionError } = await bench.invoke(deployment)
    expect([value, functionError]).toEqual([document, 'Unhandled'])
  })

  it('cannot answer twice, nor for another call, nor ask again before they answer', async () => {
    const deployment = custom(`
      const other = await call("POST", "/invocation/otra/response", "1")
      const again = await call("GET", "/invocation/next")
      const unknown = await call("GET", "/nada")
      await call("POST", path + "/response", JSON.stringify([other.status, JSON.parse(other.text).errorType, again.status, unknown.status]))
      const second = await call("POST", path + "/response", "2")
      console.log("segunda", second.status)`)
    expect((await bench.invoke(deployment)).value).toEqual([400, 'InvalidRequestID', 403, 404])
    expect((await bench.invoke(deployment)).value).toEqual([400, 'InvalidRequestID', 403, 404])
    expect(bench.messages().some(message => /^segunda 40[03]$/.test(message))).toBe(true)
  })

  it('that answer and never ask again are ended, and replaced', async () => {
    const deployment = custom(
      'await call("POST", path + "/response", String(process.pid)); await new Promise(r => setTimeout(r, 1e6))',
    )
    const first = (await bench.invoke(deployment)).value
    const second = (await bench.invoke(deployment)).value
    expect(first).not.toBe(second)
  })

  it('that never answer end at their time', async () => {
    const { value } = await bench.invoke(custom('await new Promise(r => setTimeout(r, 1e6))'))
    expect(value.errorType).toBe('Sandbox.Timedout')
  })

  it('without a program are told so', async () => {
    const { value } = await bench.invoke(deploymentOf({ x: '' }, { runtime: 'provided.al2023' }), {
      requestId,
    })
    expect(value).toEqual({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: `RequestId: ${requestId} Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]`,
    })
  })

  it('that may not be executed are told so', async () => {
    const { value } = await bench.invoke(deploymentOf({ bootstrap: '' }, { runtime: 'provided.al2023' }), {
      requestId,
    })
    expect(value.errorMessage).toContain('fork/exec /var/task/bootstrap: permission denied')
  })
})

it('no test above met a bug of ours', () => expect(bench.bugs).toEqual([]))
