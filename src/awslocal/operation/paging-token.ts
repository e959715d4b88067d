import { CommandFailure } from '../failure.ts'
import { toAsciiJson } from '../values/ascii-json.ts'
import { isRecord } from '../values/record.ts'

/** Where paging goes on: AWS's own tokens and how many items of that page were shown already. */
export interface ResumePoint {
  readonly tokens: Readonly<Record<string, unknown>>
  readonly skippedItems?: number
}

/** The AWS CLI's name for the items already shown; a token of one works in the other. */
const skippedKey = 'boto_truncate_amount'

/** Writes a `--starting-token` as the AWS CLI does: JSON (with Python's spaces) in base64. */
export function encodeToken({ tokens, skippedItems }: ResumePoint): string {
  const entries: Record<string, unknown> = { ...tokens }
  if (skippedItems !== undefined) entries[skippedKey] = skippedItems
  const pairs = Object.entries(entries).map(([name, value]) => `${toAsciiJson(name)}: ${toAsciiJson(value)}`)
  return Buffer.from(`{${pairs.join(', ')}}`).toString('base64')
}

/** Reads a `--starting-token`; older tokens are the bare token, with the count behind three underscores. */
export function decodeToken(token: string, inputTokens: readonly string[]): ResumePoint {
  const decoded = parseRecord(Buffer.from(token, 'base64').toString('utf8'))
  if (decoded === undefined) return decodeOldToken(token, inputTokens)
  const { [skippedKey]: skipped, ...tokens } = decoded
  return { tokens, ...(typeof skipped === 'number' ? { skippedItems: skipped } : {}) }
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

function decodeOldToken(token: string, inputTokens: readonly string[]): ResumePoint {
  const parts = token.split('___')
  const mayHaveCount = parts.length === inputTokens.length + 1
  const hasCount = mayHaveCount && /^\d+$/.test(parts.at(-1) ?? '')
  const values = hasCount ? parts.slice(0, -1) : mayHaveCount ? [token] : parts
  if (values.length > inputTokens.length) throw new CommandFailure(`Bad starting token: ${token}`)
  const tokens = Object.fromEntries(inputTokens.map((name, index) => [name, toOldToken(values[index])]))
  return hasCount ? { tokens, skippedItems: Number(parts.at(-1)) } : { tokens }
}

function toOldToken(text: string | undefined): string | null {
  return text === undefined || text === 'None' ? null : text
}
