import { padLeft, padRight, widthOf } from '../terminal/layout.ts'

/** A column of a table. */
export interface Column {
  readonly title: string
  /** Default left. */
  readonly align?: 'left' | 'right'
}

/** A row's cells, painted or not; widths ignore colour. */
export type Row = readonly string[]

/** Lays rows out in columns as wide as their widest cell, three blanks apart; blanks at a line's end are dropped. */
export function tableLines(columns: readonly Column[], rows: readonly Row[]): string[] {
  const titled: Row[] = [columns.map(column => column.title), ...rows]
  const widths = columns.map((_, index) => Math.max(...titled.map(row => widthOf(row[index] ?? ''))))
  return titled.map(row =>
    columns
      .map(({ align }, index) =>
        (align === 'right' ? padLeft : padRight)(row[index] ?? '', widths[index] ?? 0),
      )
      .join('   ')
      .trimEnd(),
  )
}
