import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unpackZip } from '../../../../src/services/lambda/code/unpack.ts'
import { linkTo, makeZip } from './zips.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taller-prueba-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('unpacking', () => {
  it('writes files that cannot be written again, folders, links and programs', async () => {
    await unpackZip(
      makeZip({
        'src/index.mjs': 'hola',
        bootstrap: { content: '#!/bin/sh', mode: 0o100755 },
        'lib/atajo': linkTo('../src/index.mjs'),
        'vacia/': '',
      }),
      folder,
    )
    expect(readFileSync(join(folder, 'lib/atajo'), 'utf8')).toBe('hola')
    expect(readlinkSync(join(folder, 'lib/atajo'))).toBe('../src/index.mjs')
    expect(statSync(join(folder, 'src/index.mjs')).mode & 0o777).toBe(0o444)
    expect(statSync(join(folder, 'bootstrap')).mode & 0o777).toBe(0o555)
    expect(readdirSync(join(folder, 'vacia'))).toEqual([])
  })

  it('puts a later layer over an earlier one', async () => {
    await unpackZip(makeZip({ 'a.txt': 'uno', 'b.txt': 'uno' }), folder)
    await unpackZip(makeZip({ 'b.txt': 'dos', 'c.txt': 'dos' }), folder)
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
    expect([read('a.txt'), read('b.txt'), read('c.txt')]).toEqual(['uno', 'dos', 'dos'])
  })

  it('writes nothing through a link of an earlier layer', async () => {
    await unpackZip(makeZip({ 'a.txt': 'uno', 'b.txt': linkTo('a.txt') }), folder)
    await unpackZip(makeZip({ 'b.txt': 'dos' }), folder)
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('uno')
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('dos')
  })
})
