import { headerOf, type WireRequest } from './http.ts'
import { parseQuery } from './uri.ts'

/** Largest form that is read, in bytes. */
export const maxFormBytes = 2 * 1024 * 1024

/** Whether a request's parameters come as a form in its body, as query services are called. */
export function isForm(headers: WireRequest['headers']): boolean {
  return headerOf(headers, 'content-type')?.startsWith('application/x-www-form-urlencoded') === true
}

/** Adds the form's fields to the parameters of the URL; the body is read to its end. */
export async function mergeForm(request: WireRequest): Promise<WireRequest> {
  const form = await request.body.bytes(maxFormBytes)
  return { ...request, query: new Map([...request.query, ...parseQuery(form.toString('utf8'))]) }
}
