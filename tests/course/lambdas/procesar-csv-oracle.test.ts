import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createMalformedCsvs,
  createRefusedCsvs,
  createRowlessCsvs,
} from '../../../modules/9.2-s3-data-lake/checks/data-lake/dirty-shape.ts'
import {
  createBomCsv,
  createMissingCsv,
  createNamesCsv,
  createPlainCsv,
  createQuotedBomCsv,
  createQuotedCsv,
} from '../../../modules/9.2-s3-data-lake/checks/data-lake/dirty-text.ts'
import {
  createDatesCsv,
  createNumbersCsv,
} from '../../../modules/9.2-s3-data-lake/checks/data-lake/dirty-types.ts'
import { type Cleaning, cleanCsv } from '../../../modules/9.2-s3-data-lake/checks/data-lake/oracle.ts'
import { readParquet } from '../../../modules/9.2-s3-data-lake/checks/data-lake/parquet-reader.ts'
import { createSalesCsv } from '../../../modules/9.2-s3-data-lake/checks/data-lake/sales.ts'
import type { Table } from '../../../modules/9.2-s3-data-lake/checks/data-lake/table.ts'
import { describeTableDifference } from '../../../modules/9.2-s3-data-lake/checks/data-lake/table-difference.ts'
import { createRandom, type Random } from '../../../src/core/random.ts'
import { type CsvFunction, csvFunctions, startCsvFunction } from './csv-function.ts'
import { createLateChanges, createNastyCsv, createWideText } from './nasty-csv.ts'

function createKnownCsvs(seed: number): Buffer[] {
  const random = createRandom(seed)
  return [
    ...[createNumbersCsv, createDatesCsv, createPlainCsv, createNamesCsv, createBomCsv].map(make =>
      make(random),
    ),
    ...[createQuotedBomCsv, createMissingCsv, createSalesCsv].map(make => make(random)),
    createQuotedCsv(random, '\n'),
    createQuotedCsv(random, '\r\n'),
    ...[createMalformedCsvs, createRefusedCsvs, createRowlessCsvs].flatMap(make =>
      make(random).map(({ bytes }) => bytes),
    ),
  ]
}

function times<T>(count: number, make: (random: Random) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(createRandom(index * 7919 + 5)))
}

async function expectTable(bytes: Buffer, table: Table, what: string): Promise<void> {
  const reading = await readParquet(bytes)
  if (reading.kind !== 'parquet') throw new Error(`${reading.reason}: ${what}`)
  expect(describeTableDifference(table, reading.content), what).toBeUndefined()
}

/** A message that says what the oracle says. */
function errorOf(cleaning: Exclude<Cleaning, { readonly kind: 'table' }>): unknown {
  if (cleaning.kind === 'refused') return expect.stringMatching(/el archivo está vacío|columna sin nombre/)
  return expect.stringMatching(new RegExp(`línea ${cleaning.line}:`))
}

describe.each(csvFunctions)('%s cleans as the oracle of 9.2.3 says', name => {
  let lambda: CsvFunction
  let buckets = 0

  beforeAll(async () => {
    lambda = await startCsvFunction(name)
  })
  afterAll(() => lambda.close())

  /** Sends each CSV by itself; whatever the oracle says of it must be what the function did. */
  async function expectAgreement(sources: readonly Buffer[]): Promise<void> {
    const bucket = `lago-${++buckets}`
    await lambda.createBucket(bucket)
    for (const [index, source] of sources.entries()) await lambda.put(bucket, `raw/${index}.csv`, source)
    const { answers } = await lambda.send(sources.map((_, index) => [{ bucket, key: `raw/${index}.csv` }]))
    const written = await lambda.keys(bucket)
    for (const [index, source] of sources.entries()) {
      const [answer, cleaning] = [answers[index], cleanCsv(source)]
      const destino = `processed/${index}.parquet`
      const what = `${JSON.stringify(source.toString().slice(0, 2000))} → ${JSON.stringify(answer)}`
      if (cleaning.kind === 'table') {
        const result = [{ origen: `raw/${index}.csv`, destino, filas: cleaning.table.rowCount }]
        expect(answer, what).toEqual({ kind: 'result', result })
        await expectTable(await lambda.get(bucket, destino), cleaning.table, what)
      } else {
        expect(answer, what).toMatchObject({ kind: 'error', message: errorOf(cleaning) })
        expect(written, what).not.toContain(destino)
      }
    }
    expect(await lambda.unfinishedUploads(bucket)).toBe(0)
  }

  it('on the sources of its exercise', async () => {
    await expectAgreement([1, 2, 3].flatMap(createKnownCsvs))
  })

  it('on generated files with everything wrong', async () => {
    await expectAgreement(times(150, createNastyCsv))
  }, 60_000)

  it('on columns whose type shows late, and on text of all widths', async () => {
    await expectAgreement([...times(3, createLateChanges), ...times(2, createWideText)])
  }, 60_000)
})
