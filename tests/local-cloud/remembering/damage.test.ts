import { readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../../cli/workshop.ts'
import type { Clients } from './clients.ts'
import { useCloudFolder } from './cloud-process.ts'

const folder = useCloudFolder()
const Bucket = 'datalake-curso'

/** The journal that is in use, absolute. */
async function journal(): Promise<string> {
  const [last = 'none'] = (await folder.files()).filter(path => /^journal\.\d+$/.test(path)).slice(-1)
  return join(folder.path, last)
}

/** Fills a cloud and kills it; gives the journal's length before and after the last object, in bytes. */
async function fillAndKill(): Promise<{ readonly before: number; readonly after: number }> {
  const cloud = await folder.start()
  await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['uno', 'dos', 'tres']) {
    await cloud.s3.send(new PutObjectCommand({ Bucket, Key, Body: `contenido de ${Key}` }))
  }
  const before = (await stat(await journal())).size
  await cloud.s3.send(new PutObjectCommand({ Bucket, Key: 'último', Body: 'el que se corta' }))
  await cloud.kill()
  return { before, after: (await stat(await journal())).size }
}

/** The lock is the killed cloud's, and the next one takes it over. */
function isNoLock(path: string): boolean {
  return path !== 'lock'
}

async function flipByte(path: string, position: number): Promise<void> {
  const bytes = await readFile(path)
  bytes.writeUInt8(bytes.readUInt8(position) ^ 0x40, position)
  await writeFile(path, bytes)
}

async function keysOf({ s3 }: Clients): Promise<(string | undefined)[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
  return Contents.map(({ Key }) => Key)
}

describe('an unfinished end', () => {
  test.each([
    ['cut in its first byte', 1],
    ['cut in the middle', 0.5],
    ['without its last byte', -1],
  ])('%s is cut away, said once, and everything before it is there', async (_name, place) => {
    const { before, after } = await fillAndKill()
    expect(after).toBeGreaterThan(before)
    const middle = before + Math.floor((after - before) / 2)
    const end = place === 0.5 ? middle : place < 0 ? after + place : before + place
    await truncate(await journal(), end)
    const cloud = await folder.start()
    await cloud.command.waitFor(
      new RegExp(
        `^ {2}reparado +se quitó un final a medias \\(${end - before} bytes\\) que nadie dio por hecho$`,
        'm',
      ),
    )
    expect(await keysOf(cloud)).toEqual(['dos', 'tres', 'uno'])
    await cloud.s3.send(new PutObjectCommand({ Bucket, Key: 'otro', Body: 'sigue' }))
    await cloud.kill()

    const next = await folder.start()
    expect(next.command.output()).not.toContain('reparado')
    expect(await keysOf(next)).toEqual(['dos', 'otro', 'tres', 'uno'])
  })

  test('with a byte that is another one counts as unfinished', async () => {
    const { before, after } = await fillAndKill()
    await flipByte(await journal(), Math.floor((before + after) / 2))
    const cloud = await folder.start()
    await cloud.command.waitFor(new RegExp(`reparado .*\\(${after - before} bytes\\)`))
    expect(await keysOf(cloud)).toEqual(['dos', 'tres', 'uno'])
    const { Body } = await cloud.s3.send(new GetObjectCommand({ Bucket, Key: 'tres' }))
    expect(await Body?.transformToString()).toBe('contenido de tres')
  })
})

describe('a folder that cannot be read', () => {
  const run = (env: Readonly<Record<string, string>> = {}) =>
    runCommand(['cloud', 'port', '0'], { cwd: folder.workshop.root, env })

  test('damaged before its end: nothing is started, nothing deleted, and the folder can be put aside', async () => {
    const { before } = await fillAndKill()
    const path = await journal()
    await flipByte(path, before - 20)
    const damaged = await readFile(path)
    const files = (await folder.files()).filter(isNoLock)

    const { exitCode, stdout, stderr } = await run()
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr.replaceAll('\n  ', ' ')).toMatch(/^✗ .*journal\.\d+ está dañado: .* No se ha tocado nada\./)
    expect(stderr).toMatch(/^→ mv \.taller\/nube \.taller\/nube\.\S+$/m)
    expect((await run({ TALLER_LANG: 'en' })).stderr).toMatch(/^✗ .*journal\.\d+ is damaged\. Nothing/)
    expect((await folder.files()).filter(isNoLock)).toEqual(files)
    expect(await readFile(path)).toEqual(damaged)
    // Whoever does not want to put it aside has another cloud at once.
    const { exitCode: emptied } = await runCommand(['cloud', 'reset'], { cwd: folder.workshop.root })
    expect(emptied).toBe(0)
    expect(await folder.start()).toBeDefined()
  })

  test('of another format: it says which, and touches nothing', async () => {
    await fillAndKill()
    const path = await journal()
    const bytes = await readFile(path)
    bytes.writeUInt32LE(77, 16)
    await writeFile(path, bytes)
    const { exitCode, stderr } = await run()
    expect(exitCode).toBe(3)
    expect(stderr.replaceAll('\n  ', ' ')).toContain(
      'tiene el formato 77 y esta versión de Taller Nube lee el 1.',
    )
    expect(stderr).toMatch(/^→ mv \.taller\/nube \.taller\/nube\.\S+$/m)
    expect((await run({ TALLER_LANG: 'en' })).stderr.replaceAll('\n  ', ' ')).toContain(
      'has format 77, and this version of Taller Nube reads 1.',
    )
    expect(await readFile(path)).toEqual(bytes)
  })
})

test('a body whose file is gone is told, cannot be read, and takes nothing with it', async () => {
  const first = await folder.start()
  await first.s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['se-pierde', 'queda']) {
    await first.s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(100_000, Key) }))
    if (Key === 'queda') continue
    for (const path of (await folder.files()).filter(path => path.startsWith('blobs')))
      await rm(join(folder.path, path))
  }
  await first.kill()
  const cloud = await folder.start()
  await cloud.command.waitFor(/^ {2}perdido +falta 1 cuerpo: alguien tocó los archivos de la carpeta$/m)
  await expect(cloud.s3.send(new GetObjectCommand({ Bucket, Key: 'se-pierde' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 500 },
  })
  const { Body } = await cloud.s3.send(new GetObjectCommand({ Bucket, Key: 'queda' }))
  expect(Buffer.from((await Body?.transformToByteArray()) ?? [])).toEqual(Buffer.alloc(100_000, 'queda'))
})
