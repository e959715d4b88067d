import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWorkshop, runCommand, type Workshop } from './workshop.ts'

let workshop: Workshop

beforeAll(async () => {
  workshop = await createWorkshop()
})

afterAll(() => workshop.remove())

const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  runCommand(line.split(' ').filter(Boolean), { cwd: workshop.root, env })

describe('exit codes', () => {
  test.each(['', 'ayuda', '--help', 'exercise', 'exercise --help', 'grade ayuda', 'progress', 'cloud help'])(
    '0: «%s»',
    async line => {
      const { exitCode, stdout, stderr } = await run(line)
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
      expect(stdout).not.toBe('')
    },
  )

  test('1: an untouched starter, with the first failure in detail and what to do', async () => {
    const { exitCode, stdout, stderr } = await run('exercise 9.1.2 semilla 7')
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
    expect(stdout).toMatch(/nube local · semilla 7$/m)
    expect(stdout).toMatch(
      /^✗ 9\.1\.2 primer-cliente +0\/50 {3}exercises\/9\.1-introduccion\/primer-cliente\.ts:\d+$/m,
    )
    expect(stdout).toMatch(/^ {6}encontrado .*Falta escribir crearS3/m)
    expect(stdout).toMatch(/^ {2}pista 1 de 3 · \S/m)
    expect(stdout).toMatch(/^→ abre primer-cliente\.ts:\d+ y guarda: npm run exercise 9\.1\.2 watch$/m)
  })

  test('0: a reference solution shows every check passed with its points, and proves nothing about the student', async () => {
    const before = await run('progress')
    const { exitCode, stdout } = await run('exercise primer-cliente solution')
    expect(exitCode, stdout).toBe(0)
    expect(stdout).toMatch(/^✓ 9\.1\.2 primer-cliente +50\/50/m)
    expect(stdout).not.toMatch(/✗/)
    expect(stdout).toMatch(/^50 de 50 puntos/m)
    expect(await run('progress')).toEqual(before)
  })

  test.each([
    ['exercise 9.2.9', '¿Quisiste decir 9.2.1?', 'npm run exercise 9.2.1'],
    ['exercise objeto', '¿Quisiste decir objetos?', 'npm run exercise objetos'],
    ['exercise wacth 9.2.1', '¿Quisiste decir watch?', 'npm run exercise watch 9.2.1'],
    ['exercise xyzzyplugh', 'No entiendo «xyzzyplugh».', 'npm run exercise ayuda'],
    ['exercise watch hint', '«watch» y «hint» no pueden ir juntos.', 'npm run exercise ayuda'],
    ['exercise 9.1 reset', '«reset» necesita un solo ejercicio', 'npm run exercise 9.1.1 reset'],
    ['cloud port x', 'no «x»', 'npm run cloud ayuda'],
    ['progres', '¿Quisiste decir progress?', 'npm run progress'],
    ['zzzzzzzzz', 'No entiendo «zzzzzzzzz».', 'npx taller ayuda'],
  ])('2: «%s»', async (line, cause, next) => {
    const { exitCode, stdout, stderr } = await run(line)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr.split('\n')[0]).toContain(`✗ `)
    expect(stderr.replaceAll('\n  ', ' ')).toContain(cause)
    expect(stderr).toContain(`→ ${next}\n`)
    expect(stderr).not.toMatch(/^\s+at /m)
  })

  test('2: outside the workshop', async () => {
    const { exitCode, stderr } = await runCommand(['progress'], { cwd: tmpdir() })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('no está dentro del taller')
  })

  test('3: a busy port, with a way out', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    try {
      const { exitCode, stderr } = await run(`cloud port ${port}`)
      expect(exitCode).toBe(3)
      expect(stderr).toMatch(new RegExp(`^✗ El puerto ${port} está ocupado`))
      expect(stderr).toMatch(/^→ npm run cloud port \d+$/m)
      const english = await run(`cloud port ${port}`, { TALLER_LANG: 'en' })
      expect(english.exitCode).toBe(3)
      expect(english.stderr).toContain(`Port ${port} is busy`)
    } finally {
      server.close()
    }
  })

  test('3: no LocalStack where it should be', async () => {
    const { exitCode, stderr } = await run('exercise 9.1.2 localstack', {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    })
    expect(exitCode).toBe(3)
    expect(stderr).toMatch(/^✗ No responde ninguna nube en http:\/\/127\.0\.0\.1:9/)
    expect(stderr).toMatch(/^→ docker compose /m)
    const english = await run('exercise 9.1.2 localstack', {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      TALLER_LANG: 'en',
    })
    expect(english.stderr).toMatch(/^✗ No LocalStack answers at http:\/\/127\.0\.0\.1:9\.$/m)
  })

  test('4: something unforeseen, without a stack unless asked for', async () => {
    const broken = await createWorkshop()
    try {
      await mkdir(join(broken.root, '.taller', 'progreso.json'), { recursive: true })
      const quiet = await runCommand(['progress'], { cwd: broken.root })
      expect(quiet.exitCode).toBe(4)
      expect(quiet.stderr).toMatch(/^✗ Algo se rompió dentro del taller/)
      expect(quiet.stderr).toContain('TALLER_DEBUG=1')
      expect(quiet.stderr).not.toMatch(/^\s+at /m)
      const loud = await runCommand(['progress'], { cwd: broken.root, env: { TALLER_DEBUG: '1' } })
      expect(loud.exitCode).toBe(4)
      expect(loud.stderr).toMatch(/^\s+at /m)
    } finally {
      await broken.remove()
    }
  })
})

test('4: what throws where nobody waits is told like any other failure of ours', async () => {
  const trap = 'setTimeout(() => { throw new Error("una trampa") }, 300)'
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(trap)}` }
  const { exitCode, stderr } = await run('cloud port 0', env)
  expect(exitCode).toBe(4)
  expect(stderr).toMatch(/^✗ Algo se rompió dentro del taller.*\n {2}causa: una trampa\n→ /)
})

describe('language', () => {
  test('TALLER_LANG=en speaks English, and takes the same words', async () => {
    const env = { TALLER_LANG: 'en' }
    expect((await run('progress', env)).stdout).toMatch(/^module +exercise +points +state$/m)
    const unknown = await run('exercise 9.2.9', env)
    expect(unknown.exitCode).toBe(2)
    expect(unknown.stderr).toContain('Did you mean 9.2.1?')
    const failing = await run('exercise 9.1.2 seed 3', env)
    expect(failing.exitCode).toBe(1)
    expect(failing.stdout).toMatch(/local cloud · seed 3$/m)
  })
})

describe('plain output', () => {
  test('a pipe gets no control characters', async () => {
    const { stdout } = await run('exercise 9.1.2')
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u)
  })

  test('a reader that has seen enough does not change how a command ends', async () => {
    const { process: child, ended } = (await import('./workshop.ts')).startCommand(['exercise', '9.1.2'], {
      cwd: workshop.root,
    })
    child.stdout?.destroy()
    expect((await ended).exitCode).toBe(1)
  })
})
