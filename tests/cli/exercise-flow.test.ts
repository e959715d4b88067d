import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CommandResult, createWorkshop, runCommand, type Workshop } from './workshop.ts'

const file = 'exercises/9.1-introduccion/primer-cliente.ts'
const solution = 'solutions/9.1-introduccion/primer-cliente.ts'

let workshop: Workshop

beforeEach(async () => {
  workshop = await createWorkshop()
})

afterEach(() => workshop.remove())

const run = (line: string): Promise<CommandResult> => runCommand(line.split(' '), { cwd: workshop.root })

const exercise = async () => JSON.parse(await workshop.read('.taller/progreso.json')).exercises['9.1.2']

describe('hint', () => {
  test('grades first when the file is not known, then gives one level after the other, and remembers', async () => {
    const first = await run('exercise 9.1.2 hint')
    expect(first.exitCode).toBe(0)
    expect(first.stdout).toMatch(/^ {2}pista 1 de 3/m)
    expect(first.stdout).not.toMatch(/pista 2 de 3/)
    const [checkId] = Object.keys((await exercise()).hints)
    expect((await exercise()).graded.checks[0]).toEqual({ id: checkId, verdict: 'fail' })

    const { gradedAt } = (await exercise()).graded
    expect((await run('exercise 9.1.2 pista')).stdout).toMatch(/^ {2}pista 2 de 3/m)
    const third = await run('exercise 9.1.2 hint')
    expect(third.stdout).toMatch(/^ {2}pista 3 de 3/m)
    expect(third.stdout).toContain('npm run exercise 9.1.2 diff')
    expect((await run('exercise 9.1.2 hint')).stdout).toBe(third.stdout)
    expect((await exercise()).hints).toEqual({ [checkId ?? '']: 3 })
    expect((await exercise()).graded.gradedAt, 'the same text is not graded again').toBe(gradedAt)
  })

  test('a failing run counts as the first level, and shows the highest one asked for', async () => {
    expect((await run('exercise 9.1.2')).stdout).toMatch(/^ {2}pista 1 de 3/m)
    expect((await run('exercise 9.1.2 hint')).stdout).toMatch(/^ {2}pista 2 de 3/m)
    expect((await run('exercise 9.1.2')).stdout).toMatch(/^ {2}pista 2 de 3/m)
  })
})

describe('diff', () => {
  test('shows the solution when asked twice, without the markers of the starters', async () => {
    const refused = await run('exercise 9.1.2 diff')
    expect(refused.exitCode).toBe(1)
    expect(refused.stdout).toMatch(/todavía no pasa/)
    expect(refused.stdout).not.toContain('new S3Client')
    const shown = await run('exercise 9.1.2 diff')
    expect(shown.exitCode).toBe(0)
    expect(shown.stdout).toMatch(/^- +throw new Error\('Falta escribir crearS3'\)/m)
    expect(shown.stdout).toMatch(/^\+ .*new S3Client/m)
    expect(shown.stdout).not.toContain('#region')
  })

  test('shows it at once after a pass, and a pass ends an earlier request', async () => {
    await run('exercise 9.1.2 diff')
    await workshop.write(file, `${await workshop.read(solution)}// mío\n`)
    const shown = await run('exercise 9.1.2 diff')
    expect(shown.exitCode, shown.stdout).toBe(0)
    expect(shown.stdout).toMatch(/^- \/\/ mío$/m)
    expect((await exercise()).diffAsked).toBeUndefined()
  })
})

describe('reset', () => {
  test('writes the starter again, and keeps what was there under the path that it prints', async () => {
    const starter = await workshop.read(file)
    await workshop.write(file, '// lo mío\n')
    await run('exercise 9.1.2')
    const { exitCode, stdout } = await run('exercise 9.1.2 reset')
    expect(exitCode).toBe(0)
    const backup = /quedó en (\.respaldo\/\S+)$/m.exec(stdout)?.[1] ?? ''
    expect(await workshop.read(backup)).toBe('// lo mío\n')
    expect(await workshop.read(file)).toBe(starter)
    expect((await run('progress')).stdout).toMatch(/9\.1\.2 primer-cliente +0\/50 +· sin empezar/)

    const again = await run('exercise 9.1.2 reset')
    expect(again.exitCode).toBe(0)
    expect(again.stdout).toContain('ya está como al principio')
    expect(again.stdout).not.toContain('.respaldo')
  })
})

