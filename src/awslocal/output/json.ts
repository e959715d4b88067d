import { isRecord } from '../values/record.ts'
import { isWireNumber } from '../values/wire-number.ts'

const indent = '    '

/** JSON as the AWS CLI prints it: four spaces deep, letters of any alphabet as they are. */
export function formatJson(value: unknown, level = 0): string {
  if (isWireNumber(value)) return value.text
  if (Array.isArray(value)) {
    return formatBlock(
      '[]',
      value.map(item => formatJson(item, level + 1)),
      level,
    )
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    return formatBlock(
      '{}',
      entries.map(([key, item]) => `${JSON.stringify(key)}: ${formatJson(item, level + 1)}`),
      level,
    )
  }
  return JSON.stringify(value) ?? 'null'
}

function formatBlock(brackets: '[]' | '{}', lines: readonly string[], level: number): string {
  const [open, close] = brackets
  if (lines.length === 0) return brackets
  const inner = indent.repeat(level + 1)
  return `${open}\n${inner}${lines.join(`,\n${inner}`)}\n${indent.repeat(level)}${close}`
}
