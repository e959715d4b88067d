import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type CsvStyle,
  quoted,
  writeCsv,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/csv-writer.ts'
import {
  aggregate,
  type Cleaning,
  cleanCsv,
  cleanJson,
  missingTokens,
} from '../../modules/9.2-s3-data-lake/checks/data-lake/oracle.ts'
import { readParquet } from '../../modules/9.2-s3-data-lake/checks/data-lake/parquet-reader.ts'
import { describeTableDifference } from '../../modules/9.2-s3-data-lake/checks/data-lake/table-difference.ts'
import { agregarOro, limpiarPlata } from '../../solutions/9.2-s3-data-lake/data-lake.ts'
import { type LakeRun, startLakeRun } from './data-lake-run.ts'

const bucket = 'lago'
let run: LakeRun

beforeAll(async () => {
  run = await startLakeRun()
  await run.s3.send(new CreateBucketCommand({ Bucket: bucket }))
})
afterAll(() => run.close())

async function put(key: string, bytes: Uint8Array): Promise<void> {
  await run.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }))
}

async function get(key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await run.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    return await Body?.transformToByteArray()
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    throw error
  }
}

/** What the reference makes of a source, told as the oracle tells it; the difference is empty when they agree. */
async function compareCleaning(
  bytes: Uint8Array,
  extension: 'csv' | 'json',
  expected: Cleaning,
): Promise<unknown> {
  await put(`raw/origen.${extension}`, bytes)
  await run.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'processed/destino.parquet' }))
  const outcome = await limpiarPlata(run.s3, bucket, `origen.${extension}`, 'destino.parquet').catch(
    (error: Error) => error,
  )
  const written = await get('processed/destino.parquet')
  if (outcome instanceof Error) {
    if (written !== undefined) return 'an error, and yet something was written'
    if (expected.kind === 'table') return `an error: ${outcome.message}`
    const line = /^línea (\d+):/.exec(outcome.message)?.[1]
    return expected.kind === 'malformed' && line !== String(expected.line) ? outcome.message : undefined
  }
  if (expected.kind !== 'table') return `no error, where the oracle says ${JSON.stringify(expected)}`
  const reading = await readParquet(written ?? new Uint8Array())
  if (reading.kind !== 'parquet') return reading.reason
  if (outcome !== expected.table.rowCount) return `${outcome} rows claimed`
  return describeTableDifference(expected.table, reading.content)
}

