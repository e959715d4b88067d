import type { RequestBody, ResponseBody } from './body.ts'

/** A request as the protocols read it. */
export interface WireRequest {
  readonly method: string
  /** Path without query, still percent-encoded, without the bucket where the service has one. */
  readonly path: string
  readonly query: ReadonlyMap<string, string>
  /** Lower-case names, as Node gives them. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: RequestBody
  /** Members that the address carries outside of the path template: S3's `Bucket`. */
  readonly contextMembers: Readonly<Record<string, string>>
}

/** An answer as the gateway sends it. */
export interface WireResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Record<string, string>
  /** Values of `set-cookie`, one line each. */
  readonly cookies?: readonly string[]
  readonly body?: string | ResponseBody
}

/** Facts of the exchange that some protocols write into their answers. */
export interface WireExchange {
  readonly requestId: string
}

/** The first value of a header, or `undefined`. */
export function headerOf(headers: WireRequest['headers'], name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

/**
 * Whether a body travels in `aws-chunked` framing. The hash of the body says so, not the encoding alone, which may be
 * what a client tells of its object; a request without any hash (it is not signed) says so by the length behind the frames.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function isAwsChunked(headers: WireRequest['headers']): boolean {
  const hash = headerOf(headers, 'x-amz-content-sha256')
  if (hash !== undefined) return hash.startsWith('STREAMING-')
  return (
    headers['x-amz-decoded-content-length'] !== undefined &&
    headerOf(headers, 'content-encoding')?.includes('aws-chunked') === true
  )
}
