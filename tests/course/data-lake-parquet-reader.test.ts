import type { SchemaElement } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { readParquet } from '../../modules/9.2-s3-data-lake/checks/data-lake/parquet-reader.ts'
import { writeParquet } from '../../modules/9.2-s3-data-lake/checks/data-lake/parquet-writer.ts'
import type { Table } from '../../modules/9.2-s3-data-lake/checks/data-lake/table.ts'

const instant = Date.UTC(2024, 1, 29, 23, 59, 59, 125)

/** Ways to store a column that another writer might choose, each with the value that it must be read as. */
const columns: {
  what: string
  element: Omit<SchemaElement, 'name'>
  stored: unknown
  read: unknown
  type: unknown
}[] = [
  { what: 'a bare INT64', element: { type: 'INT64' }, stored: -5n, read: -5n, type: 'INT64' },
  {
    what: 'INT_64',
    element: { type: 'INT64', converted_type: 'INT_64' },
    stored: 5n,
    read: 5n,
    type: 'INT64',
  },
  {
    what: 'INTEGER(64, signed)',
    element: { type: 'INT64', logical_type: { type: 'INTEGER', bitWidth: 64, isSigned: true } },
    stored: 999_999_999_999_999n,
    read: 999_999_999_999_999n,
    type: 'INT64',
  },
  {
    what: 'an unsigned INT64',
    element: { type: 'INT64', converted_type: 'UINT_64' },
    stored: 5n,
    read: 5n,
    type: undefined,
  },
  { what: 'DOUBLE', element: { type: 'DOUBLE' }, stored: -0.5, read: -0.5, type: 'DOUBLE' },
  { what: 'FLOAT', element: { type: 'FLOAT' }, stored: 0.5, read: 0.5, type: undefined },
  { what: 'INT32', element: { type: 'INT32' }, stored: 7, read: 7, type: undefined },
  { what: 'BOOLEAN', element: { type: 'BOOLEAN' }, stored: true, read: 'true', type: undefined },
  {
    what: 'UTF8',
    element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
    stored: 'año',
    read: 'año',
    type: 'STRING',
  },
  {
    what: 'STRING',
    element: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
    stored: '\uFEFFa\nb',
    read: '\uFEFFa\nb',
    type: 'STRING',
  },
  { what: 'bytes', element: { type: 'BYTE_ARRAY' }, stored: Buffer.from('x'), read: 'x', type: undefined },
  { what: 'DATE', element: { type: 'INT32', converted_type: 'DATE' }, stored: -1, read: -1, type: 'DATE' },
  {
    what: 'the newer DATE',
    element: { type: 'INT32', logical_type: { type: 'DATE' } },
    stored: 19_782,
    read: 19_782,
    type: 'DATE',
  },
  {
    what: 'TIMESTAMP_MILLIS',
    element: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
    stored: new Date(-1),
    read: -1,
    type: 'TIMESTAMP',
  },
  {
    what: 'TIMESTAMP_MICROS',
    element: { type: 'INT64', converted_type: 'TIMESTAMP_MICROS' },
    stored: new Date(instant),
    read: instant,
    type: 'TIMESTAMP',
  },
  {
    what: 'TIMESTAMP(micros, UTC)',
    element: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
    stored: new Date(instant),
    read: instant,
    type: 'TIMESTAMP',
  },
  {
    what: 'TIMESTAMP(millis, local)',
    element: { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } },
    stored: new Date(instant),
    read: instant,
    type: undefined,
  },
]

