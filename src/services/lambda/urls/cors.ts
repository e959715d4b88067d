import type { Cors } from '@aws-sdk/client-lambda'
import type { WireRequest, WireResponse } from '../../../wire/http.ts'
import { headerOf } from '../../../wire/http.ts'

/** The answer to a browser that asks first, or `undefined` when the request is none of that kind. */
export function answerPreflight(
  { method, headers }: Pick<WireRequest, 'method' | 'headers'>,
  cors: Cors | undefined,
): WireResponse | undefined {
  const origin = headerOf(headers, 'origin')
  const wanted = headerOf(headers, 'access-control-request-method')
  if (!cors || method !== 'OPTIONS' || origin === undefined || wanted === undefined) return undefined
  const methods = cors.AllowMethods ?? []
  const isAllowed = methods.includes('*') || methods.includes(wanted)
  if (!allowsOrigin(cors, origin) || !isAllowed) return { status: 200, headers: {} }
  return {
    status: 200,
    headers: {
      ...originHeaders(cors, origin),
      'access-control-allow-methods': methods.join(','),
      ...(cors.AllowHeaders && { 'access-control-allow-headers': cors.AllowHeaders.join(',') }),
      ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
    },
  }
}

/** Puts what a URL's configuration says in the place of what the function says of pages of other sites. */
export function addCorsHeaders(
  answer: WireResponse,
  origin: string | undefined,
  cors: Cors | undefined,
): void {
  if (!cors) return
  for (const name of Object.keys(answer.headers))
    if (name.startsWith('access-control-')) delete answer.headers[name]
  if (origin === undefined || !allowsOrigin(cors, origin)) return
  Object.assign(answer.headers, originHeaders(cors, origin), {
    ...(cors.ExposeHeaders && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  })
}

function allowsOrigin({ AllowOrigins = [] }: Cors, origin: string): boolean {
  return AllowOrigins.some(each => each === '*' || each.toLowerCase() === origin.toLowerCase())
}

function originHeaders({ AllowOrigins, AllowCredentials }: Cors, origin: string): Record<string, string> {
  const isAnybody = AllowOrigins?.includes('*') === true && AllowCredentials !== true
  return {
    'access-control-allow-origin': isAnybody ? '*' : origin,
    ...(AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    vary: 'Origin',
  }
}
