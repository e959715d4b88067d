import type { Random } from '../../src/core/random.ts'

/** What people and programs write when they have nothing to say. */
const missingTexts = ['', '', ' ', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'None'] as const

/** Now and then, a field lost its value; one row of `oneIn` has one. */
export function loseOneField(
  random: Random,
  row: readonly string[],
  { oneIn }: { readonly oneIn: number },
): string[] {
  if (random.integer(1, oneIn) > 1) return [...row]
  const lost = random.integer(0, row.length - 1)
  return row.map((field, index) => (index === lost ? random.pick(missingTexts) : field))
}

/** Now and then, a field has blanks around it; one of `oneIn`. */
export function padFields(
  random: Random,
  row: readonly string[],
  { oneIn }: { readonly oneIn: number },
): string[] {
  return row.map(field =>
    random.integer(1, oneIn) > 1 ? field : random.pick([` ${field}`, `${field}  `, ` ${field} `]),
  )
}

/** Writes rows as RFC 4180 says: quotes only where they are needed. */
export function writeCsv(
  rows: readonly (readonly string[])[],
  { newline, bom }: { readonly newline: '\n' | '\r\n'; readonly bom: '' | '\uFEFF' },
): string {
  const lines = rows.map(row => row.map(writeField).join(','))
  return `${bom}${lines.join(newline)}${newline}`
}

function writeField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

/** Two digits, e.g. `07`. */
export function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
