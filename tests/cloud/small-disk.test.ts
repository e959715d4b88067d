import { randomBytes } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
import { startCloudProcess } from './durable/cloud-process.ts'
import { mountSmallDisk } from './small-disk.ts'

const mebibyte = 1024 * 1024
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

describe('a real disk of 2 MB as the data folder', () => {
  const disk = mountSmallDisk(2 * mebibyte)
  afterAll(() => disk?.unmount())

  it.skipIf(!disk)('for bodies in files: full, emptied, used again, and the same after a restart', () =>
    fillAndGoOn(join(disk?.folder ?? '', 'archivos'), 64 * 1024, async s3 => {
      for (const Key of ['k0', 'k1']) await s3.send(new DeleteObjectCommand({ Bucket, Key }))
      return ['k0', 'k1']
    }),
  )

  it.skipIf(!disk)('for bodies in the journal: full, and going on when somebody makes room', async () => {
    const other = join(disk?.folder ?? '', 'de-otro-programa')
    writeFileSync(other, Buffer.alloc(mebibyte))
    await fillAndGoOn(join(disk?.folder ?? '', 'diario'), 8 * 1024, async () => {
      rmSync(other)
      return []
    })
  })
})

/** Fills the disk of a cloud, makes room, puts another object, and looks at all of them before and after a restart. */
async function fillAndGoOn(
  dataFolder: string,
  size: number,
  makeRoom: (s3: S3Client) => Promise<readonly string[]>,
): Promise<void> {
  const bugs: unknown[] = []
  const onBug = (error: unknown) => bugs.push(error)
  const withCloud = async (action: (s3: S3Client) => Promise<void>): Promise<void> => {
    const cloud = await startLocalCloud({ port: 0, dataFolder, onBug, onDiskTrouble: () => undefined })
    const clients = clientsOf(cloud.url)
    try {
      await action(clients.s3)
    } finally {
      clients.close()
      await cloud.close()
    }
  }
  const objects = new Map<string, Buffer>()
  const expectAll = async (s3: S3Client): Promise<void> => {
    for (const [Key, bytes] of objects) expect((await read(s3, Key)).equals(bytes)).toBe(true)
  }
  await withCloud(async s3 => {
    await s3.send(new CreateBucketCommand({ Bucket }))
    const { stored, failure } = await fill(s3, size)
    for (const [Key, bytes] of stored) objects.set(Key, bytes)
    expect(failure).toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringMatching(/no room is left on the disk of .*ENOSPC/),
    })
    await expectAll(s3)
    for (const Key of await makeRoom(s3)) objects.delete(Key)
    const Body = randomBytes(size)
    await s3.send(new PutObjectCommand({ Bucket, Key: 'otra', Body }))
    objects.set('otra', Body)
    await expectAll(s3)
  })
  await withCloud(expectAll)
  rmSync(dataFolder, { recursive: true })
  expect(bugs).toEqual([])
}

describe.skipIf(process.platform === 'win32')('a system that lets no file be larger than 2 MB', () => {
  it('refuses larger bodies, and the cloud goes on', async () => {
    const cloud = await startCloudProcess({ limits: 'ulimit -f 4096' })
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
      await cloud.stop()
    }
    expect(cloud.complaints()).toBe('')
  })
})
