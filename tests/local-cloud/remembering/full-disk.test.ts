import { rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { afterEach, expect, test } from 'vitest'
import { mountSmallDisk, type SmallDisk } from '../../cloud/small-disk.ts'
import type { Clients } from './clients.ts'
import { useCloudFolder } from './cloud-process.ts'
import { md5Of } from './holdings.ts'

const mebibyte = 1024 * 1024
const Bucket = 'datalake-curso'

let disk: SmallDisk | undefined
// Hooks run in the reverse order: first the clouds on it are ended.
afterEach(() => disk?.unmount())
const folder = useCloudFolder()

/** The MD5 of each object's bytes, by key. */
async function readAll({ s3 }: Clients): Promise<Record<string, string>> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
  const bodies = await Promise.all(
    Contents.map(async ({ Key = '' }) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      return [Key, md5Of((await Body?.transformToByteArray()) ?? Buffer.of())] as const
    }),
  )
  return Object.fromEntries(bodies)
}

test('a full disk is an error for who writes and one line on the screen, and all goes on with room', async context => {
  disk = mountSmallDisk(24 * mebibyte)
  if (!disk) return context.skip('this user cannot mount a small disk')
  await symlink(disk.folder, join(folder.workshop.root, '.taller'))
  const filler = join(disk.folder, 'relleno')
  await writeFile(filler, Buffer.alloc(6 * mebibyte))
  const cloud = await folder.start()
  await cloud.s3.send(new CreateBucketCommand({ Bucket }))
  const acknowledged: Record<string, string> = {}
  const put = async (Key: string, size: number): Promise<unknown> => {
    const Body = Buffer.alloc(size, Key)
    try {
      await cloud.s3.send(new PutObjectCommand({ Bucket, Key, Body }))
      acknowledged[Key] = md5Of(Body)
      return undefined
    } catch (error) {
      return error
    }
  }
  const refusals: unknown[] = []
  // Those over 16 KiB are files, small ones are in the journal: all find no room in the end.
  for (const [name, size] of [
    ['grande', mebibyte],
    ['mediana', 60 * 1024],
    ['pequeña', 12 * 1024],
  ] as const) {
    const wanted = refusals.length + 4
    for (let index = 0; index < 60 && refusals.length < wanted; index++) {
      const refusal = await put(`${name}-${index}`, size)
      if (refusal !== undefined) refusals.push(refusal)
    }
  }
  expect(refusals).toHaveLength(12)
  for (const refusal of refusals) {
    expect(refusal).toBeInstanceOf(S3ServiceException)
    expect(refusal).toMatchObject({ message: expect.stringMatching(/room|space|disk/) })
    expect((refusal as S3ServiceException).$metadata.httpStatusCode).toBeGreaterThanOrEqual(500)
  }
  expect(await readAll(cloud)).toMatchObject(acknowledged)

  await rm(filler)
  await expect.poll(() => put('después', mebibyte), { timeout: 20_000 }).toBeUndefined()
  await cloud.s3.send(new DeleteObjectCommand({ Bucket, Key: 'grande-0' }))
  delete acknowledged['grande-0']
  const told = cloud.command.output().split('\n')
  expect(told.filter(line => /No se puede guardar/.test(line))).toHaveLength(1)
  expect(told.filter(line => /Ya se puede guardar/.test(line))).toHaveLength(1)
  await cloud.kill()

  const next = await folder.start()
  expect(await readAll(next)).toMatchObject(acknowledged)
  expect(cloud.command.output()).not.toMatch(/^\s+at /m)
})
