import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBlobStore } from '../../src/cloud/blob-store.ts'
import { bytesOf, inPieces } from './blobs/lab.ts'

describe('the blob store', () => {
  it('keeps what it received, whole and in ranges, and shows every byte to the observers', async () => {
    const store = createBlobStore()
    for (const size of [0, 1, 65_536, 1_500_000, 3_000_001]) {
      const bytes = randomBytes(size)
      const hash = createHash('md5')
      const blob = await store.receive(inPieces(bytes, 70_001), [hash])
      expect(blob.size).toBe(size)
      expect(hash.digest('hex')).toBe(createHash('md5').update(bytes).digest('hex'))
      expect((await bytesOf(store, blob)).equals(bytes)).toBe(true)
      const [start, end] = [Math.floor(size / 3), Math.floor(size / 2)]
      expect((await bytesOf(store, blob, start, end)).equals(bytes.subarray(start, end))).toBe(true)
    }
    store.clear()
  })

  it('lets an answer end that is being sent while its blob is removed', async () => {
    const store = createBlobStore()
    const bytes = randomBytes(2_000_000)
    const blob = await store.receive(inPieces(bytes, 65_536), [])
    const body = store.read(blob)
    store.remove(blob)
    if (body instanceof Uint8Array) throw new Error('a large blob is read as a stream')
    const received: Uint8Array[] = []
    for await (const piece of body.open()) received.push(piece)
    expect(Buffer.concat(received).equals(bytes)).toBe(true)
    store.clear()
  })

  it('keeps nothing of a body that breaks off', async () => {
    const store = createBlobStore()
    async function* broken(): AsyncGenerator<Buffer> {
      yield randomBytes(2_000_000)
      throw new Error('cut')
    }
    await expect(store.receive(broken(), [])).rejects.toThrow('cut')
    const folder = await mkdtemp(join(tmpdir(), 'blobs-'))
    await store.save(folder)
    const fresh = createBlobStore()
    await fresh.load(folder)
    const { readdir } = await import('node:fs/promises')
    expect(await readdir(folder)).toEqual([])
    await rm(folder, { recursive: true })
    store.clear()
    fresh.clear()
  })

  it('is settled only when nothing is being written any more', async () => {
    const store = createBlobStore()
    let finish: () => void = () => undefined
    const gate = new Promise<void>(resolve => {
      finish = resolve
    })
    async function* waiting(): AsyncGenerator<Buffer> {
      yield randomBytes(600_000)
      await gate
    }
    let isReceived = false
    const receiving = store.receive(waiting(), []).then(() => {
      isReceived = true
    })
    const settled = store.settled().then(() => isReceived)
    finish()
    await receiving
    expect(await settled).toBe(true)
    store.clear()
  })
})
