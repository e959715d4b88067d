import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import parquetjs, { type ParquetField } from 'parquetjs-lite'
import type { Cell, ColumnType, Table } from './table.ts'

const parquetTypes: Readonly<Record<ColumnType, ParquetField['type']>> = {
  INT64: 'INT64',
  DOUBLE: 'DOUBLE',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP_MILLIS',
  STRING: 'UTF8',
}

/** Writes a table as the plainest Parquet: uncompressed, required columns, nothing that a reader may not know. */
export async function writeParquet({ columns, rowCount }: Table): Promise<Buffer> {
  const fields = columns.map(
    ({ name, type }) => [name, { type: parquetTypes[type], statistics: false }] as const,
  )
  const output = new PassThrough()
  const bytes = buffer(output)
  const writer = await parquetjs.ParquetWriter.openStream(
    new parquetjs.ParquetSchema(Object.fromEntries(fields)),
    output,
    { useDataPageV2: false },
  )
  for (let row = 0; row < rowCount; row++) {
    await writer.appendRow(
      Object.fromEntries(columns.map(({ name, type, cells }) => [name, convert(cells[row], type)])),
    )
  }
  await writer.close()
  return bytes
}

function convert(cell: Cell | undefined, type: ColumnType): Cell | Date {
  if (cell === undefined) throw new Error('a row of the table has no value')
  if (type === 'DATE') return new Date(Number(cell) * 86_400_000)
  return type === 'TIMESTAMP' ? new Date(Number(cell)) : cell
}
