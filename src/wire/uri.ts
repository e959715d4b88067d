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

/** Parses a query string; a name without `=` has the value `''`, the first of repeated names counts. */
export function parseQuery(text: string): Map<string, string> {
  const query = new Map<string, string>()
  if (text === '') return query
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decodeQueryPart(equals === -1 ? pair : pair.slice(0, equals))
    if (!query.has(name)) query.set(name, equals === -1 ? '' : decodeQueryPart(pair.slice(equals + 1)))
  }
  return query
}

function decodeQueryPart(text: string): string {
  return decodePathSegment(text.includes('+') ? text.replaceAll('+', ' ') : text)
}

function invalidUri(cause: unknown): AwsError {
  return new AwsError('InvalidURI', "Couldn't parse the specified URI.", { statusCode: 400, cause })
}
