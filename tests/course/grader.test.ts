import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectionFor } from '../../src/course/account.ts'
import { type Check, fail, pass } from '../../src/course/check.ts'
import { claimFailure } from '../../src/course/claim.ts'
import type { RunningCloud } from '../../src/course/cloud.ts'
import { type GradeExerciseOptions, gradeExercise } from '../../src/course/grader.ts'
import type { Lab } from '../../src/course/lab.ts'
import { firstFailure, isPassed } from '../../src/course/report.ts'
import { workspacePrefix } from '../../src/course/workspace.ts'
import { check, exerciseWith, startSilentCloud } from './small-course.ts'
import { repository, writeFolder } from './student-run.ts'

let cloud: RunningCloud
beforeAll(async () => {
  cloud = await startSilentCloud()
})
afterAll(() => cloud.close())

const callsUno: Check['run'] = async lab => {
  const claim = await lab.student.call<number>('uno', [], { timeoutSeconds: 1 })
  if (claim.kind !== 'value') return claimFailure(claim, '1')
  return claim.value === 1 ? pass : fail({ expected: '1', found: String(claim.value) })
}

async function grade(checks: readonly Check[], source: string, more: Partial<GradeExerciseOptions> = {}) {
  const { folder, remove } = writeFolder({ 'ejercicio.ts': source })
  try {
    return await gradeExercise({
      ...exerciseWith(checks),
      repository,
      source: { path: join(folder, 'ejercicio.ts') },
      target: 'embedded',
      cloud,
      connection: connectionFor(cloud, 7),
      seed: 7,
      ...more,
    })
  } finally {
    remove()
  }
}

const right = 'export const uno = (): number => 1\n'

describe('the verdict of a check', () => {
  const table: readonly {
    readonly name: string
    readonly source: string
    readonly verdict: string
    readonly found?: RegExp
  }[] = [
    { name: 'right', source: right, verdict: 'pass' },
    { name: 'wrong', source: 'export const uno = (): number => 2\n', verdict: 'fail', found: /^2$/ },
    {
      name: 'missing',
      source: 'export const dos = 2\n',
      verdict: 'fail',
      found: /^ejercicio\.ts no exporta uno$/,
    },
    {
      name: 'throwing',
      source: "export const uno = (): number => {\n  throw new Error('Falta escribir uno')\n}\n",
      verdict: 'fail',
      found: /^«Falta escribir uno» \(ejercicio\.ts:2\)$/,
    },
    {
      name: 'endless',
      source: 'export const uno = (): number => {\n  for (;;);\n}\n',
      verdict: 'timeout',
      found: /^no terminó en 1 s$/,
    },
    {
      name: 'leaving',
      source: 'export const uno = () => process.exit(0)\n',
      verdict: 'crash',
      found: /código 0/,
    },
    {
      name: 'broken',
      source: 'export const uno = (\n',
      verdict: 'crash',
      found: /no compila.*\(ejercicio\.ts:\d+:\d+\)$/,
    },
  ]
  it.each(table)(
    'is $verdict for a student that is $name',
    async ({ source, verdict, found = /^undefined$/ }) => {
      const result = await grade([check('uno', callsUno)], source)
      expect(result.checks[0]?.finding.verdict).toBe(verdict)
      expect(String(result.checks[0]?.finding.found)).toMatch(found)
      expect(result.earned).toBe(verdict === 'pass' ? 1 : 0)
      expect(isPassed(result)).toBe(verdict === 'pass')
    },
  )

  it('is a bug of ours when the check throws', async () => {
    const broken = check('roto', async () => {
      throw new TypeError('se rompió')
    })
    const result = await grade([broken, check('uno', callsUno)], right)
    expect(result.checks.map(({ finding }) => finding.verdict)).toEqual(['bug', 'pass'])
    expect(result.checks[0]?.finding.found).toContain('TypeError: se rompió')
    expect(isPassed(result)).toBe(false)
  })

  it('is the environment, whatever the check says, when the cloud is gone', async () => {
    const gone = await startSilentCloud()
    await gone.close()
    const checks = [
      check('lanza', async () => {
        throw new Error('ECONNREFUSED')
      }),
      check('falla', async () => fail({ found: 'nada' })),
    ]
    const result = await grade(checks, right, { cloud: gone, connection: connectionFor(gone, 7) })
    expect(result.checks.map(({ finding }) => finding.verdict)).toEqual(['environment', 'environment'])
    expect(result.checks[0]?.finding.found).toContain(gone.endpoint)
  })

  it('is a timeout at its own deadline while the student works, else a bug', async () => {
    const waiting = check('espera', async lab => {
      await lab.student.call('nunca', [])
      return pass
    })
    const stuck = check('atascada', () => new Promise(() => undefined))
    const source = `${right}export const nunca = () => new Promise(() => undefined)\n`
    const result = await grade([waiting, stuck, check('uno', callsUno)], source, { checkSeconds: 1 })
    expect(result.checks.map(({ finding }) => finding.verdict)).toEqual(['timeout', 'bug', 'pass'])
  })

  it('ends with its deadline: what goes on after it cannot reach the student', async () => {
    let late: Promise<unknown> | undefined
    const slow = check('lenta', lab => {
      late = new Promise(resolve => setTimeout(resolve, 1500)).then(() => lab.student.call('uno', []))
      return late.then(() => pass)
    })
    const after = check('después', async () => {
      await expect(late).rejects.toThrow('the check is over')
      return pass
    })
    const result = await grade([slow, after], right, { checkSeconds: 1 })
    expect(result.checks.map(({ finding }) => finding.verdict)).toEqual(['bug', 'pass'])
  })
})

