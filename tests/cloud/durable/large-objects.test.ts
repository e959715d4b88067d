import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, statSync, truncateSync, unlinkSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startLocalCloud } from '../../../src/local-cloud.ts'
import { inFolder } from '../blobs/lab.ts'
import { startCloudProcess } from './cloud-process.ts'

const mebibyte = 1024 * 1024
/** Nothing that repeats within a network buffer. */
const piece = randomBytes(mebibyte)

/** Names of the files of bodies in a data folder, unfinished ones too. */
function bodyFiles(dataFolder: string): string[] {
  return readdirSync(join(dataFolder, 'blobs'))
}

function unfinished(dataFolder: string): string[] {
  return bodyFiles(dataFolder).filter(name => name.endsWith('.tmp'))
}

/** Begins to upload an object of 64 MiB and sends some of it; the rest never comes. */
async function beginUpload(url: string, path: string, sentMebibytes: number): Promise<ClientRequest> {
  const put = request(`${url}${path}`, { method: 'PUT', headers: { 'content-length': 64 * mebibyte } })
  put.on('error', () => put.destroy())
  for (let sent = 0; sent < sentMebibytes; sent++) if (!put.write(piece)) await once(put, 'drain')
  return put
}

/** Uploads an object of 64 MiB to a cloud that is killed some turns later; gives whether it was acknowledged. */
async function uploadAndKill(dataFolder: string, turns: number): Promise<boolean> {
  const cloud = await startCloudProcess({ dataFolder })
  await fetch(`${cloud.url}/grandes`, { method: 'PUT' })
  const upload = await beginUpload(cloud.url, '/grandes/k', 64)
  let isAcknowledged = false
  upload.once('response', answer => {
    isAcknowledged = answer.statusCode === 200
    answer.resume()
  })
  await new Promise<void>(resolve => upload.end(resolve))
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
  await cloud.kill()
  return isAcknowledged
}

async function put(url: string, bytes: Buffer): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })
  expect(answer.status).toBe(200)
}

async function read(url: string): Promise<Buffer> {
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

describe('large objects of a cloud with a data folder', () => {
  it('survive kill -9 when they were acknowledged; of those half uploaded nothing is left', () =>
    inFolder(async dataFolder => {
      const stored = [20_000, 70_000, 3 * mebibyte + 1].map(size => randomBytes(size))
      for (const sentMebibytes of [1, 63]) {
        const cloud = await startCloudProcess({ dataFolder })
        await fetch(`${cloud.url}/grandes`, { method: 'PUT' })
        for (const [at, bytes] of stored.entries()) await put(`${cloud.url}/grandes/k${at}`, bytes)
        const uploads = await Promise.all(
          ['a', 'b', 'c'].map(key => beginUpload(cloud.url, `/grandes/media-${key}`, sentMebibytes)),
        )
        await expect.poll(() => unfinished(dataFolder).length).toBe(3)
        await cloud.kill()
        for (const upload of uploads) upload.destroy()
        const next = await startLocalCloud({ port: 0, dataFolder })
        for (const [at, bytes] of stored.entries())
          expect((await read(`${next.url}/grandes/k${at}`)).equals(bytes)).toBe(true)
        const listing = await (await fetch(`${next.url}/grandes`)).text()
        expect([...listing.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key)).toEqual(['k0', 'k1', 'k2'])
        expect(bodyFiles(dataFolder).length).toBe(stored.length)
        expect(unfinished(dataFolder)).toEqual([])
        await next.close()
      }
    }))

  it('survive or are not there, whenever kill -9 comes between their last byte and their answer', () =>
    inFolder(async dataFolder => {
      const expected = createHash('md5')
      for (let at = 0; at < 64; at++) expected.update(piece)
      const whole = expected.digest('hex')
      const outcomes = []
      for (const turns of [0, 20, 60]) {
        const isAcknowledged = await uploadAndKill(dataFolder, turns)
        const next = await startLocalCloud({ port: 0, dataFolder })
        const answer = await fetch(`${next.url}/grandes/k`)
        const md5 = createHash('md5').update(Buffer.from(await answer.arrayBuffer()))
        const isWhole = answer.status === 200 && md5.digest('hex') === whole
        outcomes.push(isWhole || (answer.status === 404 && !isAcknowledged))
        await fetch(`${next.url}/grandes/k`, { method: 'DELETE' })
        await next.close()
        expect(bodyFiles(dataFolder)).toEqual([])
      }
      expect(outcomes).toEqual([true, true, true])
    }))

  it('leave no file when they are overwritten, deleted, aborted, refused or emptied', () =>
    inFolder(async dataFolder => {
      const cloud = await startLocalCloud({ port: 0, dataFolder })
      const url = `${cloud.url}/grandes`
      await fetch(url, { method: 'PUT' })
      const bytes = randomBytes(100_000)
      await put(`${url}/k`, bytes)
      await put(`${url}/k`, bytes)
      await put(`${url}/otra`, bytes)
      await fetch(`${url}/otra`, { method: 'DELETE' })
      const wrong = { 'content-md5': createHash('md5').update('otra cosa').digest('base64') }
      expect((await fetch(`${url}/mal`, { method: 'PUT', body: bytes, headers: wrong })).status).toBe(400)
      const started = await (await fetch(`${url}/partes?uploads`, { method: 'POST' })).text()
      const id = /<UploadId>(.*)<\/UploadId>/.exec(started)?.[1]
      await put(`${url}/partes?partNumber=1&uploadId=${id}`, bytes)
      await fetch(`${url}/partes?uploadId=${id}`, { method: 'DELETE' })
      await expect.poll(() => bodyFiles(dataFolder).length).toBe(1)
      expect((await read(`${url}/k`)).equals(bytes)).toBe(true)
      await fetch(`${cloud.url}/_taller/reset`, { method: 'POST' })
      await expect.poll(() => bodyFiles(dataFolder)).toEqual([])
      await cloud.close()
    }))

  it('whose file somebody cut or deleted while the cloud was off are told at its start, and answered by 500', () =>
    inFolder(async dataFolder => {
      const before = await startLocalCloud({ port: 0, dataFolder })
      await fetch(`${before.url}/grandes`, { method: 'PUT' })
      for (const key of ['bien', 'corto', 'sin'])
        await put(
          `${before.url}/grandes/${key}`,
          randomBytes({ bien: 20_001, corto: 20_002, sin: 20_003 }[key] ?? 0),
        )
      await before.close()
      const fileOf = (size: number): string => {
        const name = bodyFiles(dataFolder).find(
          each => statSync(join(dataFolder, 'blobs', each)).size === size,
        )
        if (name === undefined) throw new Error(`no body has ${size} bytes`)
        return name
      }
      const [short, gone] = [fileOf(20_002), fileOf(20_003)]
      truncateSync(join(dataFolder, 'blobs', short), 5)
      unlinkSync(join(dataFolder, 'blobs', gone))
      const bugs: unknown[] = []
      const after = await startLocalCloud({ port: 0, dataFolder, onBug: error => bugs.push(error) })
      expect(after.persistence?.recovered.lostFiles.toSorted()).toEqual([short, gone].toSorted())
      const statuses = []
      for (const key of ['bien', 'corto', 'sin'])
        statuses.push((await fetch(`${after.url}/grandes/${key}`)).status)
      expect(statuses).toEqual([200, 500, 500])
      expect(bugs.map(String)).toEqual([
        expect.stringContaining(`${short} ends at byte 5 of 20002`),
        expect.stringContaining(`${gone} is gone`),
      ])
      await after.close()
    }))
})
