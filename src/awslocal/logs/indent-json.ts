import { toAsciiJson } from '../values/ascii-json.ts'
import { WireNumber } from '../values/wire-number.ts'

const token = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s{}[\],:"]+/g
const indent = '    '

/** A JSON text as Python's `json.dumps(…, indent=4)` writes it, keys in their order; `undefined` where it is no JSON. */
export function indentJson(text: string): string | undefined {
  if (!isJson(text)) return undefined
  let depth = 0
  let indented = ''
  const newLine = (): string => `\n${indent.repeat(depth)}`
  for (const [part] of text.matchAll(token)) {
    if (part === '}' || part === ']') {
      depth--
      indented += newLine() + part
    } else if (part === '{' || part === '[') {
      depth++
      indented += part + newLine()
    } else if (part === ',') indented += part + newLine()
    else if (part === ':') indented += ': '
    else indented += formatScalar(part)
  }
  return indented
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Texts in ASCII, numbers in Python's form, empty containers closed up. */
function formatScalar(part: string): string {
  if (part.startsWith('"')) return toAsciiJson(JSON.parse(part))
  if (part === '-0') return '0'
  if (/^[-\d]/.test(part)) return new WireNumber(part).text
  return part.replace(/\s/g, '')
}
