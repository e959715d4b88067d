import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorkshop, repository, runCommand, type Workshop } from './workshop.ts'

let workshop: Workshop

beforeEach(async () => {
  workshop = await createWorkshop()
})

afterEach(() => workshop.remove())

function awslocal(words: readonly string[]): Promise<{ exitCode: number | null; stdout: string }> {
  const child = spawn(process.execPath, [join(repository, 'bin', 'awslocal.mjs'), ...words], {
    cwd: workshop.root,
    env: { PATH: process.env.PATH ?? '', HOME: workshop.root },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', exitCode => resolve({ exitCode, stdout }))
  })
}

test('the line that proves a failure shows the same account after the run has ended', async () => {
  expect((await awslocal(['--evidencia', 'sts', 'get-caller-identity'])).exitCode).not.toBe(0)

  const { stdout } = await runCommand(['exercise', '9.1.2'], { cwd: workshop.root })
  const account = /esperado +Cuenta: (\d{12})/.exec(stdout)?.[1]
  const command = /compruébalo npx awslocal (--evidencia .+)$/m.exec(stdout)?.[1] ?? ''
  const seen = await awslocal(command.split(' '))
  expect(seen.exitCode).toBe(0)
  expect(JSON.parse(seen.stdout)).toMatchObject({ Account: account })
})
