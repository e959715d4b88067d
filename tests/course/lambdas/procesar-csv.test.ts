import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parquetMetadata } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CsvFunction, csvFunctions, startCsvFunction } from './csv-function.ts'

const plain = 'a,b\n1,x\n2,y\n'

/** Keys that an event carries encoded, and where their Parquet goes. */
const keys = [
  ['raw/ventas.csv', 'processed/ventas.parquet'],
  ['raw/2024/03/ventas de marzo.csv', 'processed/2024/03/ventas de marzo.parquet'],
  ['raw/a+b.csv', 'processed/a+b.parquet'],
  ['raw/100%.csv', 'processed/100%.parquet'],
  ['raw/%2B.csv', 'processed/%2B.parquet'],
  ['raw/región/año ñandú.csv', 'processed/región/año ñandú.parquet'],
  ['raw/MAYUS.CSV', 'processed/MAYUS.parquet'],
  ['raw/raw/x.csv.csv', 'processed/raw/x.csv.parquet'],
  ['raw/a.csv/b.csv', 'processed/a.csv/b.parquet'],
  ['raw/processed/x.csv', 'processed/processed/x.parquet'],
] as const

describe.each(csvFunctions)('%s', name => {
  let lambda: CsvFunction
  let buckets = 0

  beforeAll(async () => {
    lambda = await startCsvFunction(name)
  })
  afterAll(() => lambda.close())

  async function createBucket(objects: Readonly<Record<string, Buffer | string>>): Promise<string> {
    const bucket = `lago-${++buckets}`
    await lambda.createBucket(bucket)
    for (const [key, body] of Object.entries(objects)) await lambda.put(bucket, key, body)
    return bucket
  }

  it('decodes keys and keeps folders, whatever their letters, with several records in one event', async () => {
    const bucket = await createBucket(Object.fromEntries(keys.map(([origen]) => [origen, plain])))
    const { answers } = await lambda.send([keys.map(([key]) => ({ bucket, key }))])
    const result = keys.map(([origen, destino]) => ({ origen, destino, filas: 2 }))
    expect(answers).toEqual([{ kind: 'result', result }])
    expect((await lambda.keys(bucket)).sort()).toEqual(keys.flat().sort())
  })

  it('leaves alone what is not a new CSV of raw/, and says so in its log', async () => {
    const ignored = [
      'raw/x.txt',
      'raw/x.csv.gz',
      'raw/csv',
      'otro/x.csv',
      'processed/x.csv',
      'Raw/x.csv',
      'x.csv',
    ]
    const bucket = await createBucket(
      Object.fromEntries([...ignored, 'raw/borrado.csv'].map(key => [key, plain])),
    )
    const before = await lambda.keys(bucket)
    const { answers, log } = await lambda.send([
      ignored.map(key => ({ bucket, key })),
      [{ bucket, key: 'raw/borrado.csv', eventName: 'ObjectRemoved:Delete' }],
      [],
    ])
    expect(answers).toEqual(Array.from({ length: 3 }, () => ({ kind: 'result', result: [] })))
    for (const key of [...ignored, 'raw/borrado.csv']) expect(log).toContain(key)
    expect(await lambda.keys(bucket)).toEqual(before)
  })

  it.each(['Put', 'Post', 'Copy', 'CompleteMultipartUpload'])('takes ObjectCreated:%s', async kind => {
    const bucket = await createBucket({ 'raw/x.csv': plain })
    const { answers } = await lambda.send([
      [{ bucket, key: 'raw/x.csv', eventName: `ObjectCreated:${kind}` }],
    ])
    expect(answers).toMatchObject([{ result: [{ filas: 2 }] }])
  })

  it('gives the same object when an event comes twice', async () => {
    const bucket = await createBucket({ 'raw/x.csv': plain })
    const event = [{ bucket, key: 'raw/x.csv' }]
    const first = await lambda.send([event])
    const bytes = await lambda.get(bucket, 'processed/x.parquet')
    const again = await lambda.send([event, event])
    expect(again.answers).toEqual([...first.answers, ...first.answers])
    expect(await lambda.keys(bucket)).toEqual(['processed/x.parquet', 'raw/x.csv'])
    expect(await lambda.get(bucket, 'processed/x.parquet')).toEqual(bytes)
  })

  it('fails when one of its records is wrong, and when an object is not there', async () => {
    const bucket = await createBucket({
      'raw/bien.csv': plain,
      'raw/mal.csv': `${plain}3\n`,
      'raw/vacio.csv': '',
    })
    const { answers } = await lambda.send([
      ['raw/bien.csv', 'raw/mal.csv'].map(key => ({ bucket, key })),
      [{ bucket, key: 'raw/vacio.csv' }],
      [{ bucket, key: 'raw/nada.csv' }],
      [{ bucket, key: 'raw/bien.csv' }],
    ])
    expect(answers.map(({ kind }) => kind)).toEqual(['error', 'error', 'error', 'result'])
    expect(answers[0]).toMatchObject({ message: expect.stringMatching(/línea 4:/) })
    expect(answers[2]).toMatchObject({ name: 'NoSuchKey' })
    expect(await lambda.keys(bucket)).toEqual([
      'processed/bien.parquet',
      ...(await lambda.keys(bucket)).slice(1),
    ])
  })

  it('leaves nothing of a large file whose last row is wrong, nor half an upload', async () => {
    const rows = Array.from({ length: 700_000 }, (_, row) => `${row},${row * 7},texto ${row}`).join('\n')
    const bucket = await createBucket({ 'raw/x.csv': `a,b,c\n${rows}\n1,"2\n,3\n` })
    const { answers } = await lambda.send([[{ bucket, key: 'raw/x.csv' }]])
    expect(answers).toMatchObject([{ kind: 'error', message: expect.stringContaining('línea 700002:') }])
    expect(await lambda.keys(bucket)).toEqual(['raw/x.csv'])
    expect(await lambda.unfinishedUploads(bucket)).toBe(0)
  }, 60_000)

  it('writes what DuckDB reads, in row groups', async () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => {
      const day = `2024-01-${10 + (row % 20)}`
      return `${row},${row}.25,${day},${day}T10:20:30.${100 + (row % 900)}-05:00,"ñandú, ""${row % 5}"""`
    })
    const bucket = await createBucket({
      'raw/x.csv': ['entero,decimal,dia,momento,texto', ...rows].join('\n'),
    })
    const { answers } = await lambda.send([[{ bucket, key: 'raw/x.csv' }]])
    expect(answers).toMatchObject([{ kind: 'result' }])
    const bytes = await lambda.get(bucket, 'processed/x.parquet')
    expect(parquetMetadata(Uint8Array.from(bytes).buffer).row_groups.length).toBeGreaterThan(1)
    expect(await askDuckDb(bytes)).toEqual([
      [
        'BIGINT',
        'DOUBLE',
        'DATE',
        'TIMESTAMP',
        'VARCHAR',
        200_000n,
        199_999n,
        20n,
        1_706_541_630_999n,
        'ñandú, "4"',
      ],
    ])
  }, 60_000)
})

async function askDuckDb(bytes: Buffer): Promise<unknown[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'taller-duckdb-'))
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  try {
    const file = join(folder, 'x.parquet')
    await writeFile(file, bytes)
    const read = await duck.runAndReadAll(
      `SELECT any_value(typeof(entero)), any_value(typeof(decimal)), any_value(typeof(dia)), any_value(typeof(momento)),
        any_value(typeof(texto)), count(*), max(entero), count(DISTINCT dia), epoch_ms(max(momento)), max(texto) FROM '${file}'`,
    )
    return read.getRows()
  } finally {
    duck.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
}
