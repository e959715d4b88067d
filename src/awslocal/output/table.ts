import { toPythonText } from '../values/python-text.ts'
import { isRecord } from '../values/record.ts'
import { renderSections, type Section } from './table-sections.ts'

/** Where the table is shown. */
export interface TableView {
  /** In characters; tables that are wider turn single rows into columns of name and value. */
  readonly width: number
}

/** An answer as the AWS CLI's table output; empty when there is nothing to show. */
export function formatTable(title: string, value: unknown, view: TableView): string {
  const sections: Section[] = []
  if (!addValue(sections, { title, value, depth: 0 })) return ''
  return renderSections(sections, view.width)
}

interface Part {
  /** Without one, rows go into the section before. */
  readonly title: string | undefined
  readonly value: unknown
  readonly depth: number
}

function addValue(sections: Section[], { title, value, depth }: Part): boolean {
  if (isEmpty(value)) return false
  if (title !== undefined) sections.push({ title, depth, headers: [], rows: [] })
  if (Array.isArray(value)) addList(sections, { title, value, depth }, value)
  if (isRecord(value)) addRecord(sections, value, depth)
  return true
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) ? Object.keys(value).length === 0 : !value
}

function addList(sections: Section[], part: Part, items: readonly unknown[]): void {
  if (isRecord(items[0])) {
    addRecords(sections, part, items.filter(isRecord))
    return
  }
  for (const item of items) {
    if (isScalar(item)) addRow(sections, [item])
    else if (Array.isArray(item) && item.every(isScalar)) addRow(sections, item)
    else addValue(sections, { title: undefined, value: item, depth: 0 })
  }
}

function addRecord(sections: Section[], record: Readonly<Record<string, unknown>>, depth: number): void {
  const headers = Object.keys(record).filter(key => isScalar(record[key]))
  headers.sort()
  const [only] = headers
  if (headers.length === 1 && only !== undefined) addRow(sections, [only, record[only]])
  else if (headers.length > 1) {
    addHeaders(sections, headers)
    addRow(
      sections,
      headers.map(key => record[key]),
    )
  }
  const rest = Object.keys(record).filter(key => !isScalar(record[key]))
  for (const key of rest.sort()) addValue(sections, { title: key, value: record[key], depth: depth + 1 })
}

function addRecords(
  sections: Section[],
  { title, depth }: Part,
  records: readonly Record<string, unknown>[],
): void {
  const headers = keysWhere(records, isScalar)
  const rest = keysWhere(records, value => !isScalar(value))
  addHeaders(sections, headers)
  for (const [index, record] of records.entries()) {
    if (index > 0 && rest.length > 0) {
      sections.push({ title: title ?? '', depth, headers: [], rows: [] })
      addHeaders(sections, headers)
    }
    addRow(
      sections,
      headers.map(key => (key in record ? record[key] : '')),
    )
    for (const key of rest) {
      if (key in record) addValue(sections, { title: key, value: record[key], depth: depth + 1 })
    }
  }
}

function keysWhere(
  records: readonly Record<string, unknown>[],
  test: (value: unknown) => boolean,
): readonly string[] {
  const keys = new Set(records.flatMap(record => Object.keys(record).filter(key => test(record[key]))))
  return [...keys].sort()
}

function addHeaders(sections: Section[], headers: readonly string[]): void {
  const section = sections.at(-1)
  if (section) section.headers = headers
}

function addRow(sections: Section[], row: readonly unknown[]): void {
  sections.at(-1)?.rows.push(row.map(toPythonText))
}

function isScalar(value: unknown): boolean {
  return !isRecord(value) && !Array.isArray(value)
}