describe('the order of checks', () => {
  const passes: Check['run'] = async () => pass
  const fails: Check['run'] = async () => fail({ found: 'no' })

  it('skips what needs a check that did not pass, and says which', async () => {
    const checks = [
      check('a', passes, { points: 2 }),
      check('b', fails, { points: 3 }),
      check('c', passes, { needs: ['a', 'b'], points: 5 }),
      check('d', passes, { needs: ['c'], points: 7 }),
      check('e', passes, { needs: ['a'], points: 11 }),
    ]
    const seen: string[] = []
    const result = await grade(checks, right, { onCheck: ({ check: { id } }) => seen.push(id) })
    expect(result.checks.map(({ finding }) => finding.verdict)).toEqual([
      'pass',
      'fail',
      'skipped',
      'skipped',
      'pass',
    ])
    expect(result.checks[2]?.finding.found).toBe('espera a «comprueba b»')
    expect(result).toMatchObject({ earned: 13, possible: 28 })
    expect(firstFailure(result)?.check.id).toBe('b')
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('leaves out of the total what this cloud cannot show, and what needs it', async () => {
    const checks = [
      check('a', passes),
      check('reloj', fails, { requires: ['clock'] }),
      check('b', fails, { needs: ['reloj'] }),
    ]
    const result = await grade(checks, right)
    expect(result.checks.map(({ finding }) => finding.verdict)).toEqual([
      'pass',
      'unsupported',
      'unsupported',
    ])
    expect(result).toMatchObject({ earned: 1, possible: 1 })
    expect(isPassed(result)).toBe(true)
  })

  it('refuses an exercise without checks, and a check that needs a later one', async () => {
    await expect(grade([], right)).rejects.toThrow('no checks')
    await expect(grade([check('a', passes, { needs: ['b'] }), check('b', passes)], right)).rejects.toThrow(
      'needs b',
    )
  })
})

describe('a lab', () => {
  async function observe<Value>(
    look: (lab: Lab) => Promise<Value> | Value,
    more: Partial<GradeExerciseOptions> = {},
    id = 'mira',
  ) {
    let seen: { readonly value: Value } | undefined
    const result = await grade(
      [
        check(id, async lab => {
          seen = { value: await look(lab) }
          return pass
        }),
      ],
      right,
      more,
    )
    expect(result.checks[0]?.finding).toEqual({ verdict: 'pass' })
    return seen?.value
  }
  const draw = (lab: Lab) => [lab.random.next(), lab.random.hex(8), lab.name('taller'), lab.name('taller')]

  it('repeats names and numbers with the seed, and differs with the seed and the check', async () => {
    const first = await observe(draw)
    expect(await observe(draw)).toEqual(first)
    expect(new Set(first).size).toBe(4)
    expect(first?.[2]).toMatch(/^taller-[0-9a-f]{6}$/)
    expect(await observe(draw, { seed: 8 })).not.toEqual(first)
    expect(await observe(draw, {}, 'otra')).not.toEqual(first)
  })

  it('writes, lists and reads files where the student sees them, and nowhere else', async () => {
    await observe(async lab => {
      expect(await lab.writeFile('entrada/á b.bin', new Uint8Array([0, 255]))).toBe('entrada/á b.bin')
      await lab.writeFile('entrada/c/d.txt', 'd')
      expect(await lab.listFiles('entrada')).toEqual(['entrada/c/d.txt', 'entrada/á b.bin'])
      expect(await lab.listFiles('no-existe')).toEqual([])
      expect(await lab.readFile('entrada/á b.bin')).toEqual(Buffer.from([0, 255]))
      expect(await lab.readFile('entrada/no.txt')).toBeUndefined()
      await lab.touch('entrada/c/d.txt', new Date('2020-01-01T00:00:00Z'))
      const probe =
        "import { statSync } from 'node:fs'\nexport default async (_, file) => statSync(file).mtimeMs"
      expect(await lab.student.probe(probe, ['entrada/c/d.txt'])).toMatchObject({
        value: Date.UTC(2020, 0, 1),
      })
      for (const path of ['../fuera.txt', '/etc/hosts', 'a/../../b']) {
        await expect(lab.writeFile(path, 'x'), path).rejects.toThrow('outside')
        await expect(lab.readFile(path), path).rejects.toThrow('outside')
      }
    })
  })

  it('copies the inputs that the exercise declares', async () => {
    const inputs = ['package.json']
    const look = async (lab: Lab) => (await lab.readFile('package.json'))?.toString().includes('taller-nube')
    const source = writeFolder({ 'ejercicio.ts': right })
    let has: boolean | undefined
    const checks = [
      check('mira', async lab => {
        has = await look(lab)
        return pass
      }),
    ]
    await grade(checks, right, { ...exerciseWith(checks, { inputs }) })
    source.remove()
    expect(has).toBe(true)
  })

  it('moves the clock of a cloud that can, with its token', async () => {
    const { createServer } = await import('node:http')
    let now = 1_000
    const server = createServer((request, response) => {
      if (request.headers.authorization !== 'Bearer ficha' || request.url !== '/_taller/clock') {
        response.writeHead(403).end()
        return
      }
      let body = ''
      request.on('data', chunk => {
        body += chunk
      })
      request.on('end', () => {
        if (request.method === 'POST') now += JSON.parse(body).advanceMilliseconds
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ now }))
      })
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const endpoint = `http://127.0.0.1:${address.port}`
    const look = async ({ control }: Lab) => {
      await control?.advanceDays(2)
      return control?.now()
    }
    const withControl = (token: string): Partial<GradeExerciseOptions> => ({
      cloud: { endpoint, control: { url: `${endpoint}/_taller`, token }, close: async () => undefined },
    })
    expect(await observe(look, withControl('ficha'))).toBe(1_000 + 2 * 24 * 60 * 60 * 1000)
    const refused = await grade(
      [
        check('mira', async lab => {
          await look(lab)
          return pass
        }),
      ],
      right,
      withControl('otra'),
    )
    expect(refused.checks[0]?.finding).toMatchObject({
      verdict: 'bug',
      found: expect.stringContaining('403'),
    })
    await new Promise(resolve => server.close(resolve))
  })
})

describe('what a run leaves', () => {
  it('is nothing, and the result names the file and its hash', async () => {
    let copy = ''
    const look: Check['run'] = async lab => {
      const claim = await lab.student.probe<string>('export default async () => process.cwd()', [])
      copy = claim.kind === 'value' ? claim.value : ''
      return pass
    }
    const result = await grade([check('mira', look)], right)
    expect(copy).toContain(join(tmpdir(), workspacePrefix))
    expect(existsSync(copy)).toBe(false)
    expect(
      readdirSync(tmpdir()).filter(name => copy.includes(name) && name.startsWith(workspacePrefix)),
    ).toEqual([])
    expect(result.file).toMatch(/ejercicio\.ts$/)
    expect(result.fileHash).toMatch(/^[0-9a-f]{64}$/)
  })
})
