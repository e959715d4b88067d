import { STATUS_CODES } from 'node:http'
import { CommandFailure, ServiceFailure } from '../failure.ts'
import { messages } from '../messages.ts'
import { mostAttempts } from './create-client.ts'

/** What is known of a call that failed. */
export interface FailedCall {
  readonly operation: string
  readonly endpoint: string
  /** 0 when nothing came back. */
  readonly statusCode: number
  /** Size of the error's body. */
  readonly bodyBytes: number
}

/** Nothing listens at the endpoint, or it does not answer. */
export class UnreachableEndpoint extends CommandFailure {
  override readonly name = 'UnreachableEndpoint'
}

/** Turns what the SDK threw into what the AWS CLI says. */
export function describeFailure(error: unknown, call: FailedCall): unknown {
  if (error instanceof CommandFailure || !(error instanceof Error)) return error
  if (call.statusCode < 300) return describeUnreachable(error, call.endpoint)
  const status = call.statusCode
  const facts = { operation: call.operation, statusCode: status, retries: retriesOf(error), cause: error }
  if (call.bodyBytes === 0) {
    return new ServiceFailure({ ...facts, code: String(status), reason: STATUS_CODES[status] ?? '' })
  }
  return new ServiceFailure({ ...facts, code: codeOf(error), reason: reasonOf(error) })
}

function codeOf(error: Error): string {
  return 'Code' in error && typeof error.Code === 'string' ? error.Code : error.name
}

function reasonOf(error: Error): string {
  return error.message === 'UnknownError' ? '' : error.message
}

/** How often it was tried again, where it was tried to the end. */
function retriesOf(error: Error): number {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined
  const attempts = (metadata as { attempts?: number } | undefined)?.attempts ?? 1
  return attempts >= mostAttempts ? attempts - 1 : 0
}

const unreachableCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']
const brokenCodes = ['ECONNRESET', 'EPIPE']

/** Turns an error of the connection into one that names the endpoint and what to do; others stay as they are. */
export function describeUnreachable(error: unknown, endpoint: string): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (unreachableCodes.includes(code))
    return new UnreachableEndpoint(messages().endpointUnreachable(endpoint))
  if (brokenCodes.includes(code)) return new UnreachableEndpoint(messages().endpointBroken(endpoint))
  if (error.name === 'TimeoutError' || code === 'ETIMEDOUT') {
    return new UnreachableEndpoint(messages().endpointSilent(endpoint))
  }
  return error
}
