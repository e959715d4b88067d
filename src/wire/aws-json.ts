import type { AwsError } from '../core/aws-error.ts'
import { compileOperation } from './compiled-operation.ts'
import { eventStreamType, writeEventStream } from './event-stream.ts'
import { headerOf, type WireExchange, type WireResponse } from './http.ts'
import { createJsonCodec } from './json-codec.ts'
import type { ServiceModel } from './model.ts'
import type { Protocol } from './protocol.ts'

/** Largest body of an awsJson call, in bytes: Kinesis' 10 MiB of records as base64, and room for their keys. */
const maxBodyBytes = 16 * 1024 * 1024

/** The awsJson 1.0 and 1.1 protocols. Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export function createAwsJson(model: ServiceModel): Protocol {
  const codec = createJsonCodec({ usesJsonNames: false })
  const contentType =
    model.protocol === 'awsJson1.0' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1'
  return {
    route: request => {
      const target = headerOf(request.headers, 'x-amz-target') ?? ''
      const schema = model.operations[target.slice(target.lastIndexOf('.') + 1)]
      if (!schema) return undefined
      const operation = compileOperation(schema)
      return {
        operation,
        readInput: async () => codec.read(operation.input, await request.body.bytes(maxBodyBytes)),
      }
    },
    writeOutput: (operation, output, exchange) => {
      const headers = { 'content-type': contentType, 'x-amzn-requestid': exchange.requestId }
      const schema = operation.output
      if (schema.isUnitSchema()) return { status: 200, headers, body: '{}' }
      if (schema.getEventStreamMember() === '')
        return { status: 200, headers, body: codec.write(schema, output) }
      return {
        status: 200,
        headers: { ...headers, 'content-type': eventStreamType },
        body: writeEventStream({ schema, output, codec, contentType, startsWithOthers: true }),
      }
    },
    writeError: (error, exchange) => writeJsonError(error, exchange, contentType),
  }
}

/** Writes an error as the JSON protocols do: its name in `__type` and in a header. */
export function writeJsonError(
  error: AwsError,
  { requestId }: WireExchange,
  contentType: string,
): WireResponse {
  return {
    status: error.statusCode,
    headers: {
      ...error.headers,
      'content-type': contentType,
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.members }),
  }
}
