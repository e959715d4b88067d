import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { workspacePrefix } from '../../src/course/workspace.ts'
import { createWorkshop, startCommand, type Workshop } from './workshop.ts'

let workshop: Workshop

beforeEach(async () => {
  workshop = await createWorkshop()
})

afterEach(() => workshop.remove())

/** How many processes run below a folder: their command lines name it. */
function countProcesses(folder: string): number {
  const table = execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' })
  return table.split('\n').filter(line => line.includes(`${folder}/${workspacePrefix}`)).length
}

const isWindows = process.platform === 'win32'

test.skipIf(isWindows).each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a run whose student hangs, with everything that it started',
  async signal => {
    const { root } = workshop
    await workshop.write('exercises/9.1-introduccion/primer-cliente.ts', 'for (;;);\nexport {}\n')
    const command = startCommand(['exercise', '9.1.2'], { cwd: root, env: { TMPDIR: root } })
    await expect.poll(() => countProcesses(root), { timeout: 20_000 }).toBeGreaterThan(0)
    command.process.kill(signal)
    expect(await command.ended).toEqual({ exitCode: 1, stdout: '', stderr: 'Interrumpido.\n' })
    await expect.poll(() => countProcesses(root)).toBe(0)
    expect(readdirSync(root).filter(name => name.startsWith(workspacePrefix))).toEqual([])
    expect(existsSync(join(root, '.taller', 'progreso.json'))).toBe(false)
  },
)
