import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, open, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBlobStore } from '../../../src/cloud/blob-store.ts'
import { bytesOf, flush, inFolder, inPieces, storeFile } from './lab.ts'

describe('a blob store with a folder', () => {
  it('gives after a restart what it received before, whole and in ranges', () =>
    inFolder(async folder => {
      const before = createBlobStore({ folder })
      const stored = await Promise.all([1, 70_000, 3_000_001].map(size => storeFile(before, size)))
      await flush(before)
      const after = createBlobStore({ folder })
      expect(await after.recover(stored.map(({ blob }) => blob))).toEqual({
        removed: [],
        missing: [],
        damaged: [],
      })
      for (const { blob, bytes } of stored) {
        expect((await bytesOf(after, blob)).equals(bytes)).toBe(true)
        const [start, end] = [Math.floor(blob.size / 3), Math.floor(blob.size / 2)]
        expect((await bytesOf(after, blob, start, end)).equals(bytes.subarray(start, end))).toBe(true)
      }
    }))

  it('keeps bodies up to 16 KiB as bytes, which the journal of states holds', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const kinds = []
      for (const size of [0, 16 * 1024, 16 * 1024 + 1, 1024 * 1024]) {
        const bytes = randomBytes(size)
        const body = Object.assign(inPieces(bytes), {
          length: size,
          trailers: {},
          bytes: () => Promise.resolve(bytes),
        })
        kinds.push((await store.receive(body, [])).kind)
      }
      expect(kinds).toEqual(['memory', 'memory', 'file', 'file'])
    }))

  it('never gives a name again, not even after a restart', () =>
    inFolder(async folder => {
      const names = new Set<string>()
      for (let run = 0; run < 3; run++) {
        const store = createBlobStore({ folder })
        for (let count = 0; count < 3; count++) {
          const { blob } = await storeFile(store, 10)
          names.add(blob.name)
          store.remove(blob)
        }
        await store.close()
      }
      expect(names.size).toBe(9)
    }))

  it('shows a file under its name only when all of it is there', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      let finish: () => void = () => undefined
      const gate = new Promise<void>(resolve => {
        finish = resolve
      })
      let reached: () => void = () => undefined
      const halfway = new Promise<void>(resolve => {
        reached = resolve
      })
      async function* slow(): AsyncGenerator<Buffer> {
        yield randomBytes(1_000_000)
        reached()
        await gate
        yield randomBytes(1_000_000)
      }
      const receiving = store.receive(slow(), [])
      await halfway
      expect((await readdir(folder)).filter(name => !name.endsWith('.tmp'))).toEqual([])
      finish()
      const blob = await receiving
      expect(await readdir(folder)).toEqual([blob.kind === 'file' && blob.name])
    }))

  it('removes a file only after a flush that began later than its removal', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const { blob } = await storeFile(store, 100_000)
      await flush(store)
      const begun = store.beforeFlush()
      store.remove(blob)
      await begun
      store.afterFlush()
      await store.close()
      expect(existsSync(join(folder, blob.name))).toBe(true)
      await flush(store)
      await store.close()
      expect(existsSync(join(folder, blob.name))).toBe(false)
    }))

  it('removes nothing while flushes fail, and everything with the first that does not', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const first = await storeFile(store, 100_000)
      const second = await storeFile(store, 100_000)
      await flush(store)
      store.remove(first.blob)
      await store.beforeFlush()
      store.remove(second.blob)
      await store.beforeFlush()
      await store.close()
      expect((await readdir(folder)).length).toBe(2)
      store.afterFlush()
      await store.close()
      expect(await readdir(folder)).toEqual([])
    }))

  it('removes at once what no state can name, e.g. a body with a wrong digest', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const { blob } = await storeFile(store, 100_000)
      store.remove(blob)
      await store.close()
      expect(await readdir(folder)).toEqual([])
    }))

  it('lets an answer end whose file was removed by a flush meanwhile', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const { blob, bytes } = await storeFile(store, 2_000_000)
      await flush(store)
      const body = store.read(blob)
      store.remove(blob)
      await flush(store)
      if (body instanceof Uint8Array) throw new Error('a file is read as a stream')
      const received: Uint8Array[] = []
      for await (const piece of body.open()) received.push(piece)
      expect(Buffer.concat(received).equals(bytes)).toBe(true)
      await store.close()
      expect(await readdir(folder)).toEqual([])
    }))

  it('removes everything with the flush after it was emptied, but for what is being received', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const { blob } = await storeFile(store, 100_000)
      await flush(store)
      let finish: () => void = () => undefined
      const gate = new Promise<void>(resolve => {
        finish = resolve
      })
      async function* slow(): AsyncGenerator<Buffer> {
        yield randomBytes(1_000_000)
        await gate
      }
      const receiving = store.receive(slow(), [])
      store.clear()
      expect(existsSync(join(folder, blob.name))).toBe(true)
      finish()
      const late = await receiving
      await flush(store)
      await store.close()
      expect(await readdir(folder)).toEqual([late.kind === 'file' && late.name])
    }))

  it('removes at its start what no state names, unfinished files too, and nothing of others', () =>
    inFolder(async folder => {
      const before = createBlobStore({ folder })
      const named = await storeFile(before, 20_000)
      const orphan = await storeFile(before, 20_000)
      await writeFile(join(folder, 'x-0.blob.tmp'), 'half')
      await writeFile(join(folder, 'notas.txt'), 'de otra persona')
      const { removed } = await createBlobStore({ folder }).recover([named.blob, named.blob])
      expect([...removed].sort()).toEqual([orphan.blob.name, 'x-0.blob.tmp'].sort())
      expect((await readdir(folder)).sort()).toEqual([named.blob.name, 'notas.txt'].sort())
    }))

  it('tells which files are gone or have another size, and then removes nothing', () =>
    inFolder(async folder => {
      const before = createBlobStore({ folder })
      const [gone, short, long, orphan] = await Promise.all([1, 2, 3, 4].map(() => storeFile(before, 20_000)))
      if (!gone || !short || !long || !orphan) throw new Error('four were stored')
      await rm(join(folder, gone.blob.name))
      await truncate(join(folder, short.blob.name), 19_999)
      await appendFile(join(folder, long.blob.name), 'x')
      expect(await createBlobStore({ folder }).recover([gone.blob, short.blob, long.blob])).toEqual({
        removed: [],
        missing: [gone.blob],
        damaged: [
          { ...short.blob, actualSize: 19_999 },
          { ...long.blob, actualSize: 20_001 },
        ],
      })
      expect(existsSync(join(folder, orphan.blob.name))).toBe(true)
    }))
})

