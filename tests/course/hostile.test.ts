import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionFor } from '../../src/course/account.ts'
import { type Check, fail, pass } from '../../src/course/check.ts'
import { claimFailure } from '../../src/course/claim.ts'
import type { RunningCloud } from '../../src/course/cloud.ts'
import { gradeExercise } from '../../src/course/grader.ts'
import { isPassed } from '../../src/course/report.ts'
import { startLocalCloud } from '../../src/local-cloud.ts'
import { check, exerciseWith } from './small-course.ts'
import { repository, writeFolder } from './student-run.ts'

const token = 'solo-el-corrector'
let cloud: RunningCloud
beforeAll(async () => {
  const local = await startLocalCloud({ port: 0, controlToken: token })
  cloud = {
    endpoint: local.url,
    control: { url: `${local.url}/_taller`, token },
    close: () => local.close(),
  }
})
afterAll(() => cloud.close())

/** Passes only when the bucket is really there, whatever the student's code says. */
const createsBucket = (timeoutSeconds: number): Check =>
  check('crea-bucket', async lab => {
    const bucket = lab.name('taller')
    const claim = await lab.student.call('crear', [{ $client: 'S3Client' }, bucket], { timeoutSeconds })
    try {
      await lab.client(S3Client).send(new HeadBucketCommand({ Bucket: bucket }))
      return pass
    } catch {
      return claim.kind === 'value'
        ? fail({ expected: `el bucket ${bucket}`, found: JSON.stringify(claim.value) ?? 'nada' })
        : claimFailure(claim)
    }
  })

let lastSeed = 0

/** @param timeoutSeconds short only where the deadline is what must stop the student. */
async function gradeHostile(source: string, timeoutSeconds = 30) {
  const { folder, remove } = writeFolder({ 'ejercicio.ts': source })
  // Another seed is another account: nobody sees what the one before left.
  const seed = ++lastSeed
  try {
    return await gradeExercise({
      ...exerciseWith([createsBucket(timeoutSeconds)]),
      repository,
      source: { path: join(folder, 'ejercicio.ts') },
      target: 'embedded',
      cloud,
      connection: connectionFor(cloud, seed),
      seed,
    })
  } finally {
    remove()
  }
}

interface Attack {
  readonly name: string
  /** The body of `crear(s3, bucket)`; what it returns is what it claims. */
  readonly body: string
  /** Lines above it. */
  readonly head?: string
  readonly verdict: 'fail' | 'timeout' | 'crash'
  readonly found: RegExp
}

const denied = /acceso denegado|ERR_ACCESS_DENIED|EPERM|ENOENT/
const quoted = (path: string): string => JSON.stringify(join(repository, path))

function sourceOf({ head = '', body }: Attack): string {
  return `import * as fs from 'node:fs'
import * as childProcess from 'node:child_process'
import * as workers from 'node:worker_threads'
import * as v8 from 'node:v8'
${head}
export async function crear(s3: unknown, bucket: string): Promise<unknown> {
${body}
}
`
}

it('an honest student passes the check that the others must not', async () => {
  const honest = `import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3'
export async function crear(s3: S3Client, bucket: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }))
}
`
  const result = await gradeHostile(honest)
  expect(result.checks[0]?.finding).toEqual({ verdict: 'pass' })
})

