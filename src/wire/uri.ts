import { AwsError } from '../core/aws-error.ts'

/**
 * Decodes a percent-encoded path segment as UTF-8.
 * @throws AwsError InvalidURI when the escapes are not valid.
 */
export function decodePathSegment(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch (cause) {
    throw invalidUri(cause)
  }
}

/** The values of names that a query string repeats, by query and name; most queries repeat none. */
const repeated = new WeakMap<ReadonlyMap<string, string>, Map<string, string[]>>()

/** Every value that a parsed query string has for a name, for members that are lists. */
export function valuesOf(query: ReadonlyMap<string, string>, name: string): readonly string[] {
  const first = query.get(name)
  return repeated.get(query)?.get(name) ?? (first === undefined ? [] : [first])
}

/** Parses a query string; a name without `=` has the value `''`, the first of repeated names counts. */
export function parseQuery(text: string): Map<string, string> {
  const query = new Map<string, string>()
  if (text === '') return query
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodeQueryPart(equals === -1 ? pair : pair.slice(0, equals))
    const value = equals === -1 ? '' : decodeQueryPart(pair.slice(equals + 1))
    if (query.has(name)) keepRepeated(query, name, value)
    else query.set(name, value)
  }
  return query
}

function keepRepeated(query: ReadonlyMap<string, string>, name: string, value: string): void {
  const values = repeated.get(query) ?? new Map<string, string[]>()
  repeated.set(query, values.set(name, [...(values.get(name) ?? [query.get(name) ?? '']), value]))
}

function decodeQueryPart(text: string): string {
  return decodePathSegment(text.includes('+') ? text.replaceAll('+', ' ') : text)
}

function invalidUri(cause: unknown): AwsError {
  return new AwsError('InvalidURI', "Couldn't parse the specified URI.", { statusCode: 400, cause })
}