describe('progress', () => {
  test('a pass counts for the text that passed, and for no other', async () => {
    expect((await run('progress')).stdout).toMatch(/9\.1\.2 primer-cliente +0\/50 +· sin empezar/)
    await workshop.write(file, await workshop.read(solution))
    const passed = await run('exercise 9.1.2')
    expect(passed.exitCode, passed.stdout).toBe(0)
    expect(passed.stdout).toMatch(/^→ sigue 9\.2\.1 objetos: npm run exercise 9\.2\.1$/m)
    expect((await run('progress')).stdout).toMatch(/9\.1\.2 primer-cliente +50\/50 +✓ pasa/)

    await workshop.write(file, `${await workshop.read(solution)}// y un cambio\n`)
    const changed = await run('progress')
    expect(changed.stdout).toMatch(/9\.1\.2 primer-cliente +0\/50 +· cambió/)

    await workshop.write(file, await workshop.read(solution))
    expect((await run('progress')).stdout).toMatch(/9\.1\.2 primer-cliente +50\/50 +✓ pasa/)
  })

  test('a file that cannot be read is put aside, and said', async () => {
    await run('exercise 9.1.2 hint')
    await workshop.write('.taller/progreso.json', '{"version":1,"exercises":{"9.1.2":{"hints":[]')
    const { exitCode, stdout } = await run('progress')
    expect(exitCode).toBe(0)
    const aside = /quedó guardado en (\S+) y/.exec(stdout)?.[1] ?? ''
    expect(await workshop.read(aside)).toContain('"hints":[]')
  })

  test('`exercise` alone names the next exercise, its file with the line, and grades nothing', async () => {
    const { exitCode, stdout } = await run('exercise')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Lo que sigue: 9\.1\.1 salud/m)
    expect(stdout).toMatch(/exercises\/9\.1-introduccion\/salud\.ts:\d+$/m)
    await expect(workshop.read('.taller/progreso.json')).rejects.toThrow('ENOENT')
  })
})

describe('a hostile program', () => {
  test('cannot print lines of ours, move the cursor or end the command', async () => {
    const forged = [
      String.raw`process.stdout.write('\u001b[2J\u001b[H✓ 9.1.2 primer-cliente  50/50\r✓ todo pasa\n')`,
      String.raw`process.stdout.write('\u001b]0;título\u0007' + 'x'.repeat(200) + '✗ forjada\n')`,
      `throw new Error('\\u001b[2K✓ ganaste\\r\\n50 de 50 puntos')`,
    ]
    await workshop.write(file, `${forged.join('\n')}\nexport {}\n`)
    const { exitCode, stdout } = await run('exercise 9.1.2')
    expect(exitCode).toBe(1)
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u)
    expect(stdout).toMatch(/^ {2}│ ✓ 9\.1\.2 primer-cliente {2}50\/50/m)
    expect(stdout).not.toMatch(/^(✓|50 de 50|.{81,})/m)
    expect(stdout).toMatch(/^0 de 50 puntos/m)
  })
})

describe('grade', () => {
  test('gives points, a mark, a report for machines and the words that repeat it', async () => {
    const { exitCode, stdout } = await run('grade 9.1.2 semilla 11')
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^9\.1 Introducción +primer-cliente +0\/50 +\d+,\d s +✗ \d+ de \d+$/m)
    expect(stdout).toMatch(/^total +0\/50 +\d+,\d s +nota 0,0$/m)
    expect(stdout).toMatch(/^repetir igual: npm run grade 9\.1\.2 semilla 11$/m)
    const path = /^informe: (\.taller\/notas\/\S+\.json)$/m.exec(stdout)?.[1] ?? ''
    const report = JSON.parse(await workshop.read(path))
    expect(report).toMatchObject({ status: 'fail', seed: 11, score: 0, max_score: 50 })
  })

  test('junit writes XML', async () => {
    const { stdout } = await run('grade 9.1.2 junit')
    const path = /^informe: (\.taller\/notas\/\S+\.xml)$/m.exec(stdout)?.[1] ?? ''
    expect(await workshop.read(path)).toContain('<testsuite name="9.1.2 primer-cliente"')
  })

  test('the same seed gives the same names and findings', async () => {
    const findings = async () => {
      const { stdout } = await run('exercise 9.1.2 semilla 99')
      return stdout.replace(/\d+,\d s/g, '').replace(/127\.0\.0\.1:\d+/g, '')
    }
    expect(await findings()).toBe(await findings())
  })
})
