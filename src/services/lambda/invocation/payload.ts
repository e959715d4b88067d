import { invalidParameter, invalidRequestContent } from '../errors.ts'
import { maxClientContextBytes } from '../limits.ts'

const emptyPayload = Buffer.from('{}')

/**
 * Checks that a payload is JSON; without one, an empty object.
 * @throws AwsError InvalidRequestContentException
 */
export function readPayload(bytes: Uint8Array | undefined): Buffer {
  if (bytes === undefined || bytes.length === 0) return emptyPayload
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = payload.toString('utf8')
  try {
    JSON.parse(text)
  } catch (error) {
    throw invalidRequestContent(describe(text, error))
  }
  return payload
}

/** Says what is wrong as the parser does that AWS uses. */
function describe(text: string, error: unknown): string {
  const position = findPosition(text, error instanceof Error ? error.message : '')
  const before = text.slice(0, position).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  const source = `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${before.length}, column: ${column}]`
  const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
  if (position >= text.length) return `Unexpected end-of-input${source}`
  const word = /^\w+/.exec(text.slice(position))?.[0]
  if (word !== undefined) return `Unrecognized token '${word}': was expecting ${values}${source}`
  const character = text[position] ?? ''
  return `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): expected a valid value ${values}${source}`
}

/** Where the machine's own parser stopped, which it tells in other words from version to version. */
function findPosition(text: string, message: string): number {
  const told = /position (\d+)/.exec(message)?.[1]
  if (told !== undefined) return Number(told)
  const token = /token '?(.)/.exec(message)?.[1]
  const found = token === undefined ? -1 : text.indexOf(token)
  return found === -1 ? text.length : found
}

/**
 * The client context comes as base64 of JSON.
 * @throws AwsError InvalidParameterValueException, InvalidRequestContentException
 */
export function readClientContext(encoded: string | undefined): string | undefined {
  if (encoded === undefined) return undefined
  if (encoded.length > maxClientContextBytes)
    throw invalidParameter(`Client context must be no more than ${maxClientContextBytes} bytes.`)
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  try {
    JSON.parse(text)
    return text
  } catch {
    throw invalidRequestContent('client context is no base64 of JSON')
  }
}
