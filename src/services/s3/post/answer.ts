import type { WireResponse } from '../../../wire/http.ts'

/** Where an object went, for the answer to its form. */
export interface Posted {
  readonly fields: ReadonlyMap<string, string>
  readonly bucket: string
  readonly key: string
  /** URL of the bucket, with a slash at its end. */
  readonly bucketUrl: string
}

/**
 * Answers a form as it asked: with a redirection, a document, or nothing.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export function answerPost(posted: Posted, stored: WireResponse): WireResponse {
  const { fields } = posted
  const eTag = stored.headers.etag ?? ''
  const location = posted.bucketUrl + encodeURIComponent(posted.key).replaceAll('%2F', '/')
  const redirection = redirectTo(posted, eTag)
  if (redirection !== undefined) return { status: 303, headers: { ...stored.headers, location: redirection } }
  const headers = { ...stored.headers, location }
  const status = fields.get('success_action_status')
  if (status === '200') return { status: 200, headers }
  if (status !== '201') return { status: 204, headers }
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${escaped(location)}</Location><Bucket>${posted.bucket}</Bucket><Key>${escaped(posted.key)}</Key><ETag>${escaped(eTag)}</ETag></PostResponse>`
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body }
}

/** A URL that cannot be read counts as none. */
function redirectTo({ fields, bucket, key }: Posted, eTag: string): string | undefined {
  const wanted = fields.get('success_action_redirect') ?? fields.get('redirect')
  if (wanted === undefined || !URL.canParse(wanted)) return undefined
  const url = new URL(wanted)
  if (!/^https?:$/.test(url.protocol)) return undefined
  url.searchParams.set('bucket', bucket)
  url.searchParams.set('key', key)
  url.searchParams.set('etag', eTag)
  return url.href
}

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, character => `&${entities[character]};`)
}
