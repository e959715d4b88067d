import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { guessContentType } from '../../src/awslocal/s3/content-type.ts'
import { createFilter } from '../../src/awslocal/s3/filters.ts'
import { toPattern } from '../../src/awslocal/s3/name-pattern.ts'
import { humanSize } from '../../src/awslocal/s3/sizes.ts'
import { splitUri } from '../../src/awslocal/s3/uri.ts'

describe('name patterns', () => {
  it.each<[string, string, boolean]>([
    ['*.csv', 'a/b.csv', true],
    ['*.csv', 'a.csvx', false],
    ['?.csv', 'a.csv', true],
    ['?.csv', 'ab.csv', false],
    ['[ab].csv', 'a.csv', true],
    ['[!ab].csv', 'a.csv', false],
    ['[!ab].csv', 'c.csv', true],
    ['[a-c]*', 'cosa', true],
    ['[]]', ']', true],
    ['[a', '[a', true],
    ['a.b', 'axb', false],
    ['a-b+(c)', 'a-b+(c)', true],
    ['ñ*', 'ñandú\n2', true],
  ])('%s and %j: %s', (pattern, name, matches) => {
    expect(toPattern(pattern).test(name)).toBe(matches)
  })
})

describe('--include and --exclude', () => {
  const roots = { source: 'datos', destination: 's3://cubo/raw', isRecursive: true }
  const wants = (uses: readonly [string, string][], name: string): boolean =>
    createFilter(
      uses.map(([option, pattern]) => ({ option, pattern })),
      roots,
    )({ path: resolve('datos', name) })

  it.each<[[string, string][], string, boolean]>([
    [[], 'a.csv', true],
    [[['exclude', '*']], 'a.csv', false],
    [
      [
        ['exclude', '*'],
        ['include', '*.csv'],
      ],
      'a.csv',
      true,
    ],
    [
      [
        ['include', '*.csv'],
        ['exclude', '*'],
      ],
      'a.csv',
      false,
    ],
    [[['exclude', 'sub/*']], 'sub/x/a.csv', false],
    [[['exclude', 'sub/*']], 'otra/sub/a.csv', true],
    [[['exclude', '/datos/*']], 'a.csv', true],
  ])('%j leave %s: %s', (uses, name, expected) => {
    expect(wants(uses, name)).toBe(expected)
  })

  it('are relative to the folder of the object for a single one', () => {
    const single = { source: 's3://cubo/raw/a.csv', destination: '.', isRecursive: false }
    const filter = createFilter([{ option: 'exclude', pattern: 'a.*' }], single)
    expect(filter({ path: 'cubo/raw/a.csv' })).toBe(false)
    expect(filter({ path: 'cubo/raw/b.csv' })).toBe(true)
  })
})

describe('names, sizes and types', () => {
  it.each<[number, string]>([
    [0, '0 Bytes'],
    [1, '1 Byte'],
    [1023, '1023 Bytes'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [1024 ** 2, '1.0 MiB'],
    [5 * 1024 ** 3, '5.0 GiB'],
  ])('%d bytes are %s', (bytes, shown) => {
    expect(humanSize(bytes)).toBe(shown)
  })

  it.each<[string, string | undefined]>([
    ['datos/ventas.csv', 'text/csv'],
    ['a.json', 'application/json'],
    ['a.JSON', 'application/json'],
    ['a.csv.gz', 'text/csv'],
    ['a.gz', undefined],
    ['a.tgz', 'application/x-tar'],
    ['a.parquet', undefined],
    ['sin-extension', undefined],
    ['foto.png', 'image/png'],
  ])('%s: %s', (name, type) => {
    expect(guessContentType(name)).toBe(type)
  })

  it.each<[string, string, string]>([
    ['s3://cubo', 'cubo', ''],
    ['s3://cubo/', 'cubo', ''],
    ['s3://cubo/a/b c', 'cubo', 'a/b c'],
    ['cubo//a', 'cubo', '/a'],
    [
      's3://arn:aws:s3:us-east-1:000000000000:accesspoint/punto/a/b',
      'arn:aws:s3:us-east-1:000000000000:accesspoint/punto',
      'a/b',
    ],
  ])('%s is bucket %s and key %s', (uri, bucket, key) => {
    expect(splitUri(uri)).toEqual({ bucket, key })
  })
})
