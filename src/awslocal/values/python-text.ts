import { isRecord } from './record.ts'
import { isWireNumber } from './wire-number.ts'

/** A value as the AWS CLI prints it in text output: `True`, `None`, `1.0`, lists and records in brackets. */
export function toPythonText(value: unknown): string {
  return typeof value === 'string' ? value : toPythonLiteral(value)
}

/** A value as it would stand in a Python program, texts in quotes. */
export function toPythonLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (isWireNumber(value)) return value.text
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(toPythonLiteral).join(', ')}]`
  if (isRecord(value)) return `{${Object.entries(value).map(toPythonEntry).join(', ')}}`
  return String(value)
}

/** The type's name in the AWS CLI's messages about wrong values. */
export function pythonTypeOf(value: unknown): string {
  if (value === null || value === undefined) return "<class 'NoneType'>"
  if (typeof value === 'boolean') return "<class 'bool'>"
  if (typeof value === 'string') return "<class 'str'>"
  if (typeof value === 'number') return Number.isInteger(value) ? "<class 'int'>" : "<class 'float'>"
  if (value instanceof Uint8Array) return "<class 'bytes'>"
  return Array.isArray(value) ? "<class 'list'>" : "<class 'dict'>"
}

function toPythonEntry([key, value]: [string, unknown]): string {
  return `${quote(key)}: ${toPythonLiteral(value)}`
}

function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
  return `${mark}${mark === "'" ? escaped.replaceAll("'", "\\'") : escaped}${mark}`
}
