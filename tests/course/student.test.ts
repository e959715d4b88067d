import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Claim } from '../../src/course/lab.ts'
import { withStudent, writeFolder } from './student-run.ts'

const main = `
import { pathToFileURL } from 'node:url'
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
`

describe('what a call answers', () => {
  const source = `import { setTimeout } from 'node:timers/promises'
export const suma = (a: number, b: number): number => a + b
export const eco = async <T>(valor: T): Promise<T> => valor
export const numero = 42
export function falta(): never {
  throw new Error('Falta escribir falta')
}
export function raro(): never {
  throw { message: 'sin clase', name: 'Cosa' }
}
export async function lejos(): Promise<void> {
  await setTimeout(1)
  throw new RangeError('desde lejos')
}
export const funcion = () => () => 1
export const salir = () => process.exit(3)
export const suelta = () => {
  void Promise.reject(new Error('nadie me espera'))
  return new Promise(() => undefined)
}
export const despues = () => {
  process.nextTick(() => {
    throw new TypeError('fuera de la llamada')
  })
  return new Promise(() => undefined)
}
export const bucle = () => {
  for (;;);
}
export const nunca = () => new Promise(() => undefined)
export const memoria = () => {
  const filas: number[][] = []
  for (;;) filas.push(new Array(1000).fill(Math.random()))
}
`
  const table: readonly {
    readonly call: string
    readonly args?: readonly unknown[]
    readonly timeoutSeconds?: number
    readonly claim: Partial<
      Record<keyof Extract<Claim<unknown>, { kind: 'error' }> | 'value' | 'seconds', unknown>
    >
  }[] = [
    { call: 'suma', args: [2, 3], claim: { kind: 'value', value: 5 } },
    {
      call: 'eco',
      args: [
        { fecha: new Date(0), bytes: new Uint8Array([1, 2]), mapa: new Map([['á', 1n]]), nada: undefined },
      ],
      claim: {
        kind: 'value',
        value: {
          fecha: new Date(0),
          bytes: new Uint8Array([1, 2]),
          mapa: new Map([['á', 1n]]),
          nada: undefined,
        },
      },
    },
    { call: 'noExiste', claim: { kind: 'missing', message: 'ejercicio.ts no exporta noExiste' } },
    {
      call: 'numero',
      claim: { kind: 'missing', message: 'ejercicio.ts exporta numero, pero no es una función' },
    },
    {
      call: 'falta',
      claim: { kind: 'error', name: 'Error', message: 'Falta escribir falta', where: 'ejercicio.ts:6' },
    },
    { call: 'raro', claim: { kind: 'error', name: 'Cosa', message: 'sin clase' } },
    {
      call: 'lejos',
      claim: { kind: 'error', name: 'RangeError', message: 'desde lejos', where: 'ejercicio.ts:13' },
    },
    { call: 'funcion', claim: { kind: 'error', message: expect.stringContaining('no son datos') } },
    { call: 'salir', claim: { kind: 'crash', message: expect.stringContaining('código 3') } },
    {
      call: 'suelta',
      claim: {
        kind: 'crash',
        message: expect.stringMatching(/await.*nadie me espera/),
        where: 'ejercicio.ts:18',
      },
    },
    {
      call: 'despues',
      claim: {
        kind: 'crash',
        message: expect.stringContaining('fuera de la llamada'),
        where: 'ejercicio.ts:23',
      },
    },
    { call: 'bucle', timeoutSeconds: 1, claim: { kind: 'timeout', seconds: 1 } },
    { call: 'nunca', timeoutSeconds: 1, claim: { kind: 'timeout', seconds: 1 } },
    { call: 'memoria', claim: { kind: 'crash', message: expect.stringContaining('sin memoria') } },
  ]

  it('is a claim for whatever the code does, and the next call always finds a process', async () => {
    await withStudent({ 'ejercicio.ts': source }, async ({ student }) => {
      for (const { call, args = [], timeoutSeconds = 15, claim } of table) {
        expect(await student.call(call, args, { timeoutSeconds }), call).toMatchObject(claim)
        expect(await student.call('suma', [1, 1]), `after ${call}`).toMatchObject({ kind: 'value', value: 2 })
      }
    })
  })

  it('comes back for calls that run at the same time, each to its own', async () => {
    await withStudent({ 'ejercicio.ts': source }, async ({ student }) => {
      const claims = await Promise.all([1, 2, 3, 4].map(n => student.call('suma', [n, n])))
      expect(claims.map(claim => claim.kind === 'value' && claim.value)).toEqual([2, 4, 6, 8])
    })
  })

  it('crosses values that are larger than a pipe holds', async () => {
    await withStudent({ 'ejercicio.ts': source }, async ({ student }) => {
      const large = 'ñ'.repeat(3_000_000)
      expect(await student.call('eco', [large])).toMatchObject({ kind: 'value', value: large })
    })
  })
})

