import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Clients, clientsOf } from '../local-cloud/remembering/clients.ts'
import { createWorkshop, type RunningCommand, runCommand, startCommand, type Workshop } from './workshop.ts'

let workshop: Workshop
const running: RunningCommand[] = []
const opened: Clients[] = []

beforeEach(async () => {
  workshop = await createWorkshop()
})

afterEach(async () => {
  for (const clients of opened.splice(0)) clients.close()
  for (const { process: child, ended } of running.splice(0)) {
    child.kill('SIGKILL')
    await ended
  }
  await workshop.remove()
})

const run = (line: string, env: Readonly<Record<string, string>> = {}) =>
  runCommand(line.split(' '), { cwd: workshop.root, env })

interface RunningCloud extends Clients {
  readonly command: RunningCommand
  readonly endpoint: string
  /** What the banner says of the state. */
  readonly state: string
}

async function startCloud(line = 'cloud port 0'): Promise<RunningCloud> {
  const command = startCommand(line.split(' '), { cwd: workshop.root })
  running.push(command)
  const [, endpoint = ''] = await command.waitFor(/endpoint +(http:\/\/localhost:\d+)/)
  const [, state = ''] = await command.waitFor(/^ {2}estado +(.*)$/m)
  const clients = clientsOf(endpoint)
  opened.push(clients)
  return { ...clients, command, endpoint, state }
}

async function stop({ command }: RunningCloud, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  command.process.kill(signal)
  expect(await command.ended).toMatchObject({ exitCode: 0, stderr: '' })
}

/** Names in the workshop's own folder; empty where there is none. */
async function kept(folder = '.taller'): Promise<string[]> {
  return (await readdir(join(workshop.root, folder), { recursive: true }).catch(() => [])).sort()
}

async function fill({ s3 }: RunningCloud): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: 'datalake-curso' }))
  for (const Key of ['raw/uno.txt', 'raw/dos.txt']) {
    await s3.send(new PutObjectCommand({ Bucket: 'datalake-curso', Key, Body: `contenido de ${Key}` }))
  }
}

async function buckets({ s3 }: RunningCloud): Promise<(string | undefined)[]> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}))
  return Buckets.map(({ Name }) => Name)
}

describe('npm run cloud', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'finds again what it kept before %s, and says so',
    async signal => {
      const first = await startCloud()
      expect(first.state).toBe('.taller/nube · todavía vacío')
      await first.command.waitFor(/^ {2}Ctrl-C la apaga y nada se pierde · de cero: npm run cloud reset$/m)
      await fill(first)
      await stop(first, signal)

      const second = await startCloud()
      expect(second.state).toBe('.taller/nube · 1 bucket, 2 keys')
      const { Body } = await second.s3.send(
        new GetObjectCommand({ Bucket: 'datalake-curso', Key: 'raw/dos.txt' }),
      )
      expect(await Body?.transformToString()).toBe('contenido de raw/dos.txt')
      await stop(second)
    },
  )

  test('with «memory» it keeps nothing and writes nothing', async () => {
    const cloud = await startCloud('cloud memory port 0')
    expect(cloud.state).toBe('en memoria: nada queda al apagarla')
    await cloud.command.waitFor(/^ {2}Ctrl-C la apaga, y con ella todo lo que guarda\.$/m)
    await fill(cloud)
    await stop(cloud)
    expect(await kept()).toEqual([])
  })

  test('a second one on the same folder says who has it and the two ways out', async () => {
    const first = await startCloud()
    const { exitCode, stdout, stderr } = await run('cloud port 0')
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    const told = stderr.replaceAll('\n  ', ' ')
    expect(told).toContain(`proceso ${first.command.process.pid}, http://127.0.0.1:`)
    expect(told).toContain('usa .taller/nube. Apágala con Ctrl-C, o enciende esta sin guardar nada:')
    expect(told).toMatch(/^→ npm run cloud memory port \d+$/m)
    const english = await run('cloud', { TALLER_LANG: 'en' })
    expect(english.exitCode).toBe(3)
    expect(english.stderr.replaceAll('\n  ', ' ')).toContain(
      `Another cloud (process ${first.command.process.pid}, http://127.0.0.1:`,
    )
    expect(english.stderr).toContain('→ npm run cloud memory port 4600\n')

    const beside = await startCloud('cloud memory port 0')
    await fill(beside)
    expect(await buckets(first)).toEqual([])
  })

  test('one whose port is taken lets go of the folder', async () => {
    const beside = await startCloud('cloud memory port 0')
    expect((await run(`cloud port ${new URL(beside.endpoint).port}`)).stderr).toContain('está ocupado')
    const cloud = await startCloud()
    expect(cloud.state).toContain('.taller/nube')
  })

  test('needs the workshop to keep anything, not to run in memory', async () => {
    const outside = join(workshop.root, '..')
    const { exitCode, stderr } = await runCommand(['cloud', 'port', '0'], { cwd: outside })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('no está dentro del taller')
    const cloud = startCommand(['cloud', 'memory', 'port', '0'], { cwd: outside })
    running.push(cloud)
    await cloud.waitFor(/estado +en memoria/)
  })
})