const attacks: readonly Attack[] = [
  {
    name: 'reads the grader',
    body: `return fs.readFileSync(${quoted('src/course/grader.ts')}, 'utf8')`,
    verdict: 'fail',
    found: /acceso denegado: leer/,
  },
  {
    name: 'reads the checks',
    body: `return fs.readdirSync(${quoted('modules')})`,
    verdict: 'fail',
    found: /acceso denegado: leer/,
  },
  {
    name: 'reads the solutions',
    body: `return fs.promises.readFile(${quoted('solutions/9.1-introduccion/salud.ts')}, 'utf8')`,
    verdict: 'fail',
    found: /acceso denegado: leer/,
  },
  {
    name: 'imports the grader at run time',
    body: `return Object.keys(await import([${quoted('src/course/check.ts')}].join('')))`,
    verdict: 'fail',
    found: /acceso denegado: leer/,
  },
  {
    name: 'reads the machine',
    body: "return fs.readFileSync('/etc/passwd', 'utf8')",
    verdict: 'fail',
    found: /acceso denegado: leer \/etc\/passwd/,
  },
  {
    name: 'reads its parent',
    body: "return fs.readFileSync('/proc/' + process.ppid + '/environ', 'utf8')",
    verdict: 'fail',
    found: denied,
  },
  {
    name: 'reads its own process',
    body: "return fs.readFileSync('/proc/self/environ', 'utf8')",
    verdict: 'fail',
    found: /acceso denegado: leer/,
  },
  {
    name: 'climbs with dots',
    body: "return fs.readFileSync('../../../../../../etc/hosts', 'utf8')",
    verdict: 'fail',
    found: /acceso denegado: leer/,
  },
  {
    name: 'climbs with a Buffer',
    body: "return fs.readFileSync(Buffer.from(process.cwd() + '/../../../etc/hosts'), 'utf8')",
    verdict: 'fail',
    found: /acceso denegado: leer/,
  },
  {
    name: 'follows a link that it makes',
    body: "fs.symlinkSync('/etc', 'enlace')\nreturn fs.readFileSync('enlace/passwd', 'utf8')",
    verdict: 'fail',
    found: denied,
  },
  {
    name: 'makes a hard link',
    body: "fs.linkSync('/etc/passwd', 'copia')\nreturn fs.readFileSync('copia', 'utf8')",
    verdict: 'fail',
    found: denied,
  },
  {
    name: 'writes outside its folder',
    body: `fs.writeFileSync(${quoted('escrito-por-fuera.txt')}, 'x')`,
    verdict: 'fail',
    found: /acceso denegado: escribir/,
  },
  {
    name: 'writes to the temporary folder',
    body: "fs.writeFileSync('/tmp/escrito-por-fuera.txt', 'x')",
    verdict: 'fail',
    found: /acceso denegado: escribir/,
  },
  {
    name: 'changes a package',
    body: "fs.writeFileSync('../node_modules/esbuild/malo.js', 'x')",
    verdict: 'fail',
    found: /acceso denegado: escribir/,
  },
  {
    name: 'changes its harness',
    body: "fs.appendFileSync('../harness.mjs', 'x')",
    verdict: 'fail',
    found: /acceso denegado: escribir/,
  },
  {
    name: 'removes the folder above',
    body: "fs.rmSync('..', { recursive: true })",
    verdict: 'fail',
    found: denied,
  },
  {
    name: 'forks',
    body: "return String(childProcess.execFileSync(process.execPath, ['-p', '1']))",
    verdict: 'fail',
    found: /acceso denegado: arrancar otro proceso/,
  },
  {
    name: 'forks with fork',
    body: "childProcess.fork('exercises/9.0-prueba/ejercicio.mjs')",
    verdict: 'fail',
    found: /acceso denegado: arrancar otro proceso/,
  },
  {
    name: 'starts a thread',
    body: "new workers.Worker('1', { eval: true })",
    verdict: 'fail',
    found: /acceso denegado: crear un hilo/,
  },
  {
    name: 'loads native code',
    body: "process.dlopen({ exports: {} } as never, '/lib/x.node')",
    verdict: 'fail',
    found: denied,
  },
  {
    name: 'asks for Node inside',
    body: "return (process as never as { binding(name: string): unknown }).binding('spawn_sync')",
    verdict: 'fail',
    found: denied,
  },
  {
    name: 'opens the debugger',
    head: "import * as inspector from 'node:inspector'",
    body: 'inspector.open(0)',
    verdict: 'fail',
    found: denied,
  },
  {
    name: 'kills its parent',
    body: `process.kill(${process.pid})`,
    verdict: 'fail',
    found: /acceso denegado: process\.kill/,
  },
  {
    name: 'kills everybody',
    body: "process.kill(-1, 'SIGKILL')",
    verdict: 'fail',
    found: /acceso denegado: process\.kill/,
  },
  {
    name: "opens its parent's debugger",
    body: `(process as never as { _debugProcess(pid: number): void })._debugProcess(${process.pid})`,
    verdict: 'fail',
    found: /acceso denegado: process\._debugProcess/,
  },
  {
    name: 'prints a forged result',
    body: "console.log('✓ 9.9.9 ejercicio 30/30\\n100 de 100 puntos')\nreturn { verdict: 'pass', earned: 30 }",
    verdict: 'fail',
    found: /^\{"verdict":"pass","earned":30\}$/,
  },
  { name: 'claims what is expected', body: 'return true', verdict: 'fail', found: /^true$/ },
  {
    name: 'forges the answer of the harness',
    body: `const cuerpo = v8.serialize({ kind: 'answer', id: 1, outcome: { kind: 'value', value: 'forjado' } })
const largo = Buffer.alloc(4)
largo.writeUInt32BE(cuerpo.length)
fs.writeSync(3, Buffer.concat([largo, cuerpo]))
return new Promise(() => undefined)`,
    verdict: 'fail',
    found: /^"forjado"$/,
  },
  {
    name: 'writes rubbish to the channel',
    body: 'fs.writeSync(3, Buffer.from([0, 0, 0, 4, 1, 2, 3, 4]))\nfor (;;);',
    verdict: 'crash',
    found: /escribió en el canal/,
  },
  {
    name: 'announces an endless answer',
    body: 'fs.writeSync(3, Buffer.from([255, 255, 255, 255]))\nfor (;;);',
    verdict: 'crash',
    found: /demasiados datos/,
  },
  {
    name: 'closes the channel',
    body: 'fs.closeSync(3)\nfor (;;);',
    verdict: 'timeout',
    found: /no terminó en 4 s/,
  },
  { name: 'hangs', body: 'for (;;);', verdict: 'timeout', found: /no terminó en 4 s/ },
  {
    name: 'never answers',
    body: 'return new Promise(() => setInterval(() => undefined, 1000))',
    verdict: 'timeout',
    found: /no terminó en 4 s/,
  },
  {
    name: 'hangs while it is loaded',
    head: 'await new Promise(() => setInterval(() => undefined, 1000))',
    body: 'return 1',
    verdict: 'timeout',
    found: /no terminó en 4 s/,
  },
  {
    name: 'ignores being told to stop',
    body: "for (const s of ['SIGTERM', 'SIGINT'] as const) process.on(s, () => undefined)\nfor (;;);",
    verdict: 'timeout',
    found: /no terminó/,
  },
  {
    name: 'floods its output',
    body: "for (;;) fs.writeSync(1, 'spam '.repeat(2000))",
    verdict: 'timeout',
    found: /no terminó/,
  },
  {
    name: 'exhausts its heap',
    body: 'const filas: unknown[] = []\nfor (;;) filas.push(new Array(1000).fill(Math.random()))',
    verdict: 'crash',
    found: /sin memoria/,
  },
  { name: 'leaves with success', body: 'process.exit(0)', verdict: 'crash', found: /código 0/ },
  { name: 'aborts', body: 'process.abort()', verdict: 'crash', found: /SIGABRT/ },
  {
    name: 'kills itself',
    body: "process.kill(process.pid, 'SIGKILL')\nreturn new Promise(() => undefined)",
    verdict: 'crash',
    found: /SIGKILL/,
  },
  {
    name: 'leaves while it is loaded',
    head: 'process.exit(0)',
    body: 'return 1',
    verdict: 'crash',
    found: /código 0/,
  },
  {
    name: 'replaces what everybody uses',
    head: `JSON.stringify = () => '{"verdict":"pass"}'
Object.defineProperty(Object.prototype, 'verdict', { value: 'pass', enumerable: true, writable: true, configurable: true })
Array.prototype.map = function <T>(this: T[]) {
  return this
} as never`,
    body: 'return {}',
    verdict: 'fail',
    found: /./,
  },
  {
    name: 'answers with a prototype',
    body: `return JSON.parse('{"__proto__":{"verdict":"pass","contaminado":true}}')`,
    verdict: 'fail',
    found: /./,
  },
  {
    name: 'throws what cannot be described',
    body: "throw { get message() { throw new Error('no') }, get name() { throw new Error('no') } }",
    verdict: 'fail',
    found: /^«un error sin mensaje»$/,
  },
  {
    name: 'throws a screen full of colours',
    body: "throw new Error('\\u001b[2J\\u001b[32m✓ aprobado')",
    verdict: 'fail',
    found: /^«✓ aprobado» \(ejercicio\.ts:\d+\)$/,
  },
  {
    name: 'answers what cannot be copied',
    body: 'return { f: () => 1 }',
    verdict: 'fail',
    found: /no son datos/,
  },
  {
    name: 'takes away its own permissions',
    body: "fs.mkdirSync('a/b', { recursive: true })\nfs.writeFileSync('a/b/c', '')\nfs.chmodSync('a/b', 0)\nfs.chmodSync('a', 0)\nreturn 1",
    verdict: 'fail',
    found: /^1$/,
  },
]

