import type { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from '../core/aws-error.ts'

/** How a timestamp is written, by the Smithy schema numbers that the SDK's schemas carry. */
const timestampFormats = { dateTime: 5, httpDate: 6, epochSeconds: 7 } as const

export type TimestampFormat = (typeof timestampFormats)[keyof typeof timestampFormats]

export { timestampFormats }

/** The format of a timestamp member: its own where the model names one, otherwise that of its place on the wire. */
export function timestampFormatOf(schema: NormalizedSchema, byDefault: TimestampFormat): TimestampFormat {
  const own = schema.getSchema()
  return own === 5 || own === 6 || own === 7 ? own : byDefault
}

/** Formats a timestamp; `dateTime` keeps milliseconds, as S3 does. */
export function formatTimestamp(date: Date, format: TimestampFormat): string {
  if (format === timestampFormats.httpDate) return date.toUTCString()
  if (format === timestampFormats.epochSeconds) return String(date.getTime() / 1000)
  return date.toISOString()
}

/** Parses a timestamp in any of the three formats, or gives `undefined`. */
export function parseTimestamp(text: string): Date | undefined {
  const isEpoch = /^-?\d+(\.\d+)?$/.test(text)
  const date = new Date(isEpoch ? Number(text) * 1000 : text)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/**
 * Reads a scalar from a header, label, query parameter or form field. A timestamp that cannot be read is absent, as on AWS.
 * @throws AwsError InvalidArgument when a number or boolean is not one.
 */
export function parseScalar(schema: NormalizedSchema, text: string, wireName: string): unknown {
  if (schema.isStringSchema()) return text
  if (schema.isBooleanSchema()) return parseBoolean(text, wireName)
  if (schema.isTimestampSchema()) return parseTimestamp(text)
  if (schema.isBlobSchema()) return Buffer.from(text, 'base64')
  if (schema.isBigIntegerSchema()) return BigInt(text)
  return parseNumber(text, wireName)
}

/** Writes a scalar for a header, an XML element or a form field. */
export function formatScalar(schema: NormalizedSchema, value: unknown, timestamps: TimestampFormat): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return formatTimestamp(value, timestampFormatOf(schema, timestamps))
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return String(value)
}

function parseNumber(text: string, wireName: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(number)) return number
  throw invalidArgument(`Provided ${wireName} not an integer or within integer range`, wireName, text)
}

function parseBoolean(text: string, wireName: string): boolean {
  const lower = text.toLowerCase()
  if (lower === 'true') return true
  if (lower === 'false') return false
  throw invalidArgument(`Provided ${wireName} is not a boolean`, wireName, text)
}

function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError('InvalidArgument', message, {
    statusCode: 400,
    members: { ArgumentName: name, ArgumentValue: value },
  })
}
