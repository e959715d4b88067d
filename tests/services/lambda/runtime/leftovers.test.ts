import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createWorkbench, deploymentOf } from './workbench.ts'

describe.skipIf(process.platform === 'win32')('nothing is left', () => {
  it('of a function that starts a program and outlives its time', async () => {
    const bench = createWorkbench()
    const code = `import { spawn } from 'node:child_process'
      export const handler = () => {
        const pids = [true, false].map(detached => spawn('sleep', ['1000'], { detached, stdio: 'inherit' }).pid)
        console.log('pids', ...pids)
        return new Promise(() => setTimeout(() => {}, 1e6))
      }`
    const { value } = await bench.invoke(deploymentOf(code, { timeoutSeconds: 1 }))
    expect(value.errorType).toBe('Sandbox.Timedout')
    const pids = pidsIn(bench.messages().join('\n'))
    expect(pids).toHaveLength(2)
    await bench.runtime.close()
    for (const pid of pids) await untilGone(pid)
  })

  it('of a runtime that was closed: folders, processes, ports', async () => {
    const bench = createWorkbench()
    const deployment = deploymentOf(
      'export const handler = async () => [process.pid, process.env.LAMBDA_TASK_ROOT, process.env.TMPDIR, process.env.AWS_LAMBDA_RUNTIME_API]',
    )
    const [pid, task, temporary, api] = (await bench.invoke(deployment)).value
    await bench.runtime.close()
    await untilGone(pid)
    expect([task, temporary].map(folder => existsSync(folder))).toEqual([false, false])
    await expect(fetch(`http://${api}/`)).rejects.toThrow()
  })

  it('of the folders of an environment that idled, nor of a function that was retired', async () => {
    const bench = createWorkbench()
    const code =
      'export const handler = async () => [process.env.LAMBDA_TASK_ROOT, process.env.TMPDIR, process.pid]'
    const idle = deploymentOf(code)
    const retired = deploymentOf(`${code} // otra`)
    const first = (await bench.invoke(idle)).value
    const second = (await bench.invoke(retired)).value
    await bench.runtime.retire(retired.functionArn)
    await untilGone(second[2])
    await until(() => !existsSync(second[0]) && !existsSync(second[1]))
    expect(existsSync(first[0])).toBe(true)
    await bench.advance(6 * 60_000)
    await untilGone(first[2])
    await until(() => !existsSync(first[0]) && !existsSync(first[1]))
    await bench.runtime.close()
  })

  it('of a cloud that was killed: its functions end, and the next cloud removes its folders', async () => {
    const program = fileURLToPath(new URL('./cloud-that-dies.ts', import.meta.url))
    const cloud = spawn(process.execPath, ['--import', 'tsx', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    cloud.stdout.on('data', (piece: Buffer) => {
      output += piece.toString()
    })
    await until(() => /pids .*\n/.test(output))
    const pids = pidsIn(output)
    const task = /pids \d+ \d+ (\S+)/.exec(output)?.[1] ?? ''
    expect(existsSync(task)).toBe(true)
    cloud.kill('SIGKILL')
    await once(cloud, 'exit')
    for (const pid of pids) await untilGone(pid)
    const next = createWorkbench()
    await next.invoke(deploymentOf('export const handler = async () => 1'))
    await next.runtime.close()
    expect(existsSync(join(dirname(task), '..', '..'))).toBe(false)
  })
})

function pidsIn(text: string): number[] {
  const [, first, second] = /pids (\d+) (\d+)/.exec(text) ?? []
  return [Number(first), Number(second)]
}

async function untilGone(pid: number): Promise<void> {
  expect(pid).toBeGreaterThan(1)
  await until(() => {
    try {
      process.kill(pid, 0)
      return false
    } catch {
      return true
    }
  })
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen in 20 s')
    await delay(10)
  }
}
