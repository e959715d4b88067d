import type { NormalizedSchema } from '@smithy/core/schema'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import type { Message } from '@smithy/types'
import { AwsError } from '../core/aws-error.ts'
import type { StreamedBody } from './body.ts'
import type { JsonCodec } from './json-codec.ts'

/** Content type of an answer that goes on while things happen. */
export const eventStreamType = 'application/vnd.amazon.eventstream'

/** An output that has an event stream among its members. */
export interface StreamingOutput {
  readonly schema: NormalizedSchema
  readonly output: Record<string, unknown>
  readonly codec: JsonCodec
  /** Of each event, e.g. `application/json`. */
  readonly contentType: string
  /** Whether the other members are the first message; where HTTP carries them, they are in its headers. */
  readonly startsWithOthers: boolean
}

const binary = new EventStreamCodec(
  bytes => Buffer.from(bytes).toString('utf8'),
  text => Buffer.from(text, 'utf8'),
)

/**
 * Writes an output as messages: first its other members, then each event as it comes. An AwsError that the stream throws
 * is its last message.
 * Source: https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function writeEventStream(streaming: StreamingOutput): StreamedBody {
  return { length: undefined, open: () => writeMessages(streaming) }
}

async function* writeMessages(streaming: StreamingOutput): AsyncGenerator<Uint8Array> {
  const { schema, output, codec } = streaming
  const streamName = schema.getEventStreamMember()
  const { [streamName]: stream, ...others } = output
  if (streaming.startsWithOthers)
    yield encode(streaming, { 'event-type': 'initial-response' }, codec.write(schema, others))
  const union = schema.getMemberSchema(streamName)
  try {
    for await (const event of stream as AsyncIterable<Record<string, unknown>>) {
      const [[name, value] = ['', undefined]] = Object.entries(event)
      yield encodeEvent(streaming, name, { schema: union.getMemberSchema(name), value })
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const { code, message, members } = error
    yield encode(streaming, { 'exception-type': code }, JSON.stringify({ message, ...members }))
  }
}

/** An event is a document, or the bytes that one of its members holds. */
function encodeEvent(
  streaming: StreamingOutput,
  name: string,
  { schema, value }: { readonly schema: NormalizedSchema; readonly value: unknown },
): Uint8Array {
  const kind = { 'event-type': name }
  for (const [member, memberSchema] of schema.structIterator()) {
    if (!memberSchema.getMergedTraits().eventPayload || !memberSchema.isBlobSchema()) continue
    const bytes = (value as Record<string, Uint8Array | undefined>)[member] ?? new Uint8Array()
    return encode({ contentType: 'application/octet-stream' }, kind, bytes)
  }
  return encode(streaming, kind, streaming.codec.write(schema, value))
}

function encode(
  { contentType }: Pick<StreamingOutput, 'contentType'>,
  kind: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): Uint8Array {
  const isEvent = 'event-type' in kind
  const headers: Message['headers'] = {
    ':message-type': { type: 'string', value: isEvent ? 'event' : 'exception' },
    ':content-type': { type: 'string', value: contentType },
  }
  for (const [name, value] of Object.entries(kind)) headers[`:${name}`] = { type: 'string', value }
  return binary.encode({ headers, body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body })
}
