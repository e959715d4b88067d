import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createWorkshop, runCommand, type Workshop } from './workshop.ts'

const file = 'exercises/9.1-introduccion/salud.ts'

let workshop: Workshop

beforeEach(async () => {
  workshop = await createWorkshop()
  await runCommand(['derive'], { cwd: workshop.root })
})

afterEach(() => workshop.remove())

const run = (...words: string[]) => runCommand(words, { cwd: workshop.root })

describe('doctor', () => {
  test('says what this machine has, and ends with 0 when nothing needed is missing', async () => {
    const { exitCode, stdout } = await run('doctor')
    expect(exitCode, stdout).toBe(0)
    expect(stdout).toContain(`✓ Node         ${process.version}`)
    for (const label of ['npm', 'taller', 'escritura', 'datos', 'ejercicios']) {
      expect(stdout).toMatch(new RegExp(`^[✓·] ${label} +\\S`, 'm'))
    }
    expect(stdout).toMatch(/^✓ ejercicios +\d+ archivos, 0 con cambios tuyos$/m)
  })

  test('counts what the student changed, and asks for what is missing', async () => {
    await workshop.write(file, '// mío\n')
    expect((await run('doctor')).stdout).toMatch(/\d+ archivos, 1 con cambios tuyos$/m)
    await rm(join(workshop.root, file))
    const { exitCode, stdout } = await run('doctor')
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^✗ ejercicios +falta exercises\/9\.1-introduccion\/salud\.ts$/m)
    expect(stdout).toMatch(/^ +→ npm run exercise 9\.1\.1 reset$/m)
    expect((await run('exercise', '9.1.1', 'reset')).exitCode).toBe(0)
    expect((await run('doctor')).exitCode).toBe(0)
  })
})

describe('derive', () => {
  test('`check` finds a starter that is not its solution’s, and `derive` writes it again', async () => {
    expect((await run('derive', 'check')).exitCode).toBe(0)
    await workshop.write(file, `${await workshop.read(file)}// más\n`)
    const stale = await run('derive', 'check')
    expect(stale.exitCode).toBe(1)
    expect(stale.stdout).toContain(`✗ ${file}`)
    const written = await run('derive')
    expect(written.exitCode).toBe(0)
    expect(written.stdout).toMatch(
      /escrito exercises\/9\.1-introduccion\/salud\.ts\n {2}lo que tenías quedó en \.respaldo\//,
    )
    expect((await run('derive', 'check')).exitCode).toBe(0)
  })
})