describe('a file that does not load', () => {
  const table: readonly {
    readonly name: string
    readonly source: string
    readonly message: RegExp
    readonly where?: string
  }[] = [
    {
      name: 'does not compile',
      source: 'export const a = 1\nexport function f( { return 1 }\n',
      message: /^no compila: se esperaba/,
      where: 'ejercicio.ts:2',
    },
    {
      name: 'throws at the top',
      source: "export const a = 1\nthrow new Error('arriba')\n",
      message: /al cargar ejercicio\.ts: «arriba»/,
      where: 'ejercicio.ts:2',
    },
    {
      name: 'needs a package that is not there',
      source: "import x from 'no-existe-este-paquete'\nexport const f = () => x\n",
      message: /el paquete «no-existe-este-paquete», que no está instalado/,
    },
    {
      name: 'needs an export that is not there',
      source: "import { S3Cliente } from '@aws-sdk/client-s3'\nexport const f = () => S3Cliente\n",
      message: /importa «S3Cliente», que «@aws-sdk\/client-s3» no exporta/,
    },
    {
      name: 'leaves while it loads',
      source: 'export const f = () => 1\nprocess.exit(0)\n',
      message: /terminó antes de responder, con código 0/,
    },
  ]
  it.each(table)('is a crash that says why: it $name', async ({ source, message, where }) => {
    await withStudent({ 'ejercicio.ts': source }, async ({ student }) => {
      const claim = await student.call('f', [])
      expect(claim).toMatchObject({ kind: 'crash', message: expect.stringMatching(message) })
      if (where !== undefined) expect(claim).toMatchObject({ where: expect.stringContaining(where) })
    })
  })

  it('tells a program what did not compile', async () => {
    await withStudent({ 'ejercicio.ts': 'const a = ;\n' }, async ({ student }) => {
      const result = await student.program()
      expect(result).toMatchObject({ exitCode: 1, timedOut: false })
      expect(result.compileError).toMatch(/^ejercicio\.ts:1:\d+ no compila: /)
      expect(result.stderr).toContain(result.compileError)
    })
  })
})

describe('a program', () => {
  it('runs main with arguments, the environment asked for, and no input', async () => {
    const source = `${main}
async function main(): Promise<void> {
  for await (const _ of process.stdin) throw new Error('hay entrada')
  console.log(JSON.stringify([process.argv.slice(2), process.env.BUCKET, process.env.AWS_REGION ?? null]))
  console.error('aviso')
  process.exitCode = 7
}
`
    await withStudent({ 'ejercicio.ts': source }, async ({ student, output }) => {
      const result = await student.program({
        args: ['uno', 'dos'],
        env: { BUCKET: 'b', AWS_REGION: undefined },
      })
      expect(result).toMatchObject({ exitCode: 7, stderr: 'aviso\n', timedOut: false })
      expect(JSON.parse(result.stdout)).toEqual([['uno', 'dos'], 'b', null])
      expect(output.read().text).toContain('aviso')
    })
  })

  it('does not run main when it is only called', async () => {
    const source = `${main}
async function main(): Promise<void> { console.log('main') }
export const f = () => 1
`
    await withStudent({ 'ejercicio.ts': source }, async ({ student, output }) => {
      expect(await student.call('f', [])).toMatchObject({ kind: 'value', value: 1 })
      expect(output.read().text).toBe('')
    })
  })

  it('is killed when it does not end', async () => {
    await withStudent({ 'ejercicio.ts': "console.log('sigo')\nfor (;;);\n" }, async ({ student }) => {
      const result = await student.program({ timeoutSeconds: 1 })
      expect(result).toMatchObject({ exitCode: null, timedOut: true, stdout: 'sigo\n' })
    })
  })
})