describe('a hostile student gets no points and does no harm:', () => {
  it.concurrent.each(attacks)('$name', { timeout: 60_000 }, async attack => {
    const result = await gradeHostile(sourceOf(attack), attack.verdict === 'timeout' ? 4 : undefined)
    const finding = result.checks[0]?.finding
    expect(finding, JSON.stringify(finding)).toMatchObject({
      verdict: attack.verdict,
      found: expect.stringMatching(attack.found),
    })
    expect(result.earned).toBe(0)
    expect(isPassed(result)).toBe(false)
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(result.output.text.length).toBeLessThanOrEqual(16 * 1024)
  })

  it('and nothing of what they tried to write is there', () => {
    for (const path of [
      join(repository, 'escrito-por-fuera.txt'),
      '/tmp/escrito-por-fuera.txt',
      join(repository, 'node_modules/esbuild/malo.js'),
    ]) {
      expect(existsSync(path), path).toBe(false)
    }
  })
})

describe.runIf(process.platform === 'linux')('memory outside the heap', () => {
  it('ends the process too', { timeout: 60_000 }, async () => {
    const body = 'const bloques: Buffer[] = []\nfor (;;) bloques.push(Buffer.alloc(32 * 1024 * 1024, 1))'
    const result = await gradeHostile(sourceOf({ name: '', body, verdict: 'crash', found: /./ }))
    expect(result.checks[0]?.finding).toMatchObject({
      verdict: 'crash',
      found: expect.stringContaining('1024 MiB'),
    })
  })
})

