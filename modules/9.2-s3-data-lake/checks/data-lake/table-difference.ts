import { countOf, quoteSome } from '../grader-s3/spanish.ts'
import type { ParquetColumn, ParquetContent } from './parquet-reader.ts'
import type { Cell, Column, ColumnType } from './table.ts'

/** What should be there and what is, one Spanish line each. */
export interface Difference {
  readonly expected: string
  readonly found: string
}

/** What a file must say of a column. */
export interface ExpectedColumn extends Column {
  /** Where the contract leaves a choice. */
  readonly allowedTypes?: readonly ColumnType[]
  /** Of numbers that were added in an order of the student's; exact where there is none. */
  readonly relativeTolerance?: number
}

/** A file's columns and rows as they must be. */
export interface ExpectedTable {
  readonly columns: readonly ExpectedColumn[]
  readonly rowCount: number
}

/** The first difference in names, rows, types or values, in that order; the order of columns is free. */
export function describeTableDifference(
  expected: ExpectedTable,
  found: ParquetContent,
): Difference | undefined {
  return (
    describeNameDifference(expected, found) ??
    describeRowDifference(expected, found) ??
    describeTypeDifference(expected, found) ??
    describeCellDifference(expected, found)
  )
}

/** Columns that are missing or too many. */
export function describeNameDifference(
  expected: ExpectedTable,
  found: ParquetContent,
): Difference | undefined {
  const wanted = expected.columns.map(({ name }) => name)
  const given = found.columns.map(({ name }) => name)
  const missing = wanted.filter(name => !given.includes(name))
  const extra = given.filter(name => !wanted.includes(name))
  if (missing.length === 0 && extra.length === 0 && given.length === wanted.length) return undefined
  const parts = [
    missing.length > 0
      ? `falta${missing.length === 1 ? '' : 'n'} ${quoteSome(missing.map(showText), 4)}`
      : '',
    extra.length > 0 ? `sobra${extra.length === 1 ? '' : 'n'} ${quoteSome(extra.map(showText), 4)}` : '',
    missing.length + extra.length === 0 ? 'una columna está repetida' : '',
  ]
  return {
    expected: `las columnas ${wanted.map(showText).join(', ')}`,
    found: parts.filter(part => part !== '').join('; '),
  }
}

/** Rows that are missing or too many. */
export function describeRowDifference(
  expected: ExpectedTable,
  found: ParquetContent,
): Difference | undefined {
  if (found.rowCount === expected.rowCount) return undefined
  return { expected: countOf(expected.rowCount, 'fila'), found: countOf(found.rowCount, 'fila') }
}

/** The first column that is stored as another type. */
export function describeTypeDifference(
  expected: ExpectedTable,
  found: ParquetContent,
): Difference | undefined {
  for (const [wanted, given] of pairColumns(expected, found)) {
    const allowed = wanted.allowedTypes ?? [wanted.type]
    if (given.type !== undefined && allowed.includes(given.type)) continue
    const isText = wanted.type === 'STRING'
    const example =
      wanted.cells[0] === undefined || isText ? '' : ` (p. ej. ${showCell(wanted.cells[0], wanted.type)})`
    return {
      expected: `la columna «${showText(wanted.name)}» de tipo ${allowed.join(' o ')}${example}`,
      found: given.storage,
    }
  }
  return undefined
}

/** The first cell, by rows, with another value. */
export function describeCellDifference(
  expected: ExpectedTable,
  found: ParquetContent,
): Difference | undefined {
  const pairs = pairColumns(expected, found)
  for (let row = 0; row < expected.rowCount; row++) {
    for (const [wanted, given] of pairs) {
      const value = wanted.cells[row]
      if (value === undefined || isSameCell(wanted, value, given.cells[row])) continue
      return {
        expected: `fila ${row + 1}, «${showText(wanted.name)}»: ${showCell(value, wanted.type)}`,
        found: showCell(given.cells[row], given.type),
      }
    }
  }
  return undefined
}

function pairColumns(
  expected: ExpectedTable,
  found: ParquetContent,
): (readonly [wanted: ExpectedColumn, given: ParquetColumn])[] {
  return expected.columns.flatMap(wanted => {
    const given = found.columns.find(({ name }) => name === wanted.name)
    return given === undefined ? [] : [[wanted, given] as const]
  })
}

function isSameCell(
  { relativeTolerance = 0 }: ExpectedColumn,
  expected: Cell,
  found: Cell | undefined,
): boolean {
  if (found === undefined) return false
  if (typeof expected === 'string' || typeof found === 'string') return expected === found
  if (typeof expected === 'bigint' && typeof found === 'bigint') return expected === found
  const difference = Math.abs(Number(expected) - Number(found))
  return difference <= relativeTolerance * Math.max(1, Math.abs(Number(expected)))
}

function showCell(cell: Cell | undefined, type: ColumnType | undefined): string {
  if (cell === undefined) return 'sin valor'
  if (typeof cell === 'string') return `«${showText(cell)}»`
  if (type === 'DATE') return showTime(Number(cell) * 86_400_000).replace(/T00:00:00\.000Z$/, '')
  return type === 'TIMESTAMP' ? showTime(Number(cell)) : String(cell)
}

function showTime(milliseconds: number): string {
  const time = new Date(milliseconds)
  return Number.isNaN(time.getTime()) ? String(milliseconds) : time.toISOString()
}

/** A text on one line: what cannot be seen is written as JSON writes it. */
export function showText(text: string): string {
  const longest = 60
  const visible = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll('\uFEFF', '\\ufeff')
  return visible.length > longest ? `${visible.slice(0, longest)}…` : visible
}
