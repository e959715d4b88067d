import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describeCall, type SeenCall } from './seen-call.ts'

/** A caller, as GetCallerIdentity tells it. */
export interface Identity {
  readonly account: string
  readonly arn: string
}

/** An error as AWS sends it; `message` does not contain `code`, so that a program must print the name to show it. */
export interface AwsFailure {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** What the server answers. */
export interface Scenario {
  readonly identity: Identity | AwsFailure
  /** Bucket names page by page; a failure takes the place of a page. */
  readonly pages: readonly (readonly string[] | AwsFailure)[]
  /** Makes the token that leads to a page (0..pages - 1). */
  readonly tokenOf?: (page: number) => string
}

/** A server of the grader's that plays S3's ListBuckets and HeadBucket and STS's GetCallerIdentity. */
export interface FakeAws {
  readonly port: number
  /** e.g. `http://127.0.0.1:41873` */
  readonly endpoint: string
  readonly calls: readonly SeenCall[]
}

const REQUEST_ID = '5f1c3f4e-8d0b-4c2e-9a56-2b7d10c9e841'

const UNKNOWN_TOKEN: AwsFailure = {
  status: 400,
  code: 'InvalidArgument',
  message: 'The continuation token provided is incorrect',
}

/** Plays the scenario on a free port while `use` runs, then closes every connection. */
export async function withFakeAws<Result>(
  scenario: Scenario,
  use: (server: FakeAws) => Promise<Result>,
): Promise<Result> {
  const calls: SeenCall[] = []
  const server = createServer((request, response) => {
    calls.push(describeCall(request))
    request.resume()
    answer(request, response, scenario)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    return await use({ port, endpoint: `http://127.0.0.1:${port}`, calls })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

function answer(request: IncomingMessage, response: ServerResponse, scenario: Scenario): void {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.method === 'POST') answerIdentity(response, scenario)
  else if (request.method === 'GET' && url.pathname === '/') answerBuckets(url, response, scenario)
  // HeadBucket: every bucket exists here.
  else response.writeHead(200, { 'x-amz-request-id': REQUEST_ID }).end()
}

function answerIdentity(response: ServerResponse, { identity }: Scenario): void {
  if (isFailure(identity)) {
    const error = `<Error><Type>Sender</Type><Code>${identity.code}</Code><Message>${identity.message}</Message></Error>`
    sendXml(
      response,
      identity.status,
      `<ErrorResponse>${error}<RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`,
    )
    return
  }
  const result = `<Arn>${identity.arn}</Arn><UserId>AIDA000000000000000000</UserId><Account>${identity.account}</Account>`
  const body = `<GetCallerIdentityResult>${result}</GetCallerIdentityResult>`
  sendXml(
    response,
    200,
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${body}</GetCallerIdentityResponse>`,
  )
}

function answerBuckets(url: URL, response: ServerResponse, scenario: Scenario): void {
  const tokenOf = scenario.tokenOf ?? String
  const token = url.searchParams.get('continuation-token')
  const index = token === null ? 0 : scenario.pages.findIndex((_, page) => tokenOf(page) === token)
  const page = scenario.pages[index] ?? UNKNOWN_TOKEN
  const next = index + 1 < scenario.pages.length ? tokenOf(index + 1) : undefined
  if (isFailure(page)) sendS3Error(response, page)
  else sendXml(response, 200, bucketsDocument(page, next))
}

function bucketsDocument(names: readonly string[], nextToken: string | undefined): string {
  const created = '<CreationDate>2026-01-15T10:00:00.000Z</CreationDate>'
  const buckets = names.map(name => `<Bucket>${created}<Name>${name}</Name></Bucket>`).join('')
  const owner = '<Owner><ID>75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a</ID></Owner>'
  const next = nextToken === undefined ? '' : `<ContinuationToken>${nextToken}</ContinuationToken>`
  const body = `<Buckets>${buckets}</Buckets>${owner}${next}`
  return `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${body}</ListAllMyBucketsResult>`
}

function sendS3Error(response: ServerResponse, { status, code, message }: AwsFailure): void {
  const body = `<Code>${code}</Code><Message>${message}</Message><RequestId>${REQUEST_ID}</RequestId>`
  sendXml(response, status, `<Error>${body}</Error>`)
}

function sendXml(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml', 'x-amz-request-id': REQUEST_ID })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`)
}

function isFailure(answer: Identity | AwsFailure | readonly string[]): answer is AwsFailure {
  return 'code' in answer
}