describe('the grader reads Parquet with another library', () => {
  it.each(
    columns.flatMap(column =>
      (['REQUIRED', 'OPTIONAL'] as const).map(repetition => ({ ...column, repetition })),
    ),
  )('$what, $repetition', async ({ element, stored, read, type, repetition }) => {
    // Enough equal values for a dictionary.
    const data = Array.from({ length: 300 }, () => stored)
    const bytes = parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'columna', repetition_type: repetition, ...element },
      ],
      columnData: [{ name: 'columna', data }],
      rowGroupSize: 130,
    })
    expect(await readParquet(new Uint8Array(bytes))).toEqual({
      kind: 'parquet',
      content: {
        rowCount: 300,
        columns: [
          {
            name: 'columna',
            type,
            storage: expect.stringContaining(element.type ?? ''),
            cells: Array.from({ length: 300 }, () => read),
          },
        ],
      },
    })
  })

  it('sees a BOM in a name and a row without a value', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [{ name: '\uFEFFa', data: ['x', null, 'z'], type: 'STRING' }],
    })
    expect(await readParquet(new Uint8Array(bytes))).toMatchObject({
      content: { columns: [{ name: '\uFEFFa', cells: ['x', undefined, 'z'] }] },
    })
  })

  it('reads back what its own writer wrote', async () => {
    const table: Table = {
      rowCount: 2,
      columns: [
        { name: 'precio.total', type: 'DOUBLE', cells: [1.5, -2] },
        { name: 'ciudad,_país', type: 'STRING', cells: ['', 'Ñ'] },
        { name: 'n', type: 'INT64', cells: [-1n, 999_999_999_999_999n] },
        { name: 'd', type: 'DATE', cells: [-1, 20_000] },
        { name: 't', type: 'TIMESTAMP', cells: [-1, instant] },
      ],
    }
    const reading = await readParquet(await writeParquet(table))
    expect(reading).toMatchObject({ kind: 'parquet', content: table })
  })

  it.each([
    ['nothing', Buffer.alloc(0), /no es Parquet: empieza por nada/],
    ['a CSV', Buffer.from('a,b\n1,2\n'), /no es Parquet: empieza por "a,b\\n1,2\\n"/],
    ['only the marks', Buffer.from('PAR1\0\0\0\0PAR1'), /no se puede leer/],
    ['a footer that leaves the file', Buffer.from('PAR1\xff\xff\xff\x7fPAR1', 'latin1'), /no se puede leer/],
    [
      'noise between the marks',
      Buffer.from(`PAR1${'\x19'.repeat(60)}\x3c\0\0\0PAR1`, 'latin1'),
      /no se puede leer/,
    ],
    ['17 MiB', Buffer.alloc(17 * 1024 * 1024), /más de 16 MiB/],
  ])('refuses %s', async (_, bytes, reason) => {
    expect(await readParquet(bytes)).toEqual({ kind: 'unreadable', reason: expect.stringMatching(reason) })
  })

  it('refuses another compression and nested columns', async () => {
    const gzip = parquetWriteBuffer({
      columnData: [{ name: 'a', data: ['x'.repeat(500)], type: 'STRING' }],
      codec: 'GZIP',
      compressors: { GZIP: bytes => bytes },
    })
    expect(await readParquet(new Uint8Array(gzip))).toEqual({
      kind: 'unreadable',
      reason: 'está comprimido con GZIP, no con SNAPPY ni sin comprimir',
    })
    const nested = parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'grupo', num_children: 1, repetition_type: 'REQUIRED' },
        { name: 'a', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      ],
      columnData: [{ name: 'grupo', data: [{ a: 1 }] }],
    })
    expect(await readParquet(new Uint8Array(nested))).toEqual({
      kind: 'unreadable',
      reason: 'la columna «grupo» está anidada',
    })
  })

  it('survives a file cut or altered anywhere', async () => {
    const table: Table = {
      rowCount: 3,
      columns: [{ name: 'a', type: 'STRING', cells: ['uno', 'dos', 'tres'] }],
    }
    const whole = await writeParquet(table)
    for (let index = 0; index < whole.length; index++) {
      const altered = Buffer.from(whole)
      altered[index] = (altered[index] ?? 0) ^ 0x55
      expect(['parquet', 'unreadable']).toContain((await readParquet(altered)).kind)
      expect((await readParquet(whole.subarray(0, index))).kind).toBe('unreadable')
    }
  })
})
