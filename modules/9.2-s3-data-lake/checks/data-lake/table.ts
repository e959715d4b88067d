/** The types that a column of Plata or Oro may have. */
export type ColumnType = 'INT64' | 'DOUBLE' | 'DATE' | 'TIMESTAMP' | 'STRING'

/** INT64 is a bigint; DOUBLE a number; DATE days and TIMESTAMP milliseconds since 1970 in UTC; STRING a text. */
export type Cell = bigint | number | string

/** A column with a value in every row. */
export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly cells: readonly Cell[]
}

/** What a Parquet file of the lake must say. */
export interface Table {
  readonly columns: readonly Column[]
  readonly rowCount: number
}

/** The column of that name. */
export function findColumn(table: Table, name: string): Column {
  const column = table.columns.find(each => each.name === name)
  if (column === undefined) throw new Error(`the oracle's table has no column ${name}`)
  return column
}
