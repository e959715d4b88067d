import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'

const { createMapping } = createRequire(import.meta.url)(
  '../../../../src/services/lambda/runtime/bootstrap/node/mapping.cjs',
)
const root = '/tmp/taller-nube-1-abc'
const temporary = `${root}/environments/e1`
const mapping = createMapping({
  root,
  temporary,
  opt: `${root}/functions/f1/opt`,
  task: `${root}/functions/f1/task`,
})

describe('paths that a function uses', () => {
  const paths: [unknown, unknown][] = [
    ['/tmp', temporary],
    ['/tmp/', `${temporary}/`],
    ['/tmp/a/../b', `${temporary}/b`],
    ['/tmp//a', `${temporary}/a`],
    ['/var/../tmp/a', `${temporary}/a`],
    ['/tmp/../etc/passwd', '/tmp/../etc/passwd'],
    ['/tmpx', '/tmpx'],
    ['tmp/a', 'tmp/a'],
    ['/opt/x', `${root}/functions/f1/opt/x`],
    ['/var/task/index.mjs', `${root}/functions/f1/task/index.mjs`],
    [new URL('file:///tmp/a%20b'), `${temporary}/a b`],
    [Buffer.from('/tmp/ñ'), `${temporary}/ñ`],
    [`${temporary}/ya`, `${temporary}/ya`],
    [7, 7],
    [undefined, undefined],
  ]
  it.each(paths)('%s is %s', (given, real) => expect(mapping.toReal(given)).toEqual(real))
})

describe('paths in texts for native modules and other programs', () => {
  const texts: [string, string][] = [
    [`COPY t TO '/tmp/a.parquet'`, `COPY t TO '${temporary}/a.parquet'`],
    [`SELECT * FROM "/tmp/a", '/tmp/b'`, `SELECT * FROM "${temporary}/a", '${temporary}/b'`],
    ['sort /tmp/x >/tmp/y', `sort ${temporary}/x >${temporary}/y`],
    ['--dir=/tmp', `--dir=${temporary}`],
    ['file:/tmp/x', `file:${temporary}/x`],
    ['/var/tmp/x y a/tmp/x', '/var/tmp/x y a/tmp/x'],
    ['/tmpx /tmp-x /tmp.x', '/tmpx /tmp-x /tmp.x'],
    [`'${temporary}/x'`, `'${temporary}/x'`],
    ['hola', 'hola'],
  ]
  it.each(texts)('%s', (given, real) => expect(mapping.textToReal(given)).toBe(real))

  it('are changed in the calls of a native module’s functions and constructors', () => {
    class Database {
      readonly path: string
      constructor(path: string) {
        this.path = path
      }
    }
    const native = mapping.wrapNative({
      query: (sql: string, count: number) => [sql, count],
      Database,
      version: '1',
    })
    expect(native.query(`FROM '/tmp/x'`, 3)).toEqual([`FROM '${temporary}/x'`, 3])
    const database = new native.Database('/tmp/x.db')
    expect([database.path, database instanceof Database, native.version]).toEqual([
      `${temporary}/x.db`,
      true,
      '1',
    ])
  })
})
