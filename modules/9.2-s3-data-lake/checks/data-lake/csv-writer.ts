/** How a generated CSV is written. */
export interface CsvStyle {
  readonly newline: '\n' | '\r\n'
  readonly hasBom: boolean
  /** Whether the last row ends in a newline too. */
  readonly endsInNewline: boolean
}

/** The plainest CSV. */
export const plainCsv: CsvStyle = { newline: '\n', hasBom: false, endsInNewline: true }

/** Writes rows as RFC 4180 says, with quotes where they are needed and where {@link quoted} asks for them. */
export function writeCsv(rows: readonly (readonly string[])[], style: CsvStyle = plainCsv): Buffer {
  const lines = rows.map(row => row.map(writeField).join(','))
  const text = lines.join(style.newline) + (style.endsInNewline ? style.newline : '')
  return Buffer.from(`${style.hasBom ? '\uFEFF' : ''}${text}`, 'utf8')
}

const quoteMark = '\u0001'

/** A field that is written in quotes although it needs none. */
export function quoted(text: string): string {
  return quoteMark + text
}

function writeField(field: string): string {
  const text = field.replace(quoteMark, '')
  const needsQuotes = field.startsWith(quoteMark) || /[",\n\r]/.test(text)
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}
