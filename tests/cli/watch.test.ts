import { readdirSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { workspacePrefix } from '../../src/course/workspace.ts'
import { createWorkshop, type RunningCommand, repository, startCommand, type Workshop } from './workshop.ts'

const file = 'exercises/9.1-introduccion/primer-cliente.ts'
const solution = 'solutions/9.1-introduccion/primer-cliente.ts'

let workshop: Workshop
let watching: RunningCommand | undefined

beforeEach(async () => {
  workshop = await createWorkshop()
})

afterEach(async () => {
  watching?.process.kill('SIGKILL')
  await watching?.ended
  await workshop.remove()
})

function watch(env: Readonly<Record<string, string>> = {}): RunningCommand {
  watching = startCommand(['exercise', '9.1.2', 'watch'], { cwd: workshop.root, env })
  return watching
}

/** The private folders of the runs that have not ended. */
function runFolders(temporary: string): string[] {
  return readdirSync(temporary).filter(name => name.startsWith(workspacePrefix))
}

const waiting = /^esperando cambios en exercises\/9\.1-introduccion\/primer-cliente\.ts/m

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/_localstack/health`).then(
    response => response.ok,
    () => false,
  )
}

describe('watch', () => {
  test('grades again after each save, survives a syntax error, and says what is next when it is green', async () => {
    const command = watch()
    await command.waitFor(/Falta escribir crearS3/)
    await command.waitFor(waiting)

    await workshop.write(file, 'export const a = (\n')
    await command.waitFor(/no compila: .*primer-cliente\.ts:\d+/s)
    await command.waitFor(waiting)

    await workshop.write(file, await workshop.read(solution))
    await command.waitFor(/^✓ 9\.1\.2 primer-cliente +50\/50/m)
    await command.waitFor(/^→ sigue 9\.2\.1 objetos/m)
    await command.waitFor(waiting)

    command.process.kill('SIGINT')
    expect((await command.ended).exitCode).toBe(0)
    expect(command.output()).not.toMatch(/[^\P{Cc}\n]/u)
  })

  test('sees saves by polling where the system tells nothing', async () => {
    const command = watch({ TALLER_WATCH: 'poll' })
    await command.waitFor(waiting)
    await workshop.write(file, 'export const a = (\n')
    await command.waitFor(/no compila: .*primer-cliente\.ts:\d+/s)
  })

  test('a deployment is graded again when the function that it deploys is saved', async () => {
    await cp(join(repository, 'lambdas'), join(workshop.root, 'lambdas'), { recursive: true })
    watching = startCommand(['exercise', '9.3.3', 'watch'], { cwd: workshop.root })
    const inDeployment = /^esperando cambios en exercises\/9\.3-lambda-s3\/desplegar\.ts/m
    await watching.waitFor(inDeployment)
    const text = await workshop.read('lambdas/procesar-csv/index.ts')
    await workshop.write('lambdas/procesar-csv/index.ts', `${text}// guardado\n`)
    await watching.waitFor(inDeployment)
  })

  test('the cloud of a run answers until the next one, and not after the end', async () => {
    const command = watch()
    const endpoint = /--endpoint-url (http:\S+)/
    const [, first = ''] = await command.waitFor(endpoint)
    await command.waitFor(waiting)
    expect(await answers(first)).toBe(true)

    await workshop.write(file, `${await workshop.read(file)}\n`)
    const [, second = ''] = await command.waitFor(endpoint)
    await command.waitFor(waiting)
    expect(await answers(first)).toBe(false)
    expect(await answers(second)).toBe(true)

    command.process.kill('SIGTERM')
    expect((await command.ended).exitCode).toBe(0)
    expect(await answers(second)).toBe(false)
  })

  test('saving another exercise or the same text does nothing; what the exercise imports does', async () => {
    const command = watch()
    await command.waitFor(waiting)
    await workshop.write('exercises/9.1-introduccion/salud.ts', '// otra cosa\n')
    await workshop.write(file, await workshop.read(file))
    await workshop.write('exercises/9.1-introduccion/mio.ts', 'export const mio = 1\n')
    await command.waitFor(waiting)
    expect(command.output().match(/^0 de 50 puntos/gm)).toHaveLength(2)
  })

  test('a newer save takes the place of a run that hangs', async () => {
    const command = watch({ TMPDIR: workshop.root })
    await command.waitFor(waiting)
    await workshop.write(file, 'for (;;);\nexport {}\n')
    await command.waitFor(/^corrigiendo 9\.1\.2/m)
    await workshop.write(file, 'export const a = (\n')
    await command.waitFor(/no compila: .*primer-cliente\.ts:\d+/s)
    expect(command.output()).not.toMatch(/no terminó/)
    await expect.poll(() => runFolders(workshop.root), { timeout: 20_000 }).toEqual([])
  })
})
