import {
  type FileMetaData,
  type ParquetParsers,
  parquetMetadata,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet'
import { readColumnNames } from './parquet-names.ts'
import type { Cell, ColumnType } from './table.ts'

/** A column as the file has it. */
export interface ParquetColumn {
  readonly name: string
  /** `undefined` when it is stored as something that the lake does not use. */
  readonly type: ColumnType | undefined
  /** How the file stores it, e.g. `INT32 (DATE)`, `BYTE_ARRAY sin anotar`. */
  readonly storage: string
  /** `undefined` where a row has no value. */
  readonly cells: readonly (Cell | undefined)[]
}

/** What a Parquet file says. */
export interface ParquetContent {
  readonly columns: readonly ParquetColumn[]
  readonly rowCount: number
}

/** A Parquet file's content, or why it cannot be read, in Spanish. */
export type ParquetReading =
  | { readonly kind: 'parquet'; readonly content: ParquetContent }
  | { readonly kind: 'unreadable'; readonly reason: string }

/** Nothing that an exercise writes comes near; a file that says more is not read. */
const limits = { fileBytes: 16 * 1024 * 1024, uncompressedBytes: 64 * 1024 * 1024, rows: 1_000_000 }

const allowedCodecs = ['SNAPPY', 'UNCOMPRESSED']

/**
 * Reads a Parquet file with hyparquet, another library than those that write it. Any legal encoding of the types
 * will do: with or without dictionary, optional or required, the old annotations or the new ones.
 */
export async function readParquet(bytes: Uint8Array): Promise<ParquetReading> {
  if (bytes.byteLength > limits.fileBytes) return { kind: 'unreadable', reason: 'ocupa más de 16 MiB' }
  if (!hasMagic(bytes))
    return { kind: 'unreadable', reason: `no es Parquet: empieza por ${quoteStart(bytes)}` }
  const file = Uint8Array.from(bytes).buffer
  try {
    const metadata = parquetMetadata(file, { geoparquet: false })
    const refusal = refuse(metadata)
    return refusal === undefined
      ? { kind: 'parquet', content: await readContent(file, metadata) }
      : { kind: 'unreadable', reason: refusal }
  } catch (error) {
    // Whatever the library throws, these bytes are a student's: they are wrong, not we.
    return {
      kind: 'unreadable',
      reason: `no se puede leer: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

function hasMagic(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return (
    text.length >= 12 &&
    text.toString('latin1', 0, 4) === 'PAR1' &&
    text.toString('latin1', text.length - 4) === 'PAR1'
  )
}

function quoteStart(bytes: Uint8Array): string {
  if (bytes.byteLength === 0) return 'nada (0 bytes)'
  const shownBytes = 24
  return JSON.stringify(new TextDecoder().decode(bytes.subarray(0, shownBytes)))
}

/** Why a file that can be opened is none of the lake's. */
function refuse({ schema, num_rows, row_groups }: FileMetaData): string | undefined {
  const chunks = row_groups.flatMap(({ columns }) => columns.flatMap(({ meta_data }) => meta_data ?? []))
  const nested = schema
    .slice(1)
    .find(({ num_children, repetition_type }) => num_children || repetition_type === 'REPEATED')
  if (nested !== undefined) return `la columna «${nested.name}» está anidada`
  const codec = chunks.map(chunk => chunk.codec).find(each => !allowedCodecs.includes(each))
  if (codec !== undefined) return `está comprimido con ${codec}, no con SNAPPY ni sin comprimir`
  const uncompressedBytes = chunks.reduce((sum, chunk) => sum + Number(chunk.total_uncompressed_size), 0)
  if (num_rows > limits.rows) return `dice tener ${num_rows} filas`
  return uncompressedBytes > limits.uncompressedBytes ? `dice ocupar ${uncompressedBytes} bytes` : undefined
}

/** As it is, with its BOM if it has one. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Keeps dates and instants as numbers: a JavaScript Date would hide what the file says. */
const plainParsers: Partial<ParquetParsers> = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && decoder.decode(bytes),
  dateFromDays: (days: number) => days,
  timestampFromMilliseconds: (milliseconds: bigint) => Number(milliseconds),
  timestampFromMicroseconds: (microseconds: bigint) => Number(microseconds) / 1000,
}

async function readContent(file: ArrayBuffer, metadata: FileMetaData): Promise<ParquetContent> {
  const rows = await parquetReadObjects({ file, metadata, parsers: plainParsers, geoparquet: false })
  const names = readColumnNames(file)
  const columns = metadata.schema.slice(1).map((element, index) => ({
    name: names[index] ?? element.name,
    type: readType(element),
    storage: describeStorage(element),
    cells: rows.map(row => readCell(row[element.name])),
  }))
  return { columns, rowCount: rows.length }
}

function readCell(value: unknown): Cell | undefined {
  switch (typeof value) {
    case 'bigint':
    case 'number':
    case 'string':
      return value
    case 'undefined':
      return undefined
    default:
      return value === null ? undefined : String(value)
  }
}

/** The lake's type that a column is stored as. */
function readType(element: SchemaElement): ColumnType | undefined {
  const annotation = element.logical_type?.type ?? element.converted_type
  switch (element.type) {
    case 'DOUBLE':
      return annotation === undefined ? 'DOUBLE' : undefined
    case 'INT32':
      return annotation === 'DATE' ? 'DATE' : undefined
    case 'BYTE_ARRAY':
      return annotation === 'STRING' || annotation === 'UTF8' ? 'STRING' : undefined
    case 'INT64':
      return readInt64Type(element)
    default:
      return undefined
  }
}

function readInt64Type({
  converted_type: converted,
  logical_type: logical,
}: SchemaElement): ColumnType | undefined {
  switch (logical?.type ?? converted) {
    case undefined:
    case 'INT_64':
      return 'INT64'
    case 'TIMESTAMP_MILLIS':
    case 'TIMESTAMP_MICROS':
      return 'TIMESTAMP'
  }
  if (logical?.type === 'INTEGER') return logical.bitWidth === 64 && logical.isSigned ? 'INT64' : undefined
  if (logical?.type !== 'TIMESTAMP') return undefined
  return logical.isAdjustedToUTC && logical.unit !== 'NANOS' ? 'TIMESTAMP' : undefined
}

function describeStorage({ type, converted_type: converted, logical_type: logical }: SchemaElement): string {
  if (logical?.type === 'TIMESTAMP') {
    return `${type} (TIMESTAMP ${logical.unit}${logical.isAdjustedToUTC ? ', UTC' : ', hora local'})`
  }
  const annotation = logical?.type ?? converted
  if (annotation !== undefined) return `${type} (${annotation})`
  return type === 'BYTE_ARRAY' ? 'BYTE_ARRAY sin anotar' : `${type}`
}