describe('npm run cloud reset', () => {
  test('removes what was kept and nothing else', async () => {
    const cloud = await startCloud()
    await fill(cloud)
    await stop(cloud)
    await writeFile(join(workshop.root, '.taller/progreso.json'), '{"version":1,"exercises":{}}')
    const { exitCode, stdout, stderr } = await run('cloud reset')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toMatch(/^\.taller\/nube se borró \(\d+ archivos?, \S+ [kM]B\)\. .*\n→ npm run cloud\n$/)
    expect(await kept()).toEqual(['progreso.json'])
    expect((await startCloud()).state).toBe('.taller/nube · todavía vacío')
  })

  test('asks the cloud that runs on the folder, which is empty then and after the next start', async () => {
    const cloud = await startCloud()
    await fill(cloud)
    const { exitCode, stdout } = await run('cloud reset')
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: `La nube de ${cloud.endpoint.replace('localhost', '127.0.0.1')} quedó vacía. Tenía: 1 bucket, 2 keys.\n`,
    })
    expect(await buckets(cloud)).toEqual([])
    expect((await run('cloud reset', { TALLER_LANG: 'en' })).stdout).toMatch(/ was empty already\.$/m)
    await stop(cloud)
    expect((await startCloud()).state).toBe('.taller/nube · todavía vacío')
  })

  test('has nothing to do where nothing was kept', async () => {
    expect(await run('cloud reset')).toMatchObject({
      exitCode: 0,
      stdout: 'No hay nada que vaciar: .taller/nube no existe.\n→ npm run cloud\n',
    })
  })

  test('leaves a folder alone that holds something else', async () => {
    await mkdir(join(workshop.root, '.taller/nube'), { recursive: true })
    await workshop.write('.taller/nube/tesis.docx', 'mi tesis')
    const { exitCode, stderr } = await run('cloud reset')
    expect(exitCode).toBe(3)
    expect(stderr.replaceAll('\n  ', ' ')).toContain(
      'En .taller/nube hay algo que no puso la nube («tesis.docx»): no se borró nada.',
    )
    expect(await workshop.read('.taller/nube/tesis.docx')).toBe('mi tesis')
  })

  test('does not follow a link to somebody’s folder', async () => {
    await mkdir(join(workshop.root, 'mios/blobs'), { recursive: true })
    await workshop.write('mios/blobs/foto', 'una foto')
    await mkdir(join(workshop.root, '.taller'))
    await symlink(join(workshop.root, 'mios'), join(workshop.root, '.taller/nube'), 'junction')
    expect((await run('cloud reset')).exitCode).toBe(3)
    expect(await workshop.read('mios/blobs/foto')).toBe('una foto')
  })

  test('takes no port', async () => {
    const { exitCode, stderr } = await run('cloud reset port 4600')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('«reset» y «port» no pueden ir juntos.')
  })
})

test('graders have clouds of their own: they neither read nor write what npm run cloud keeps', async () => {
  const cloud = await startCloud()
  await fill(cloud)
  const read = () =>
    Promise.all(
      ['states', 'journal', 'snapshot', 'blobs'].map(async name => {
        const names = (await kept('.taller/nube')).filter(path => path.startsWith(name))
        const files = await Promise.all(
          names.map(path => readFile(join(workshop.root, '.taller/nube', path)).catch(() => path)),
        )
        return { names, files }
      }),
    )
  const before = await read()
  expect((await run('exercise 9.1.2 solution')).exitCode).toBe(0)
  expect((await run('exercise 9.2.1')).exitCode).toBe(1)
  expect((await run('grade 9.1.2')).exitCode).toBe(1)
  expect(await read()).toEqual(before)
  expect(await buckets(cloud)).toEqual(['datalake-curso'])
  await stop(cloud)
  await run('cloud reset')
  expect((await run('grade 9.1.2 solution')).exitCode).toBe(0)
  expect(await kept('.taller/nube')).toEqual([])
})

test('doctor says where the state is, how large, and who has it open', async () => {
  const line = async (): Promise<string> =>
    /^\S nube +(.*(?:\n {5,}.*)*)$/m.exec((await run('doctor')).stdout)?.[1] ?? ''
  expect(await line()).toBe('nada guardado en .taller/nube')
  const cloud = await startCloud()
  await fill(cloud)
  expect((await line()).replace(/\s+/g, ' ')).toMatch(
    new RegExp(
      `^lo guardado está en \\.taller/nube: \\d+ kB; la tiene encendida proceso ${cloud.command.process.pid}, http://127\\.0\\.0\\.1:\\d+$`,
    ),
  )
  await stop(cloud)
  expect(await line()).toMatch(/^lo guardado está en \.taller\/nube: \d+ kB$/)
})
