import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createPrivateFolder,
  removeOrphanedFolders,
  removePrivateFolder,
} from '../../src/cloud/private-folders.ts'
import { startLocalCloud } from '../../src/local-cloud.ts'
import { startCloudProcess } from './durable/cloud-process.ts'

const isRoot = process.getuid?.() === 0
/** Larger than any number that a system gives to a process. */
const nobody = 2_147_483_632

let folder: string
let outer: string | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taller-prueba-'))
  outer = process.env.TMPDIR
  process.env.TMPDIR = folder
})
afterEach(() => {
  if (outer === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = outer
  rmSync(folder, { recursive: true, force: true })
})

function leave(name: string): string {
  const path = join(folder, name)
  mkdirSync(path)
  writeFileSync(join(path, 'cuerpo.blob'), 'x')
  return path
}

describe('private folders', () => {
  it('of processes that are gone are removed, and of those that run are not', () => {
    const gone = [leave(`taller-nube-${nobody}-abc`), leave(`taller-nube-${nobody}-123-abc`)]
    const others = [leave('taller-nube-cosas'), leave('otra-cosa'), leave(`taller-nube-${process.ppid}-abc`)]
    const own = createPrivateFolder()
    removeOrphanedFolders()
    expect(gone.filter(existsSync)).toEqual([])
    expect([...others, own].filter(path => !existsSync(path))).toEqual([])
    removePrivateFolder(own)
    expect(existsSync(own)).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'of an earlier process with the number of one that runs are removed, with our own number too',
    () => {
      const gone = [leave(`taller-nube-${process.pid}-1-abc`), leave(`taller-nube-${process.ppid}-1-abc`)]
      removeOrphanedFolders()
      expect(gone.filter(existsSync)).toEqual([])
    },
  )

  it.runIf(isRoot)('of other users are none of our business', () => {
    const path = leave(`taller-nube-${nobody}-abc`)
    chownSync(path, 12_345, 12_345)
    removeOrphanedFolders()
    expect(existsSync(path)).toBe(true)
  })

  it('of a cloud that was killed are removed when the next one starts, before it needs one', async () => {
    const killed = await startCloudProcess()
    await putLargeObject(killed.url)
    const [left] = privateFolders()
    expect(left).toMatch(new RegExp(`^taller-nube-${killed.pid}-`))
    await killed.kill()
    expect(privateFolders()).toEqual([left])
    const next = await startLocalCloud({ port: 0 })
    expect(privateFolders()).toEqual([])
    await next.close()
  })
})

function privateFolders(): string[] {
  return readdirSync(folder).filter(name => name.startsWith('taller-nube-'))
}

async function putLargeObject(url: string): Promise<void> {
  await fetch(`${url}/grandes`, { method: 'PUT' })
  const put = await fetch(`${url}/grandes/k`, { method: 'PUT', body: new Uint8Array(2 * 1024 * 1024) })
  expect(put.status).toBe(200)
}