describe('the environment of the student', () => {
  const source = `export const entorno = () => ({ ...process.env })
export const zona = () => new Date(0).getHours()
export const donde = () => process.cwd()
`
  it('holds the run and nothing of the grader', async () => {
    process.env.SECRETO_DEL_CORRECTOR = 'x'
    await withStudent({ 'ejercicio.ts': source }, async ({ student, workspace }) => {
      const claim = await student.call<Record<string, string>>('entorno', [])
      if (claim.kind !== 'value') throw new Error(JSON.stringify(claim))
      expect(Object.keys(claim.value).sort()).toEqual([
        'AWS_ACCESS_KEY_ID',
        'AWS_EC2_METADATA_DISABLED',
        'AWS_ENDPOINT_URL',
        'AWS_REGION',
        'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
        'AWS_SECRET_ACCESS_KEY',
        'HOME',
        'TEMP',
        'TMP',
        'TMPDIR',
        'TZ',
      ])
      expect(await student.call('donde', [])).toMatchObject({ value: workspace.copy })
      expect(await student.call('zona', [])).toMatchObject({ value: 19 })
      expect(await student.call('zona', [], { env: { TZ: 'UTC' } })).toMatchObject({ value: 0 })
    })
    delete process.env.SECRETO_DEL_CORRECTOR
  })

  it('does not tell who its parent is', async () => {
    const files = { 'ejercicio.ts': 'export const padre = () => process.ppid\n' }
    await withStudent(files, async ({ student }) => {
      expect(await student.call('padre', [])).toMatchObject({ value: 0 })
    })
  })

  it('makes another process for another environment, and goes back to the first', async () => {
    const counter = `let veces = 0
export const contar = () => ++veces
`
    await withStudent({ 'ejercicio.ts': counter }, async ({ student }) => {
      const values: unknown[] = []
      for (const env of [{}, { A: '1' }, {}, { A: '1' }, { A: '2' }, { A: '2' }]) {
        const claim = await student.call('contar', [], { env })
        values.push(claim.kind === 'value' ? claim.value : claim)
      }
      expect(values).toEqual([1, 1, 2, 2, 1, 2])
    })
  })
})

describe('a probe', () => {
  it('uses what an export returned, in the process of the student', async () => {
    const source = "export const crear = () => ({ saluda: (quien: string) => 'hola ' + quien })\n"
    await withStudent({ 'ejercicio.ts': source }, async ({ student }) => {
      const probe = 'export default async (student, quien) => student.crear().saluda(quien)'
      expect(await student.probe(probe, ['Ana'])).toMatchObject({ kind: 'value', value: 'hola Ana' })
      const sdk = "import { S3Client } from '@aws-sdk/client-s3'\nexport default async () => typeof S3Client"
      expect(await student.probe(sdk, [])).toMatchObject({ kind: 'value', value: 'function' })
    })
  })
})

describe('what the student prints', () => {
  it('is kept to a limit, without what would steer a terminal', async () => {
    const source = `export const f = () => {
  process.stdout.write('\\u001b[2J\\u001b[31mrojo\\u001b[0m\\u0007 ñ\\r\\n')
  return new Promise(listo => process.stdout.write('x'.repeat(100_000), () => listo(1)))
}
`
    await withStudent({ 'ejercicio.ts': source }, async ({ student, output }) => {
      await student.call('f', [])
      await student.close()
      const { text, omittedBytes } = output.read()
      expect(text.startsWith('rojo ñ\nxxx')).toBe(true)
      expect(text.length).toBeLessThanOrEqual(16 * 1024)
      expect(omittedBytes).toBeGreaterThan(80_000)
    })
  })
})

describe('a machine whose folders have names of people', () => {
  it('runs the same, and finds the line', async () => {
    const { folder, remove } = writeFolder({ 'José Pérez (curso) #1/tmp/a.txt': '' })
    const before = process.env.TMPDIR
    process.env.TMPDIR = join(folder, 'José Pérez (curso) #1/tmp')
    try {
      const files = {
        'ejercicio.ts': `import { writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { lejos } from './mi lib/á.ts'
export const guarda = () => {
  writeFileSync(tmpdir() + '/x', 'dentro')
  return readFileSync('.tmp/x', 'utf8')
}
export const falla = () => lejos()
export const sale = () => readFileSync('../../../tmp/a.txt', 'utf8')
console.log('cargado')
`,
        'mi lib/á.ts': "\nexport const lejos = () => {\n  throw new Error('lejos')\n}\n",
      }
      await withStudent(files, async ({ student, folder: own }) => {
        expect(own).toContain('José Pérez (curso) #1')
        expect(await student.call('guarda', [])).toMatchObject({ value: 'dentro' })
        expect(await student.call('falla', [])).toMatchObject({ message: 'lejos', where: 'mi lib/á.ts:3' })
        expect(await student.call('sale', [])).toMatchObject({
          message: expect.stringContaining('acceso denegado'),
        })
        expect(await student.program()).toMatchObject({ exitCode: 0, stdout: 'cargado\n', stderr: '' })
      })
    } finally {
      if (before === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = before
      remove()
    }
  })
})
