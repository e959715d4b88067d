import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBlobStore } from '../../../src/cloud/blob-store.ts'
import { DiskError } from '../../../src/cloud/disk.ts'
import { createFaultyDisk, type DiskStep } from '../faulty-disk.ts'
import { bytesOf, flush, inFolder, inPieces, storeFile } from './lab.ts'

describe('a folder of blobs whose disk fails', () => {
  const steps: [DiskStep, string][] = [
    ['open', 'ENOSPC'],
    ['write', 'ENOSPC'],
    ['write', 'EDQUOT'],
    ['sync', 'EIO'],
    ['sync', 'ENOSPC'],
    ['rename', 'EACCES'],
    ['close', 'EIO'],
  ]
  it.each(steps)('at %s with %s keeps nothing of the body and goes on afterwards', (step, code) =>
    inFolder(async folder => {
      const faulty = createFaultyDisk()
      const store = createBlobStore({ folder, disk: faulty.disk })
      const kept = await storeFile(store, 40_000)
      const names = await readdir(folder)
      faulty.break(step, code)
      const failure = await storeFile(store, 1_500_000).catch(error => error)
      expect(failure).toBeInstanceOf(DiskError)
      expect(failure).toMatchObject({ code, folder, message: expect.stringContaining(folder) })
      expect(await readdir(folder)).toEqual(names)
      faulty.mend()
      const { blob, bytes } = await storeFile(store, 1_500_000)
      expect((await bytesOf(store, blob)).equals(bytes)).toBe(true)
      expect((await bytesOf(store, kept.blob)).equals(kept.bytes)).toBe(true)
    }),
  )

  it('lets what the body itself throws through as it is', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' })
      async function* cut(): AsyncGenerator<Buffer> {
        yield randomBytes(700_000)
        throw reset
      }
      expect(await store.receive(cut(), []).catch(error => error)).toBe(reset)
      expect(await readdir(folder)).toEqual([])
    }))

  it('refuses a flush whose names are not safe, and makes them so with the next', () =>
    inFolder(async folder => {
      const faulty = createFaultyDisk()
      const store = createBlobStore({ folder, disk: faulty.disk })
      await storeFile(store, 20_000)
      faulty.break('sync', 'EIO')
      await expect(store.beforeFlush()).rejects.toMatchObject({ code: 'EIO' })
      await expect(store.beforeFlush()).rejects.toMatchObject({ code: 'EIO' })
      faulty.mend()
      await flush(store)
      faulty.break('sync', 'EIO')
      // Nothing was added since: there is nothing to sync.
      await flush(store)
    }))

  it('waits for files that are being removed before it says that there is no room', () =>
    inFolder(async folder => {
      const faulty = createFaultyDisk()
      const store = createBlobStore({ folder, disk: faulty.disk })
      const { blob } = await storeFile(store, 1_000_000)
      await flush(store)
      faulty.limit(1_200_000)
      await expect(storeFile(store, 1_000_000)).rejects.toMatchObject({ code: 'ENOSPC' })
      const release = faulty.hold('unlink')
      store.remove(blob)
      await flush(store)
      const receiving = storeFile(store, 1_000_000)
      await faulty.refused()
      release()
      expect((await bytesOf(store, (await receiving).blob)).length).toBe(1_000_000)
    }))

  it('removes with a later flush what could not be removed', () =>
    inFolder(async folder => {
      const faulty = createFaultyDisk()
      const store = createBlobStore({ folder, disk: faulty.disk })
      const { blob } = await storeFile(store, 20_000)
      await flush(store)
      store.remove(blob)
      faulty.break('unlink', 'EACCES')
      await flush(store)
      await store.close()
      expect(existsSync(join(folder, blob.name))).toBe(true)
      faulty.mend()
      await flush(store)
      await store.close()
      expect(await readdir(folder)).toEqual([])
    }))

  it('says so when it cannot be made', () =>
    inFolder(async folder => {
      await writeFile(join(folder, 'ocupado'), '')
      const inFile = join(folder, 'ocupado', 'blobs')
      expect(() => createBlobStore({ folder: inFile })).toThrow(`${inFile} (ENOTDIR)`)
    }))

  it('takes many bodies at once, each synced for itself', () =>
    inFolder(async folder => {
      const store = createBlobStore({ folder })
      const bodies = Array.from({ length: 100 }, () => randomBytes(20_000))
      const blobs = await Promise.all(bodies.map(bytes => store.receive(inPieces(bytes), [])))
      for (const [at, blob] of blobs.entries())
        expect((await bytesOf(store, blob)).equals(bodies[at] as Buffer)).toBe(true)
      expect((await readdir(folder)).length).toBe(100)
    }))
})
