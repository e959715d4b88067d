import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { checkZip } from '../../../../src/services/lambda/code/contents.ts'
import { ZipProblem } from '../../../../src/services/lambda/code/zip-problem.ts'
import { declareSize, linkTo, makeZip, rename } from './zips.ts'

const two = makeZip({ 'a.txt': 'uno', 'b.txt': 'dos' })
const stored = Buffer.from(zipSync({ 'a.txt': Buffer.from('uno') }, { level: 0 }))
const one = makeZip({ 'a.txt': 'x'.repeat(10_000) })

describe('a zip that is uploaded', () => {
  it('is counted', async () => {
    expect(await checkZip(two)).toEqual({ entryCount: 2, unpackedBytes: 6 })
  })

  it('may have links that stay inside, and programs', async () => {
    const zip = makeZip({
      'bin/x': { content: '#!/bin/sh', mode: 0o100755 },
      'lib/a': linkTo('../bin/x'),
      b: linkTo('./lib'),
    })
    await expect(checkZip(zip)).resolves.toMatchObject({ entryCount: 3 })
  })

  it('may be empty, hold empty files and folders', async () => {
    expect(await checkZip(makeZip({}))).toEqual({ entryCount: 0, unpackedBytes: 0 })
    expect(await checkZip(makeZip({ 'vacio.txt': '', 'carpeta/': '' }))).toEqual({
      entryCount: 2,
      unpackedBytes: 0,
    })
  })

  const refused: [string, Buffer, ZipProblem['kind']][] = [
    ['is no zip', Buffer.from('hola'), 'unreadable'],
    ['is empty', Buffer.alloc(0), 'unreadable'],
    ['is cut off', one.subarray(0, one.length - 30), 'unreadable'],
    ['has lost its middle', Buffer.concat([one.subarray(0, 40), one.subarray(50)]), 'unreadable'],
    ['has a broken content', rename(stored, 'uno', 'unO'), 'unreadable'],
    ['leaves its folder', makeZip({ '../fuera.txt': 'x' }), 'unsafe'],
    ['leaves its folder from inside', makeZip({ 'a/../../fuera.txt': 'x' }), 'unsafe'],
    ['has an absolute name', makeZip({ '/etc/cron.d/x': 'x' }), 'unsafe'],
    ['has a name of a Windows drive', makeZip({ 'C:/x.txt': 'x' }), 'unsafe'],
    ['has a backslash', makeZip({ '..\\fuera.txt': 'x' }), 'unsafe'],
    ['has a name with a zero byte', rename(makeZip({ 'aXb.txt': 'x' }), 'aXb', 'a\0b'), 'unsafe'],
    ['has a name twice', rename(two, 'b.txt', 'a.txt'), 'unsafe'],
    ['has a file inside of a file', makeZip({ a: 'x', 'a/b': 'y' }), 'unsafe'],
    ['has a file inside of a link', makeZip({ a: linkTo('b'), 'a/x': 'y', 'b/y': '' }), 'unsafe'],
    ['links to the outside', makeZip({ a: linkTo('../../etc/passwd') }), 'unsafe'],
    ['links to an absolute path', makeZip({ a: linkTo('/etc/passwd') }), 'unsafe'],
    [
      'links to the outside through another link',
      makeZip({ 'x/y/l': linkTo('../..'), a: linkTo('x/y/l/..') }),
      'unsafe',
    ],
    ['links to nothing', makeZip({ a: linkTo('') }), 'unsafe'],
    ['declares more than AWS takes', declareSize(one, 300 * 1024 * 1024), 'too-large'],
    ['holds more than it declares', declareSize(one, 100), 'unreadable'],
    ['holds less than it declares', declareSize(one, 20_000), 'unreadable'],
  ]
  it.each(refused)('is refused when it %s', async (_name, zip, kind) => {
    const problem = await checkZip(zip).catch(error => error)
    expect(problem).toBeInstanceOf(ZipProblem)
    expect(problem.kind).toBe(kind)
  })

  it('is refused when its entries share their bytes, as bombs do', async () => {
    const zip = Buffer.from(zipSync({ 'a.txt': Buffer.alloc(5000, 'x'), 'b.txt': Buffer.alloc(5000, 'x') }))
    // The second entry of the directory points to the first one's data.
    zip.writeUInt32LE(0, zip.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 42)
    await expect(checkZip(zip)).rejects.toMatchObject({ kind: 'unreadable' })
  })

  it('is refused when it is a bomb that does not say so', async () => {
    const bomb = Buffer.from(zipSync({ 'a.bin': Buffer.alloc(20 * 1024 * 1024) }, { level: 9 }))
    await expect(checkZip(declareSize(bomb, 1000))).rejects.toMatchObject({ kind: 'unreadable' })
  })
})
