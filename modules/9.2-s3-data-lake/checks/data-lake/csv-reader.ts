/** A row of a CSV as it was written, header included. */
export interface CsvRow {
  readonly fields: readonly string[]
  /** The line in which it starts, from 1. */
  readonly line: number
}

/** The rows of a CSV, or the first row that RFC 4180 and its header do not allow. */
export type CsvContent =
  | { readonly kind: 'rows'; readonly rows: readonly CsvRow[] }
  | { readonly kind: 'malformed'; readonly line: number }

/** Reads a CSV without its BOM: LF or CRLF, fields in quotes may hold commas, newlines and doubled quotes. */
export function readCsv(text: string): CsvContent {
  const rows: CsvRow[] = []
  let position = 0
  let line = 1
  while (position < text.length) {
    const row = readRow(text, position)
    const width = rows[0]?.fields.length
    if (row === undefined || row.isBlank || (width !== undefined && row.fields.length !== width)) {
      return { kind: 'malformed', line }
    }
    rows.push({ fields: row.fields, line })
    line += countNewlines(text, position, row.end)
    position = row.end
  }
  return { kind: 'rows', rows }
}

interface RowRead {
  readonly fields: readonly string[]
  /** Where the next row starts. */
  readonly end: number
  readonly isBlank: boolean
}

/** The row that starts at `start`; `undefined` when a quote stands where none may. */
function readRow(text: string, start: number): RowRead | undefined {
  const fields: string[] = []
  for (let position = start; ; position++) {
    const field = text[position] === '"' ? readQuoted(text, position) : readPlain(text, position)
    if (field === undefined) return undefined
    fields.push(field.value)
    position = field.end
    if (text[position] === ',') continue
    const end = position + newlineLength(text, position)
    return { fields, end, isBlank: text.slice(start, end).trim() === '' }
  }
}

interface FieldRead {
  readonly value: string
  /** Where the comma or the newline after it is. */
  readonly end: number
}

function readPlain(text: string, start: number): FieldRead | undefined {
  let end = start
  while (end < text.length && text[end] !== ',' && newlineLength(text, end) === 0) {
    if (text[end] === '"') return undefined
    end++
  }
  return { value: text.slice(start, end), end }
}

function readQuoted(text: string, start: number): FieldRead | undefined {
  let value = ''
  for (let position = start + 1; position < text.length; position++) {
    if (text[position] !== '"') value += text[position]
    else if (text[position + 1] === '"') {
      value += '"'
      position++
    } else {
      const end = position + 1
      const isClosed = end === text.length || text[end] === ',' || newlineLength(text, end) > 0
      return isClosed ? { value, end } : undefined
    }
  }
  return undefined
}

/** Length of the newline at a position; 0 where there is none. */
function newlineLength(text: string, position: number): 0 | 1 | 2 {
  if (text[position] === '\n') return 1
  return text[position] === '\r' && text[position + 1] === '\n' ? 2 : 0
}

function countNewlines(text: string, start: number, end: number): number {
  let count = 0
  for (let position = start; position < end; position++) if (text[position] === '\n') count++
  return count
}
