import { typeColumn } from './column-types.ts'
import { readCsv } from './csv-reader.ts'
import { type Cell, type Column, type ColumnType, findColumn, type Table } from './table.ts'

/** What cleaning a source must end in: a table, an error that names a line, or an error. */
export type Cleaning =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'malformed'; readonly line: number }
  | {
      readonly kind: 'refused'
      readonly reason: 'vacio' | 'columna-sin-nombre' | 'sin-columnas' | 'no-es-json'
    }

/** Texts that, trimmed, say that a field is missing. */
export const missingTokens = ['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', 'None'] as const

/** Cleans a CSV by the rules that the exercise's contract gives. */
export function cleanCsv(bytes: Uint8Array): Cleaning {
  const content = readCsv(new TextDecoder('utf-8').decode(bytes))
  if (content.kind === 'malformed') return content
  const [header, ...rows] = content.rows.map(({ fields }) => fields)
  if (header === undefined) return { kind: 'refused', reason: 'vacio' }
  return cleanRows(header, rows)
}

/** Cleans a JSON array of flat objects; a key that is absent or `null` is missing. */
export function cleanJson(bytes: Uint8Array): Cleaning {
  const records = parseRecords(new TextDecoder('utf-8').decode(bytes))
  if (records === undefined) return { kind: 'refused', reason: 'no-es-json' }
  const names: string[] = []
  for (const record of records) {
    for (const name of Object.keys(record)) if (!names.includes(name)) names.push(name)
  }
  if (names.length === 0) return { kind: 'refused', reason: 'sin-columnas' }
  return cleanRows(
    names,
    records.map(record => names.map(name => writeValue(record[name]))),
  )
}

function parseRecords(text: string): Record<string, unknown>[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function writeValue(value: unknown): string {
  return value === null || value === undefined ? '' : `${value}`
}

function cleanRows(header: readonly string[], rows: readonly (readonly string[])[]): Cleaning {
  const names = cleanNames(header)
  if (names === undefined) return { kind: 'refused', reason: 'columna-sin-nombre' }
  const kept = rows.map(row => row.map(field => field.trim())).filter(row => !row.some(isMissing))
  const columns = names.map((name, index) =>
    typeColumn(
      name,
      kept.map(row => row[index] ?? ''),
    ),
  )
  return { kind: 'table', table: { columns, rowCount: kept.length } }
}

function isMissing(text: string): boolean {
  return (missingTokens as readonly string[]).includes(text)
}

/** The columns' names; `undefined` when one is empty. */
function cleanNames(header: readonly string[]): string[] | undefined {
  const names: string[] = []
  for (const title of header) {
    const name = title.trim().toLowerCase().split(/\s+/).join('_')
    if (name === '') return undefined
    names.push(firstFree(name, names))
  }
  return names
}

function firstFree(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  let number = 2
  while (taken.includes(`${name}_${number}`)) number++
  return `${name}_${number}`
}

/** What is computed of each column. */
export type Metrics = Readonly<Record<string, readonly ('sum' | 'mean' | 'count')[]>>

/** A column of Oro, and the types that its contract allows. */
export interface GoldColumn extends Column {
  readonly allowedTypes: readonly ColumnType[]
  /** Adding in another order gives other last digits. */
  readonly relativeTolerance: number
}

/** What `agregarOro` must leave: one row a group, in order. */
export interface GoldTable extends Table {
  readonly columns: readonly GoldColumn[]
}

/** Groups a table and computes its metrics; the metrics' columns must be numeric. */
export function aggregate(silver: Table, group: string, metrics: Metrics): GoldTable {
  const keys = findColumn(silver, group)
  const groups = [...new Set(keys.cells)].sort((one, other) => (one < other ? -1 : 1))
  const columns: GoldColumn[] = [{ ...keys, cells: groups, allowedTypes: [keys.type], relativeTolerance: 0 }]
  for (const [name, functions] of Object.entries(metrics)) {
    const values = findColumn(silver, name)
    const byGroup = groups.map(key => values.cells.filter((_, row) => keys.cells[row] === key))
    for (const each of functions) {
      columns.push({
        name: `${name}_${each}`,
        relativeTolerance: 1e-9,
        ...compute(each, values.type, byGroup),
      })
    }
  }
  return { columns, rowCount: groups.length }
}

function compute(
  metric: Metrics[string][number],
  type: ColumnType,
  byGroup: readonly (readonly Cell[])[],
): Omit<GoldColumn, 'name' | 'relativeTolerance'> {
  switch (metric) {
    case 'sum':
      return type === 'INT64'
        ? { type: 'INT64', cells: byGroup.map(sumIntegers), allowedTypes: ['INT64', 'DOUBLE'] }
        : { type: 'DOUBLE', cells: byGroup.map(sumNumbers), allowedTypes: ['DOUBLE'] }
    case 'mean':
      return {
        type: 'DOUBLE',
        cells: byGroup.map(cells => sumNumbers(cells) / cells.length),
        allowedTypes: ['DOUBLE'],
      }
    case 'count':
      return { type: 'INT64', cells: byGroup.map(cells => BigInt(cells.length)), allowedTypes: ['INT64'] }
  }
}

function sumIntegers(cells: readonly Cell[]): bigint {
  return cells.reduce<bigint>((sum, cell) => sum + BigInt(cell), 0n)
}

function sumNumbers(cells: readonly Cell[]): number {
  return cells.reduce<number>((sum, cell) => sum + Number(cell), 0)
}
