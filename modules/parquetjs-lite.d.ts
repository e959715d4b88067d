/** The part of parquetjs-lite 0.8.7 (which ships no types) that the course writes and reads Parquet with. */
declare module 'parquetjs-lite' {
  import type { Writable } from 'node:stream'

  /** How one column is stored; anything left out is parquetjs-lite's default. */
  export interface ParquetField {
    readonly type:
      | 'BOOLEAN'
      | 'DATE'
      | 'DOUBLE'
      | 'INT32'
      | 'INT64'
      | 'TIMESTAMP_MICROS'
      | 'TIMESTAMP_MILLIS'
      | 'UTF8'
    /** Default `UNCOMPRESSED`. */
    readonly compression?: 'UNCOMPRESSED' | 'GZIP' | 'SNAPPY'
    /** Whether a row may lack the value; default `false`. */
    readonly optional?: boolean
    /** `false` leaves out minimum and maximum; with them, 0.8.7 cannot open a file with TIMESTAMP_MILLIS. */
    readonly statistics?: boolean
  }

  export interface ParquetWriterOptions {
    /** Rows per row group; default 4096. */
    readonly rowGroupSize?: number
    /** Rows per data page; default 8192. */
    readonly pageSize?: number
    /** Default `true`. */
    readonly useDataPageV2?: boolean
  }

  /** A row by column name. DATE and TIMESTAMP columns take a `Date`, INT64 a `bigint` or an integer. */
  export type ParquetRow = Readonly<Record<string, unknown>>

  class ParquetSchema {
    constructor(fields: Readonly<Record<string, ParquetField>>)
    readonly schema: Readonly<Record<string, ParquetField>>
  }

  class ParquetWriter {
    /** Writes to any stream; `close` ends it. */
    static openStream(
      schema: ParquetSchema,
      output: Writable,
      options?: ParquetWriterOptions,
    ): Promise<ParquetWriter>
    appendRow(row: ParquetRow): Promise<void>
    /** Writes the last row group and the footer; call it once. */
    close(): Promise<void>
  }

  export interface ParquetCursor {
    /** The next row, or `null` after the last. */
    next(): Promise<Record<string, unknown> | null>
  }

  class ParquetReader {
    static openBuffer(file: Buffer): Promise<ParquetReader>
    readonly metadata: { readonly num_rows: number }
    readonly schema: {
      readonly fieldList: readonly {
        readonly name: string
        readonly primitiveType: string
        readonly originalType?: string
      }[]
    }
    /** Reads only the columns whose paths are given; 0.8.7 cannot read a TIMESTAMP_MILLIS. */
    getCursor(columns?: readonly (readonly string[])[]): ParquetCursor
    close(): Promise<void>
  }

  /** A CommonJS module whose names Node cannot list: only the default import has them. */
  const parquetjs: {
    readonly ParquetSchema: typeof ParquetSchema
    readonly ParquetWriter: typeof ParquetWriter
    readonly ParquetReader: typeof ParquetReader
  }
  export default parquetjs
}
