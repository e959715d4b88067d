import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../../src/cloud/persistence/folder-lock.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taller-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the lock of a data folder', () => {
  it('is held by one cloud of this process at a time', () => {
    const release = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'data-folder-busy' }))
    release()
    lockFolder(folder)()
    expect(readdirSync(folder)).toEqual([])
  })

  it('names the process that holds it', () => {
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, began: '' }))
    expect(() => lockFolder(folder)).toThrow(`proceso ${process.ppid}`)
    expect(readdirSync(folder)).toEqual(['lock'])
  })

  it.runIf(process.platform === 'linux')(
    'is taken over from a process whose number another one has now',
    () => {
      writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.ppid, began: '1' }))
      lockFolder(folder)()
    },
  )

  it('is taken over from a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    const { pid } = child
    await new Promise(resolve => child.once('exit', resolve))
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid, began: '7' }))
    const release = lockFolder(folder)
    expect(existsSync(join(folder, 'lock'))).toBe(true)
    release()
  })

  it('is taken over when nobody can be read in it', () => {
    writeFileSync(join(folder, 'lock'), '')
    lockFolder(folder)()
  })
})
