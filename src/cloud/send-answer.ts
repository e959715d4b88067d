import { hostIdOf } from '../core/ids.ts'
import type { WireResponse } from '../wire/http.ts'
import type { Exchange } from './exchange.ts'
import { type FailureParts, failureAnswer } from './failures.ts'
import { recordExchange, type TellingParts } from './request-line.ts'
import { respond } from './respond.ts'

/** What sending needs of the gateway. */
type SendingParts = FailureParts & TellingParts

/** Sends what a request is answered, or why it cannot be, and records how it ended. */
export function sendAnswer(
  parts: SendingParts,
  exchange: Exchange,
  answer: Promise<WireResponse>,
): Promise<void> {
  return answer
    .then(wire => send(parts, exchange, wire))
    .catch(error => sendFailure(parts, exchange, error))
    .catch(error => abandon(parts, exchange, error))
}

async function send(parts: SendingParts, exchange: Exchange, wire: WireResponse): Promise<void> {
  const { headers } = wire
  // Other services than S3 tell it as `x-amzn-requestid`.
  if (headers['x-amzn-requestid'] === undefined) headers['x-amz-request-id'] ??= exchange.id
  if (exchange.service === 's3') {
    headers['x-amz-id-2'] ??= hostIdOf(exchange.id)
    headers.server = 'AmazonS3'
  }
  if (exchange.pageHeaders) Object.assign(headers, exchange.pageHeaders)
  await respond(exchange.request, exchange.response, wire)
  recordExchange(parts, exchange, wire.status)
}

/** An answer whose first bytes could not be had: nothing of it was sent, so that the client can be told. */
async function sendFailure(parts: SendingParts, exchange: Exchange, error: unknown): Promise<void> {
  if (exchange.response.headersSent || exchange.response.destroyed) throw error
  await send(parts, exchange, failureAnswer(parts, exchange, error))
}

/** An answer broke off while it was sent: the client must see that, so its connection ends. */
function abandon(parts: SendingParts, exchange: Exchange, error: unknown): void {
  if (!exchange.response.destroyed) parts.onBug(error, `${exchange.service} ${exchange.operation} (answer)`)
  exchange.response.destroy()
  recordExchange(parts, exchange, exchange.response.statusCode)
}
