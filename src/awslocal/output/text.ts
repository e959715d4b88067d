import { toPythonText } from '../values/python-text.ts'
import { isRecord } from '../values/record.ts'

interface Context {
  /** The key under which a value stands, shown in capitals before it. */
  readonly identifier?: string
  /** The columns of a list of records: every record shows the same ones. */
  readonly columns?: readonly string[]
}

/** An answer as the AWS CLI's text output: one line per record, its scalars in the order of their names, tabs between. */
export function formatText(value: unknown): string {
  return formatItem(value, {})
}

function formatItem(item: unknown, context: Context): string {
  if (isRecord(item)) return formatRecord(item, context)
  if (Array.isArray(item)) return formatList(item, context.identifier)
  return `${toPythonText(item)}\n`
}

function formatList(items: readonly unknown[], identifier: string | undefined): string {
  if (items.length === 0) return ''
  const named = identifier === undefined ? {} : { identifier }
  if (items.some(isRecord)) {
    const columns = scalarKeysOf(items)
    return items.map(item => formatItem(item, { ...named, columns })).join('')
  }
  if (!items.some(Array.isArray)) return formatScalars(items, identifier)
  const scalars = items.filter(item => !Array.isArray(item))
  const lists = items.filter(Array.isArray)
  const first = scalars.length > 0 ? formatScalars(scalars, identifier) : ''
  return first + lists.map(list => formatItem(list, named)).join('')
}

function formatScalars(items: readonly unknown[], identifier: string | undefined): string {
  if (identifier === undefined) return `${items.map(toPythonText).join('\t')}\n`
  return items.map(item => `${identifier.toUpperCase()}\t${toPythonText(item)}\n`).join('')
}

function formatRecord(record: Readonly<Record<string, unknown>>, { identifier, columns }: Context): string {
  const keys = Object.keys(record).sort()
  const scalars =
    columns === undefined
      ? keys.filter(key => isScalar(record[key])).map(key => toPythonText(record[key]))
      : columns.map(key => (key in record ? toPythonText(record[key]) : ''))
  const rest = keys.filter(key => (columns === undefined ? !isScalar(record[key]) : !columns.includes(key)))
  const cells = identifier === undefined ? scalars : [identifier.toUpperCase(), ...scalars]
  const line = scalars.length > 0 ? `${cells.join('\t')}\n` : ''
  return line + rest.map(key => formatItem(record[key], { identifier: key })).join('')
}

function scalarKeysOf(items: readonly unknown[]): readonly string[] {
  const keys = new Set<string>()
  for (const item of items) {
    if (!isRecord(item)) continue
    for (const [key, value] of Object.entries(item)) if (isScalar(value)) keys.add(key)
  }
  return [...keys].sort()
}

function isScalar(value: unknown): boolean {
  return !isRecord(value) && !Array.isArray(value)
}
