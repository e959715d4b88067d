import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, describe, expect, it } from 'vitest'
import { startLocalCloud } from '../../src/local-cloud.ts'
import { clientsOf } from '../local-cloud/remembering/clients.ts'
import { mountSmallDisk } from './small-disk.ts'

const mebibyte = 1024 * 1024
const root = resolve(import.meta.dirname ?? '.', '../..')
const Bucket = 'estrecho'

/** Puts objects until one is refused; gives them and how it was refused. */
async function fill(s3: S3Client, size: number): Promise<{ stored: Map<string, Buffer>; failure: unknown }> {
  const stored = new Map<string, Buffer>()
  for (;;) {
    const [Key, Body] = [`k${stored.size}`, randomBytes(size)]
    try {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }))
      stored.set(Key, Body)
    } catch (failure) {
      return { stored, failure }
    }
    if (stored.size * size > 16 * mebibyte) throw new Error('a small disk took more than there is room for')
  }
}

async function read(s3: S3Client, Key: string): Promise<Buffer> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

describe('a real disk of 4 MB', () => {
  const disk = mountSmallDisk(4 * mebibyte)
  afterAll(() => disk?.unmount())

  it.skipIf(!disk)('as the temporary folder of a cloud in memory: full, emptied, used again', async () => {
    const outer = process.env.TMPDIR
    process.env.TMPDIR = disk?.folder
    const bugs: unknown[] = []
    const cloud = await startLocalCloud({ port: 0, onBug: error => bugs.push(error) })
    const clients = clientsOf(cloud.url)
    const { s3 } = clients
    try {
      await s3.send(new CreateBucketCommand({ Bucket }))
      const { stored, failure } = await fill(s3, 1.2 * mebibyte)
      expect(failure).toMatchObject({
        name: 'ServiceUnavailable',
        message: expect.stringMatching(/no room is left on the disk of .*ENOSPC/),
        $metadata: { httpStatusCode: 503 },
      })
      expect(stored.size).toBe(3)
      for (const [Key, bytes] of stored) expect((await read(s3, Key)).equals(bytes)).toBe(true)
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k0' }))
      const Body = randomBytes(1.2 * mebibyte)
      await s3.send(new PutObjectCommand({ Bucket, Key: 'otra', Body }))
      expect((await read(s3, 'otra')).equals(Body)).toBe(true)
      expect(bugs).toEqual([])
    } finally {
      clients.close()
      await cloud.close()
      if (outer === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = outer
    }
  })
})

describe.skipIf(process.platform === 'win32')('a system that lets no file be larger than 2 MB', () => {
  it('refuses larger bodies, and the cloud goes on', async () => {
    const cloud = await startLimitedCloud('ulimit -f 4096')
    try {
      await fetch(`${cloud.url}/${Bucket}`, { method: 'PUT' })
      const put = (bytes: number) =>
        fetch(`${cloud.url}/${Bucket}/k`, { method: 'PUT', body: randomBytes(bytes) })
      const refused = await put(3 * mebibyte)
      expect([refused.status, await refused.text()]).toEqual([
        503,
        expect.stringMatching(/<Code>ServiceUnavailable<\/Code>.*larger than it may be in .*EFBIG/),
      ])
      expect((await put(1.5 * mebibyte)).status).toBe(200)
      expect((await (await fetch(`${cloud.url}/${Bucket}/k`)).arrayBuffer()).byteLength).toBe(1.5 * mebibyte)
    } finally {
      cloud.process.kill('SIGTERM')
      await once(cloud.process, 'exit')
    }
    expect(cloud.complaints()).toBe('')
  })
})

/** A cloud in memory, in a process of its own that a shell's limits hold for. */
async function startLimitedCloud(limits: string): Promise<{
  readonly url: string
  readonly process: ChildProcess
  /** What it wrote to standard error. */
  complaints(): string
}> {
  const program = `import { startLocalCloud } from './src/local-cloud.ts'
    const cloud = await startLocalCloud({ port: 0 })
    process.once('SIGTERM', () => cloud.close().then(() => process.exit()))
    console.log(cloud.url)`
  const command = `${limits}; exec "$0" --import tsx --input-type=module -e "$1"`
  const child = spawn('sh', ['-c', command, process.execPath, program], {
    cwd: root,
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    complaints += text
  })
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('http')) return { url: line, process: child, complaints: () => complaints }
  throw new Error(`the cloud did not start: ${complaints}`)
}
