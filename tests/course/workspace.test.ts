import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { removeLeftovers } from '../../src/course/leftovers.ts'
import { createWorkspace, ownerFile } from '../../src/course/workspace.ts'
import { repository, writeFolder } from './student-run.ts'

const source = (path: string): string => JSON.stringify(pathToFileURL(join(repository, path)).href)

/** A grader that waits for a student that never ends; prints the folder of its run and the student's process id. */
const graderScript = `
import { createServer } from 'node:net'
import { createWorkspace } from ${source('src/course/workspace.ts')}
import { createOutputLog } from ${source('src/course/student/output-log.ts')}
import { createStudent } from ${source('src/course/student/student.ts')}
import { noConnection } from ${source('tests/course/student-run.ts')}

const workspace = await createWorkspace({ repository: ${JSON.stringify(repository)} })
const student = await createStudent({
  source: { path: process.argv[2] },
  copyPath: 'exercises/a/ejercicio',
  workspace,
  connection: noConnection,
  output: createOutputLog(),
})
const claim = await student.call('pid', [])
console.log(JSON.stringify({ base: workspace.base, pid: claim.value }))
await student.call('bucle', [], { timeoutSeconds: 600 })
`

interface RunningGrader {
  readonly process: ChildProcess
  readonly base: string
  /** Of the student's process. */
  readonly pid: number
}

async function startGrader(folder: string): Promise<RunningGrader> {
  mkdirSync(join(folder, 'tmp'), { recursive: true })
  writeFileSync(join(folder, 'grader.mts'), graderScript)
  writeFileSync(
    join(folder, 'ejercicio.ts'),
    'export const pid = () => process.pid\nexport const bucle = () => {\n  for (;;);\n}\n',
  )
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    join(folder, 'grader.mts'),
    join(folder, 'ejercicio.ts'),
  ]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, TMPDIR: join(folder, 'tmp') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { process: child, ...JSON.parse(line) }
}

/** A process that nobody has waited for yet (`Z`) runs no more. */
function isRunning(pid: number): boolean {
  if (process.platform === 'linux') {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ') Z'
    return !stat.includes(') Z')
  }
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a run that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'leaves neither folder nor process after %s, and dies of it',
    async signal => {
      const { folder, remove } = writeFolder({})
      const grader = await startGrader(folder)
      expect(existsSync(grader.base)).toBe(true)
      const ended = once(grader.process, 'exit')
      grader.process.kill(signal)
      expect(await ended).toEqual([null, signal])
      expect(existsSync(grader.base)).toBe(false)
      await vi.waitFor(() => expect(isRunning(grader.pid)).toBe(false))
      remove()
    },
  )
})

describe.runIf(process.platform === 'linux')('a run that was killed', () => {
  it('is cleaned up by the next one: its folder, and the student that still runs', async () => {
    const { folder, remove } = writeFolder({})
    const temporary = realpathSync(join(folder))
    const grader = await startGrader(folder)
    const ended = once(grader.process, 'exit')
    grader.process.kill('SIGKILL')
    await ended
    expect(isRunning(grader.pid)).toBe(true)
    expect(removeLeftovers(join(temporary, 'tmp'))).toEqual([grader.base])
    expect(existsSync(grader.base)).toBe(false)
    await vi.waitFor(() => expect(isRunning(grader.pid)).toBe(false))
    remove()
  })
})

describe('leftovers', () => {
  it('are folders of ours whose owner is gone, and nothing else', () => {
    const owner = (pid: number, host = hostname()): string => JSON.stringify({ pid, host })
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    const veryLongAgo = new Date(Date.now() - 48 * 60 * 60 * 1000)
    const { folder, remove } = writeFolder({
      [`taller-corrida-vivo/${ownerFile}`]: owner(process.pid),
      [`taller-corrida-muerto/${ownerFile}`]: owner(0x7fff_fff0),
      [`taller-corrida-vecino/${ownerFile}`]: owner(0x7fff_fff0, 'otra-máquina'),
      [`taller-corrida-roto/${ownerFile}`]: '{',
      'taller-corrida-nuevo/copia/a': '',
      'taller-corrida-abandonado/copia/a': '',
      [`taller-corrida-antiguo/${ownerFile}`]: owner(process.pid),
      [`otra-cosa/${ownerFile}`]: owner(0x7fff_fff0),
      'taller-corrida-archivo': '',
      'taller-nube-2147483632-abc/cuerpo': '',
    })
    // The folder of a cloud, which looks after it itself.
    utimesSync(join(folder, 'taller-nube-2147483632-abc'), longAgo, longAgo)
    utimesSync(join(folder, 'taller-corrida-abandonado'), longAgo, longAgo)
    utimesSync(join(folder, 'taller-corrida-roto'), longAgo, longAgo)
    utimesSync(join(folder, 'taller-corrida-antiguo'), veryLongAgo, veryLongAgo)
    const removed = removeLeftovers(folder).map(path => path.slice(folder.length + 1))
    expect(removed.sort()).toEqual([
      'taller-corrida-abandonado',
      'taller-corrida-antiguo',
      'taller-corrida-muerto',
      'taller-corrida-roto',
    ])
    expect(readdirSync(folder).sort()).toEqual([
      'otra-cosa',
      'taller-corrida-archivo',
      'taller-corrida-nuevo',
      'taller-corrida-vecino',
      'taller-corrida-vivo',
      'taller-nube-2147483632-abc',
    ])
    remove()
  })
})

it('a workspace that cannot be filled is not left behind', async () => {
  const before = process.listenerCount('SIGINT')
  await expect(createWorkspace({ repository, inputs: ['datos/no-existe.csv'] })).rejects.toThrow('ENOENT')
  expect(process.listenerCount('SIGINT')).toBe(before)
})