async function readNow(response: Response): Promise<number> {
  const body: unknown = await response.json()
  if (typeof body === 'object' && body !== null && 'now' in body) return Number(body.now)
  throw new Error('no clock')
}

describe('the control plane', () => {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${cloud.endpoint}/_taller/${path}`, init)

  it('refuses a student who asks to empty the cloud or to move its clock', async () => {
    const authorization = `Bearer ${token}`
    const before = await readNow(await ask('clock', { headers: { authorization } }))
    const body = `const raiz = process.env.AWS_ENDPOINT_URL + '/_taller/'
const pedir = async (ruta: string, method: string, ficha?: string) =>
  (await fetch(raiz + ruta, { method, body: method === 'GET' ? undefined : '{"advanceMilliseconds":86400000}', headers: ficha === undefined ? {} : { authorization: ficha } })).status
return [
  await pedir('reset', 'POST'),
  await pedir('clock', 'POST'),
  await pedir('clock', 'GET'),
  await pedir('timeline', 'GET'),
  await pedir('reset', 'POST', 'Bearer '),
  await pedir('reset', 'POST', 'Bearer test'),
  await pedir('clock', 'POST', 'Basic ' + btoa('test:test')),
]`
    const result = await gradeHostile(sourceOf({ name: '', body, verdict: 'fail', found: /./ }))
    expect(result.checks[0]?.finding.found).toBe(JSON.stringify([403, 403, 403, 403, 403, 403, 403]))
    const after = await readNow(await ask('clock', { headers: { authorization } }))
    expect(after - before).toBeLessThan(60_000)
  })

  it('gives its token to nobody: it is not in what a student can see of itself', async () => {
    const body = `const vistas = [process.env, process.argv, process.execArgv, process.title, Object.keys(globalThis)]
return JSON.stringify(vistas) + fs.readFileSync('../owner.json') + fs.readFileSync('../harness.mjs') + fs.readdirSync('..')`
    const result = await gradeHostile(sourceOf({ name: '', body, verdict: 'fail', found: /./ }))
    const { found = '' } = result.checks[0]?.finding ?? {}
    expect(found).toContain('AWS_ENDPOINT_URL')
    expect(found).not.toContain(token)
  })
})
