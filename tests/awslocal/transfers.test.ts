import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { runInProcess } from './running/awslocal.ts'
import type { Outcome } from './running/outcome.ts'
import { makeWorkplace } from './running/workplace.ts'

describe('transfers', () => {
  const { folder, remove } = makeWorkplace()
  let cloud: LocalCloud
  let client: S3Client

  const run = (words: readonly string[], input?: string): Promise<Outcome> =>
    runInProcess(['s3', ...words], {
      folder,
      env: { AWS_ENDPOINT_URL: cloud.url },
      ...(input === undefined ? {} : { input }),
    })

  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0 })
    client = new S3Client({
      endpoint: cloud.url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
    await run(['mb', 's3://cubo'])
  })

  afterAll(async () => {
    client.destroy()
    await cloud.close()
    remove()
  })

  it('bring back exactly what was sent, in parts and copied as well', async () => {
    const content = randomBytes(20 * 1024 * 1024 + 7)
    writeFileSync(join(folder, 'azar.bin'), content)
    await run(['cp', 'azar.bin', 's3://cubo/azar.bin'])
    await run(['cp', 's3://cubo/azar.bin', 's3://cubo/copia.bin'])
    expect(await run(['cp', 's3://cubo/copia.bin', 'vuelta.bin'])).toMatchObject({ status: 0 })
    expect(digest(readFileSync(join(folder, 'vuelta.bin')))).toBe(digest(content))
  })

  it('send a long standard input in parts', async () => {
    const text = 'línea\n'.repeat(1_600_000)
    expect(await run(['cp', '-', 's3://cubo/largo.txt'], text)).toEqual({ status: 0, stdout: '', stderr: '' })
    const back = await run(['cp', 's3://cubo/largo.txt', '-'])
    expect(digest(back.stdout)).toBe(digest(text))
  })

  it('give downloaded files the time of their object, so that sync leaves them alone', async () => {
    await run(['cp', 'datos/ventas.csv', 's3://cubo/hora.csv'])
    await run(['cp', 's3://cubo/hora.csv', 'hora.csv'])
    const age = Date.now() - statSync(join(folder, 'hora.csv')).mtimeMs
    expect(Number.isInteger(statSync(join(folder, 'hora.csv')).mtimeMs / 1000)).toBe(true)
    expect(age).toBeGreaterThan(-60_000)
  })

  it('leave the old file and no other when a download fails', async () => {
    writeFileSync(join(folder, 'queda.csv'), 'antes')
    const before = readdirSync(folder)
    expect(await run(['cp', 's3://cubo/no-esta', 'queda.csv'])).toMatchObject({ status: 1 })
    expect(readFileSync(join(folder, 'queda.csv'), 'utf8')).toBe('antes')
    expect(readdirSync(folder)).toEqual(before)
  })

  it('never write outside the folder, whatever the keys are', async () => {
    for (const Key of ['trampa/../../fuera.txt', 'trampa/dentro.txt']) {
      await client.send(new PutObjectCommand({ Bucket: 'cubo', Key, Body: 'x' }))
    }
    mkdirSync(join(folder, 'recibe'))
    const { status, stderr } = await run(['cp', 's3://cubo/trampa', 'recibe', '--recursive'])
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'warning: Skipping file ../../fuera.txt. File references a parent directory.\n',
    })
    expect(existsSync(join(folder, '..', 'fuera.txt'))).toBe(false)
    expect(readdirSync(join(folder, 'recibe'))).toEqual(['dentro.txt'])
  })

  it('follow symbolic links unless told not to, and name those that lead nowhere', async () => {
    mkdirSync(join(folder, 'enlaces'))
    symlinkSync(join(folder, 'datos', 'ventas.csv'), join(folder, 'enlaces', 'a.csv'))
    symlinkSync(join(folder, 'nada'), join(folder, 'enlaces', 'roto'))
    const followed = await run(['cp', 'enlaces', 's3://cubo/e', '--recursive'])
    expect(followed).toEqual({
      status: 2,
      stdout: 'upload: enlaces/a.csv to s3://cubo/e/a.csv\n',
      stderr: `warning: Skipping file ${join(folder, 'enlaces', 'roto')}. File does not exist.\n`,
    })
    const ignored = await run(['cp', 'enlaces', 's3://cubo/f', '--recursive', '--no-follow-symlinks'])
    expect(ignored).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  it('put a thousand files and take them away again', async () => {
    mkdirSync(join(folder, 'muchos'))
    for (let index = 0; index < 1200; index++)
      writeFileSync(join(folder, 'muchos', `${index}.txt`), `${index}`)
    const sent = await run(['cp', 'muchos', 's3://cubo/muchos', '--recursive'])
    expect(sent.stdout.split('\n')).toHaveLength(1201)
    const listed = await run(['ls', 's3://cubo/muchos/', '--summarize'])
    expect(listed.stdout).toContain('Total Objects: 1200\n')
    const removed = await run(['rm', 's3://cubo/muchos', '--recursive'])
    expect(removed.stdout.split('\n')).toHaveLength(1201)
    expect(await run(['ls', 's3://cubo/muchos/'])).toMatchObject({ status: 1, stdout: '' })
  })
})

function digest(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex')
}
