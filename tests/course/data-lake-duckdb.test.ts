import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, GetObjectCommand } from '@aws-sdk/client-s3'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createDirtyJson,
  createRowlessCsvs,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/dirty-shape.ts'
import {
  createMissingCsv,
  createQuotedCsv,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/dirty-text.ts'
import {
  createDatesCsv,
  createNumbersCsv,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/dirty-types.ts'
import { aggregate, cleanCsv, cleanJson } from '../../modules/9.2-s3-data-lake/checks/data-lake/oracle.ts'
import type {
  Cell,
  Column,
  ColumnType,
  Table,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/table.ts'
import { agregarOro, ingestarBronce, limpiarPlata } from '../../solutions/9.2-s3-data-lake/data-lake.ts'
import { createRandom } from '../../src/core/random.ts'
import { type LakeRun, startLakeRun } from './data-lake-run.ts'

/**
 * What DuckDB calls the lake's types. parquetjs-lite writes the older annotation TIMESTAMP_MILLIS, which is UTC by Parquet's
 * rules and has no zone of its own for DuckDB.
 */
const duckTypes: Record<ColumnType, string> = {
  INT64: 'BIGINT',
  DOUBLE: 'DOUBLE',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
  STRING: 'VARCHAR',
}

/** How DuckDB gives a column's values as the oracle has them: days and milliseconds since 1970. */
const duckExpressions: Record<ColumnType, (name: string) => string> = {
  INT64: name => name,
  DOUBLE: name => name,
  DATE: name => `date_diff('day', DATE '1970-01-01', ${name})`,
  TIMESTAMP: name => `epoch_ms(${name})`,
  STRING: name => name,
}

const bucket = 'lago'
const folder = mkdtempSync(join(tmpdir(), 'taller-duckdb-'))
let run: LakeRun
let duck: DuckDBConnection

beforeAll(async () => {
  run = await startLakeRun()
  await run.s3.send(new CreateBucketCommand({ Bucket: bucket }))
  duck = await (await DuckDBInstance.create(':memory:')).connect()
})
afterAll(async () => {
  duck.closeSync()
  await run.close()
  rmSync(folder, { recursive: true, force: true })
})

async function download(key: string): Promise<string> {
  const { Body } = await run.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  const file = join(folder, key.replaceAll('/', '-'))
  await writeFile(file, (await Body?.transformToByteArray()) ?? '')
  return file
}

/** Lets the reference clean a source, and gives the file that it wrote. */
async function clean(bytes: Buffer, extension: 'csv' | 'json'): Promise<string> {
  const file = join(folder, `origen.${extension}`)
  await writeFile(file, bytes)
  await ingestarBronce(run.s3, bucket, file, `origen.${extension}`)
  await limpiarPlata(run.s3, bucket, `origen.${extension}`, 'plata.parquet')
  return download('processed/plata.parquet')
}

function tableOf(cleaning: ReturnType<typeof cleanCsv>): Table {
  if (cleaning.kind !== 'table') throw new Error(cleaning.kind)
  return cleaning.table
}

async function expectDuckDb(file: string, { columns, rowCount }: Table): Promise<void> {
  const described = await duck.runAndReadAll(`DESCRIBE SELECT * FROM '${file}'`)
  const types = described.getRowObjects().map(({ column_name: name, column_type: type }) => `${name} ${type}`)
  expect(types).toEqual(columns.map(({ name, type }) => `${name} ${duckTypes[type]}`))
  const expressions = columns.map(({ name, type }) =>
    duckExpressions[type](`"${name.replaceAll('"', '""')}"`),
  )
  const read = await duck.runAndReadAll(`SELECT ${expressions.join(', ')} FROM '${file}'`)
  expect(read.currentRowCount).toBe(rowCount)
  for (const [index, values] of read.getColumns().entries()) {
    const { type, cells } = columns[index] as Column
    expect(values.map(value => normalize(value, type))).toEqual(cells)
  }
}

function normalize(value: unknown, type: ColumnType): Cell {
  return type === 'DATE' || type === 'TIMESTAMP' ? Number(value) : (value as Cell)
}

describe('DuckDB opens what the reference of 9.2.3 writes', () => {
  it.each([
    ['numbers', createNumbersCsv],
    ['dates', createDatesCsv],
    ['missing values', createMissingCsv],
    ['quotes', (random: ReturnType<typeof createRandom>) => createQuotedCsv(random, '\r\n')],
  ])('%s', async (_, create) => {
    for (const seed of [1, 2, 3]) {
      const bytes = create(createRandom(seed))
      await expectDuckDb(await clean(bytes, 'csv'), tableOf(cleanCsv(bytes)))
    }
  })

  it('JSON', async () => {
    const bytes = createDirtyJson(createRandom(4))
    await expectDuckDb(await clean(bytes, 'json'), tableOf(cleanJson(bytes)))
  })

  it('tables without rows', async () => {
    for (const { bytes } of createRowlessCsvs(createRandom(5))) {
      await expectDuckDb(await clean(bytes, 'csv'), tableOf(cleanCsv(bytes)))
    }
  })

  it.each([
    'ventas.csv',
    'ventas_ejemplo.csv',
    'clientes.json',
    'reales/us-employment.csv',
    'reales/co2-concentration.csv',
    'reales/gapminder.json',
  ])('datos/%s', async name => {
    const bytes = await readFile(join(import.meta.dirname, '../../datos', name))
    const extension = name.endsWith('.json') ? 'json' : 'csv'
    const table = tableOf(extension === 'json' ? cleanJson(bytes) : cleanCsv(bytes))
    await expectDuckDb(await clean(bytes, extension), table)
  })

  it('Oro, and gives the same figures from Plata', async () => {
    const bytes = await readFile(join(import.meta.dirname, '../../datos/ventas.csv'))
    const silver = await clean(bytes, 'csv')
    const metrics = { monto: ['sum', 'mean', 'count'] } as const
    await agregarOro(run.s3, bucket, 'plata.parquet', 'oro.parquet', 'categoria', metrics)
    const gold = await download('curated/oro.parquet')
    const own = await duck.runAndReadAll(
      `SELECT categoria, sum(monto), avg(monto), count(*) FROM '${silver}' GROUP BY categoria ORDER BY categoria`,
    )
    const theirs = await duck.runAndReadAll(`SELECT * FROM '${gold}'`)
    const round = (rows: unknown[][]): unknown[][] =>
      rows.map(row => row.map(value => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value)))
    expect(round(theirs.getRows())).toEqual(round(own.getRows()))
    const expected = aggregate(tableOf(cleanCsv(bytes)), 'categoria', metrics)
    expect(theirs.columnNames()).toEqual(expected.columns.map(({ name }) => name))
    expect(theirs.columnTypes().map(String)).toEqual(expected.columns.map(({ type }) => duckTypes[type]))
  })
})
