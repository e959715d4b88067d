import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { createWorkshop, type RunningCommand, runCommand, startCommand, type Workshop } from './workshop.ts'

const file = 'lambdas/saluda/index.ts'

let workshop: Workshop
let cloud: LocalCloud
let client: LambdaClient
let running: RunningCommand | undefined

beforeEach(async () => {
  workshop = await createWorkshop()
  await mkdir(join(workshop.root, 'lambdas/saluda/lib'), { recursive: true })
  await workshop.write(file, saluda('hola'))
  cloud = await startLocalCloud({ port: 0 })
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  client = new LambdaClient({ endpoint: cloud.url, region: 'us-east-1', credentials })
})

afterEach(async () => {
  running?.process.kill('SIGKILL')
  await running?.ended
  running = undefined
  client.destroy()
  await cloud.close()
  await workshop.remove()
})

function saluda(greeting: string): string {
  return `import { S3Client } from '@aws-sdk/client-s3'
const s3 = new S3Client({})
export const handler = async (event: { nombre: string }): Promise<string> => {
  if (event.nombre === '') throw new TypeError('sin nombre')
  console.log('${greeting}', event.nombre, typeof s3.send)
  return '${greeting} ' + event.nombre
}
`
}

function start(...words: string[]): RunningCommand {
  running = startCommand(['lambda', ...words], { cwd: workshop.root, env: environment() })
  return running
}

const environment = () => ({ AWS_ENDPOINT_URL: cloud.url })

async function call(nombre = 'Ana'): Promise<string> {
  const Payload = Buffer.from(JSON.stringify({ nombre }))
  const answer = await client.send(new InvokeCommand({ FunctionName: 'saluda', Payload }))
  return answer.Payload?.transformToString() ?? ''
}

describe('npm run lambda', () => {
  test('deploys, deploys again at each save, shows what is logged, and ends on Ctrl-C', async () => {
    const command = start('saluda')
    await command.waitFor(/^✓ saluda creada {2}zip de \d+ kB/m)
    await command.waitFor(/^esperando cambios en lambdas\/saluda · Ctrl-C para salir$/m)
    expect(await call()).toBe('"hola Ana"')
    await command.waitFor(/^\d\d:\d\d:\d\d START RequestId/m)
    await command.waitFor(/^\d\d:\d\d:\d\d .*hola Ana function$/m)
    await command.waitFor(/^\d\d:\d\d:\d\d REPORT RequestId/m)

    await workshop.write(file, saluda('adiós'))
    await command.waitFor(/^✓ saluda actualizada/m)
    expect(await call()).toBe('"adiós Ana"')
    await command.waitFor(/adiós Ana function$/m)
    expect(await call('')).toContain('sin nombre')
    await command.waitFor(/TypeError: sin nombre\n.* \(lambdas\/saluda\/index\.ts:4:\d+\)/)

    command.process.kill('SIGINT')
    expect(await command.ended).toMatchObject({ exitCode: 0, stderr: '' })
  })

  test('goes on after a file that does not compile, which it names with its line', async () => {
    const command = start('saluda')
    await command.waitFor(/^✓ saluda creada/m)
    await workshop.write('lambdas/saluda/lib/otro.ts', 'export const a = 1\n')
    await workshop.write(file, `import './lib/otro.ts'\n${saluda('otra vez')}`)
    await command.waitFor(/^✓ saluda actualizada/m)
    await workshop.write('lambdas/saluda/lib/otro.ts', 'export const a = 1\nconst b = ;\n')
    await command.waitFor(/^✗ no compila: .*\n {2}lambdas\/saluda\/lib\/otro\.ts:2:11$/m)
    await workshop.write('lambdas/saluda/lib/otro.ts', 'export const a = 2\nconsole.log(a)\n')
    await command.waitFor(/^✓ saluda actualizada/m)
    expect(await call()).toBe('"otra vez Ana"')
  })

  test('says when the cloud goes, and deploys again to the one that takes its place', async () => {
    const command = start('saluda')
    await command.waitFor(/^✓ saluda creada/m)
    await cloud.close()
    await command.waitFor(/^✗ La nube dejó de responder/m)
    cloud = await startLocalCloud({ port: cloud.port })
    await command.waitFor(/^✓ saluda creada/m)
    expect(await call()).toBe('"hola Ana"')
    command.process.kill('SIGTERM')
    expect(await command.ended).toMatchObject({ exitCode: 0, stderr: '' })
  })

  test('deploys once, the second time nothing, and says by its exit code whether it could', async () => {
    const options = { cwd: workshop.root, env: environment() }
    expect(await runCommand(['lambda', 'saluda', 'once'], options)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^✓ saluda creada .*\n$/),
      stderr: '',
    })
    expect(await runCommand(['lambda', 'lambdas/saluda/', 'una-vez'], options)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^✓ saluda ya estaba así .*\n$/),
    })
    await workshop.write(file, "import fs from '../../package.json'\nexport const handler = fs\n")
    expect(await runCommand(['lambda', 'saluda', 'once'], options)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('que está fuera de la carpeta de la función'),
    })
  })

  test('without a cloud says which command starts one', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }
    expect(await runCommand(['lambda', 'saluda'], { cwd: workshop.root, env })).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        '✗ No responde ninguna nube en http://127.0.0.1:9. Enciende una en otra terminal.\n→ npm run cloud\n',
    })
  })

  test.each([
    [
      ['lambda', 'saludo'],
      '✗ No encuentro la función «saludo». En lambdas/ están: saluda.\n→ npm run lambda saluda\n',
    ],
    [['lambda'], '✗ Falta el nombre de la función. En lambdas/ están: saluda.\n→ npm run lambda saluda\n'],
  ])('%j is answered with what there is', async (words, stderr) => {
    const options = { cwd: workshop.root, env: environment() }
    expect(await runCommand(words, options)).toEqual({ exitCode: 2, stdout: '', stderr })
  })
})