const blank = fc.constantFrom('', '', '', ' ', '  ', '\t')
const padded = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(blank, text, blank).map(([before, inside, after]) => before + inside + after)
const digits = (length: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`))
const twoDigits = (maximum: number): fc.Arbitrary<string> =>
  fc.integer({ min: 0, max: maximum }).map(value => String(value).padStart(2, '0'))

const integer = fc.oneof(
  fc.integer().map(String),
  digits(15),
  digits(15).map(text => `-${text}`),
  fc.constantFrom('0', '-0'),
)
const decimal = fc.oneof(
  fc.float({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('+5', '1.', '.5', '-.5e-3', '1E5', '1e+5', '-0.0'),
  digits(16),
  digits(19),
)
const coded = fc.constantFrom('007', '-012', '00', '+01', '01.5', '0.5', '0', '1e05')
const day = fc
  .tuple(fc.integer({ min: 0, max: 9999 }), twoDigits(13), twoDigits(32))
  .map(([year, month, date]) => `${String(year).padStart(4, '0')}-${month}-${date}`)
const goodDay = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10))
const zone = fc.constantFrom('', 'Z', '+05:30', '-03:00', '-00:00', '+23:59', 'z', '+0530', '+24:00', ' ')
const hour = fc
  .tuple(twoDigits(24), twoDigits(60), twoDigits(60))
  .filter(([hours]) => hours !== '24')
  .map(parts => parts.join(':'))
const moment = fc
  .tuple(fc.oneof(goodDay, day), hour, fc.constantFrom('', '.5', '.123', '.1234'), zone)
  .map(([date, time, fraction, where]) => `${date}T${time}${fraction}${where}`)
const shortMoment = fc
  .tuple(goodDay, twoDigits(23), zone)
  .map(([date, hours, where]) => `${date}T${hours}:30${where}`)
const text = fc.string({
  unit: fc.constantFrom('a', 'B', 'é', 'Ñ', '"', ',', '\n', '\r\n', '\r', ' ', '😀', '1', '-', '\u00a0', '_'),
  maxLength: 8,
})
const nearlyMissing = fc.constantFrom(
  'na',
  'Null',
  'NONE',
  'n/a',
  '0x1F',
  '1,5',
  'Infinity',
  '-',
  '1_000',
  '٣',
)

const kinds = [integer, decimal, coded, goodDay, day, moment, shortMoment, text, nearlyMissing]
const missing = fc.constantFrom(...missingTokens)
/** A column whose cells are mostly of one kind. */
const column = fc
  .constantFrom(...kinds)
  .chain(kind =>
    fc.array(
      fc.oneof(
        { weight: 30, arbitrary: padded(kind) },
        { weight: 2, arbitrary: padded(missing) },
        { weight: 1, arbitrary: text },
      ),
      { minLength: 12, maxLength: 12 },
    ),
  )
const name = fc.oneof(
  fc.constantFrom('a', 'A ', ' a', 'a_2', 'Año', 'precio  total', 'x,y', 'x"y', 'x\ny', 'a.b', ''),
  fc.string({ unit: fc.constantFrom('a', 'Z', 'é', ' ', '_', '.'), minLength: 1, maxLength: 5 }),
)
const style: fc.Arbitrary<CsvStyle> = fc.record({
  newline: fc.constantFrom('\n', '\r\n'),
  hasBom: fc.boolean(),
  endsInNewline: fc.boolean(),
})

/** A CSV that RFC 4180 allows, whatever is in its fields. */
const csv = fc
  .record({
    columns: fc.array(fc.tuple(name, column), { minLength: 1, maxLength: 5 }),
    rows: fc.integer({ min: 0, max: 12 }),
    quotes: fc.boolean(),
    style,
  })
  .map(({ columns, rows, quotes, style }) => {
    const write = (field: string): string => (quotes ? quoted(field) : field)
    const header = columns.map(([title]) => write(title))
    const body = Array.from({ length: rows }, (_, row) => columns.map(([, cells]) => write(cells[row] ?? '')))
    return writeCsv([header, ...body], style)
  })

/** Anything that looks like a CSV from afar. */
const scribble = fc
  .array(fc.constantFrom('a', 'b', ',', ',', '"', '"', '\n', '\n', '\r\n', '\r', ' ', 'é'), { maxLength: 40 })
  .map(pieces => Buffer.from(`a,b\n${pieces.join('')}`))

/** One column: a blank line has as many fields as a row. */
const narrowScribble = fc
  .array(fc.constantFrom('a', '"', '\n', '\n', '\r\n', ' ', '""'), { maxLength: 20 })
  .map(pieces => Buffer.from(pieces.join('')))

const json = fc
  .array(
    fc.dictionary(
      fc.constantFrom('id', 'Nombre', 'fecha de alta', 'gasto', 'código'),
      fc.oneof(
        { weight: 6, arbitrary: fc.integer() },
        { weight: 3, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
        { weight: 3, arbitrary: padded(goodDay) },
        { weight: 2, arbitrary: text },
        { weight: 1, arbitrary: fc.constantFrom(null, '', 'NA', '007', 1.5e19) },
      ),
      { minKeys: 4 },
    ),
    { maxLength: 8 },
  )
  .map(records => Buffer.from(JSON.stringify(records)))

describe('the oracle of 9.2.3 and the reference, written apart, agree on', () => {
  const runs = { numRuns: 100 }

  it('every well-formed CSV', async () => {
    await fc.assert(
      fc.asyncProperty(csv, async bytes => {
        expect(await compareCleaning(bytes, 'csv', cleanCsv(bytes))).toBeUndefined()
      }),
      runs,
    )
  })

  it.each([
    ['two columns', scribble],
    ['any width', narrowScribble],
  ])('what is malformed, and in which line: %s', async (_, source) => {
    await fc.assert(
      fc.asyncProperty(source, async bytes => {
        expect(await compareCleaning(bytes, 'csv', cleanCsv(bytes))).toBeUndefined()
      }),
      runs,
    )
  })

  it('every JSON of flat objects', async () => {
    await fc.assert(
      fc.asyncProperty(json, async bytes => {
        expect(await compareCleaning(bytes, 'json', cleanJson(bytes))).toBeUndefined()
      }),
      runs,
    )
  })

  it('Oro by a group of any type', async () => {
    const rows = fc.array(
      fc.record({
        grupo: fc.constantFrom('9', '10', '-3', 'b', 'B', 'É', '2024-01-02', '2023-12-31'),
        monto: fc.integer({ min: -99_999, max: 99_999 }).map(cents => String(cents / 100)),
      }),
      { minLength: 1, maxLength: 20 },
    )
    const kind = fc.constantFrom(/^-?\d+$/, /^\d{4}-/, /./)
    await fc.assert(
      fc.asyncProperty(rows, kind, async (all, wanted) => {
        const kept = all.filter(({ grupo }) => wanted.test(grupo))
        const bytes = writeCsv([['grupo', 'monto'], ...kept.map(({ grupo, monto }) => [grupo, monto])])
        const cleaning = cleanCsv(bytes)
        if (cleaning.kind !== 'table' || cleaning.table.rowCount === 0) return
        await put('raw/origen.csv', bytes)
        await limpiarPlata(run.s3, bucket, 'origen.csv', 'destino.parquet')
        const metrics = { monto: ['sum', 'mean', 'count'] } as const
        await agregarOro(run.s3, bucket, 'destino.parquet', 'oro.parquet', 'grupo', metrics)
        const reading = await readParquet((await get('curated/oro.parquet')) ?? new Uint8Array())
        const expected = aggregate(cleaning.table, 'grupo', metrics)
        expect(reading).toMatchObject({ kind: 'parquet' })
        if (reading.kind === 'parquet')
          expect(describeTableDifference(expected, reading.content)).toBeUndefined()
      }),
      { numRuns: 50 },
    )
  })
})
