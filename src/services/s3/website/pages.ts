import type { GetObjectOutput } from '@aws-sdk/client-s3'
import type { AwsError } from '../../../core/aws-error.ts'
import { hostIdOf } from '../../../core/ids.ts'
import type { ResponseBody } from '../../../wire/body.ts'
import type { WireResponse } from '../../../wire/http.ts'
import type { Answer } from '../input.ts'
import type { Redirection } from './redirects.ts'

/** An object as GetObject answers it. */
export type ReadObject = Answer<Omit<GetObjectOutput, 'Body'>> & { readonly Body: ResponseBody }

/** Answers an object as a page. */
export function pageOf(object: ReadObject, status = object.$status ?? 200): WireResponse {
  const headers: Record<string, string | undefined> = {
    'content-type': object.ContentType,
    'cache-control': object.CacheControl,
    'content-disposition': object.ContentDisposition,
    'content-encoding': object.ContentEncoding,
    'content-language': object.ContentLanguage,
    'content-range': object.ContentRange,
    etag: object.ETag,
    expires: object.Expires?.toUTCString(),
    'last-modified': object.LastModified?.toUTCString(),
    'x-amz-version-id': object.VersionId,
    ...Object.fromEntries(
      Object.entries(object.Metadata ?? {}).map(([name, value]) => [`x-amz-meta-${name}`, value]),
    ),
  }
  const told = Object.entries(headers).filter(([, value]) => value !== undefined)
  return { status, headers: Object.fromEntries(told) as Record<string, string>, body: object.Body }
}

/** Sends the visitor elsewhere; what no header can hold is percent-encoded, whoever wrote it into the configuration. */
export function redirectTo({ status, location }: Redirection): WireResponse {
  // Through bytes and back, so that no half of a pair is left that cannot be encoded.
  const wellFormed = Buffer.from(location).toString()
  const encoded = wellFormed.replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  return { status, headers: { location: encoded } }
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  416: 'Requested Range Not Satisfiable',
}

/**
 * Answers an error in HTML.
 * @param ofDocument what went wrong with the page that the website has for errors
 */
export function errorPage(error: AwsError, requestId: string, ofDocument?: AwsError): WireResponse {
  const { statusCode } = error
  if (statusCode === 304) return { status: statusCode, headers: { ...error.headers } }
  const title = `${statusCode} ${reasons[statusCode] ?? 'Error'}`
  const about = [...factsOf(error), `RequestId: ${requestId}`, `HostId: ${hostIdOf(requestId)}`]
  const second = ofDocument
    ? `<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n${listOf(factsOf(ofDocument))}`
    : ''
  const body = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n${listOf(about)}${second}<hr/>\n</body>\n</html>\n`
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'x-amz-error-code': error.code,
      'x-amz-error-message': error.message,
    },
    body,
  }
}

function factsOf({ code, message, members }: AwsError): string[] {
  const detail = Object.entries(members).map(([name, value]) => `${name}: ${value}`)
  return [`Code: ${code}`, `Message: ${message}`, ...detail]
}

function listOf(facts: readonly string[]): string {
  return `<ul>\n${facts.map(fact => `<li>${escapeHtml(fact)}</li>\n`).join('')}</ul>\n`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)
}