describe('a file that somebody changed', () => {
  it('is noticed before its first byte is given when it is short or gone', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      for (const size of [30_000, 2_000_000]) {
        const short = await storeFile(store, size)
        await truncate(join(folder, short.blob.name), 0)
        await expect(firstPiece(store.read(short.blob))).rejects.toThrow(/somebody changed a stored body/)
        await rm(join(folder, short.blob.name))
        await expect(firstPiece(store.read(short.blob))).rejects.toThrow(/is gone/)
      }
    }))

  it('never gives its last byte when one bit differs', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      for (const size of [30_000, 2_000_000]) {
        const { blob, bytes } = await storeFile(store, size)
        const file = await open(join(folder, blob.name), 'r+')
        await file.write(Buffer.from([(bytes[size - 5] ?? 0) ^ 4]), 0, 1, size - 5)
        await file.close()
        let received = 0
        const reading = async () => {
          const body = store.read(blob)
          if (body instanceof Uint8Array) throw new Error('a file is read as a stream')
          for await (const piece of body.open()) received += piece.length
        }
        await expect(reading()).rejects.toThrow('has other content')
        expect(received).toBeLessThan(size)
      }
    }))
})

async function firstPiece(body: ReturnType<ReturnType<typeof createBlobStore>['read']>): Promise<unknown> {
  if (body instanceof Uint8Array) return body
  for await (const piece of body.open()) return piece
  return undefined
}
