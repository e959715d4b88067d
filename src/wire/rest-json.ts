import { writeJsonError } from './aws-json.ts'
import type { ResponseBody } from './body.ts'
import { eventStreamType, writeEventStream } from './event-stream.ts'
import { createJsonCodec } from './json-codec.ts'
import type { ServiceModel } from './model.ts'
import type { Protocol } from './protocol.ts'
import { type DocumentCodec, writeOutput } from './rest-bindings.ts'
import { createRestCalls } from './rest-calls.ts'

/** The restJson1 protocol, as Lambda speaks it. Source: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function createRestJson(model: ServiceModel): Protocol {
  const json = createJsonCodec({ usesJsonNames: true })
  const codec: DocumentCodec = {
    contentType: 'application/json',
    read: (schema, _root, bytes) => json.read(schema, bytes),
    writePayload: json.write,
    writeBody: json.write,
  }
  return {
    route: createRestCalls(model, codec),
    writeOutput: (operation, output, exchange) => {
      const { headers, body, stream, contentType } = writeOutput(operation, output, codec)
      const status = (output.$status as number | undefined) ?? operation.http?.status ?? 200
      if (contentType !== undefined) headers['content-type'] ??= contentType
      headers['x-amzn-requestid'] = exchange.requestId
      if (stream !== undefined && operation.output.getEventStreamMember() !== '') {
        const events = { schema: operation.output, output, codec: json, contentType: 'application/json' }
        headers['content-type'] = eventStreamType
        return { status, headers, body: writeEventStream({ ...events, startsWithOthers: false }) }
      }
      const payload = (stream as ResponseBody | undefined) ?? body
      return { status, headers, ...(payload !== undefined && { body: payload }) }
    },
    writeError: (error, exchange) => writeJsonError(error, exchange, 'application/json'),
  }
}
