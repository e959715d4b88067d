import type { Claim, Lab } from '../../../../src/course/lab.ts'

/** Requests that S3 refuses, whatever the cloud would say. */
export interface Refusal {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  /** A parameter that the request's query must have, e.g. `lifecycle`. */
  readonly query?: string
  readonly status: number
  /** AWS's error code. */
  readonly code: string
}

/** How a client differs from the one that a student's function usually receives. */
export interface SpecialClient {
  readonly region?: string
  readonly refusals?: readonly Refusal[]
}

/** Calls an export with a client of another region, or with one that is refused some requests, and then `args`. */
export function callWithClient(
  lab: Lab,
  exportName: string,
  { region, refusals = [] }: SpecialClient,
  args: readonly unknown[],
): Promise<Claim<unknown>> {
  return lab.student.probe(probe, [exportName, { region, refusals }, args])
}

/** Runs in the student's process: answers the refused requests in S3's own words, and lets the others through. */
const probe = `
import { Readable } from 'node:stream'
import { S3Client } from '@aws-sdk/client-s3'

function refuse({ method, status, code }) {
  const body = method === 'HEAD' ? '' : '<Error><Code>' + code + '</Code><Message>' + code + '</Message></Error>'
  return { statusCode: status, headers: { 'content-type': 'application/xml' }, body: Readable.from([Buffer.from(body)]) }
}

function createClient({ region = process.env.AWS_REGION, refusals }) {
  const endpoint = process.env.AWS_ENDPOINT_URL
  const s3 = new S3Client({ endpoint, region, forcePathStyle: endpoint !== undefined })
  const { requestHandler } = s3.config
  const send = requestHandler.handle.bind(requestHandler)
  requestHandler.handle = async (request, options) => {
    const isRefused = ({ method, query }) => method === request.method && (query === undefined || query in request.query)
    const refusal = refusals.find(isRefused)
    return refusal === undefined ? send(request, options) : { response: refuse(refusal) }
  }
  return s3
}

export default async (student, exportName, special, args) => {
  const s3 = createClient(special)
  try {
    return await student[exportName](s3, ...args)
  } finally {
    s3.destroy()
  }
}
`
