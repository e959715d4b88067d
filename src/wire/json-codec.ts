import { JsonShapeDeserializer, JsonShapeSerializer } from '@aws-sdk/core/protocols'
import type { NormalizedSchema } from '@smithy/core/schema'
import type { DocumentType } from '@smithy/types'
import { AwsError } from '../core/aws-error.ts'
import { findWrongType, type MemberKey } from './json-types.ts'
import { timestampFormats } from './scalars.ts'

/** Reads and writes shapes as JSON with the SDK's own serializers. */
export interface JsonCodec {
  read(schema: NormalizedSchema, bytes: Buffer): Record<string, unknown>
  write(schema: NormalizedSchema, value: unknown): string
}

/** Creates a codec; `usesJsonNames` is true for restJson1 and false for awsJson. */
export function createJsonCodec({ usesJsonNames }: { readonly usesJsonNames: boolean }): JsonCodec {
  const settings = {
    jsonName: usesJsonNames,
    timestampFormat: { useTrait: usesJsonNames, default: timestampFormats.epochSeconds },
  } as const
  const deserializer = new JsonShapeDeserializer(settings)
  const keyOf: MemberKey = usesJsonNames
    ? (name, schema) => schema.getMergedTraits().jsonName ?? name
    : name => name
  return {
    read: (schema, bytes) => {
      const value = parseJson(bytes)
      const complaint = findWrongType(schema, value, keyOf)
      if (complaint !== undefined) throw serializationException({ message: complaint })
      return readShape(() => deserializer.readObject(schema, value)) ?? {}
    },
    write: (schema, value) => {
      const serializer = new JsonShapeSerializer(settings)
      serializer.write(schema, value)
      return String(serializer.flush())
    },
  }
}

function parseJson(bytes: Buffer): DocumentType {
  if (bytes.length === 0) return {}
  let value: DocumentType
  try {
    value = JSON.parse(bytes.toString('utf8')) as DocumentType
  } catch (cause) {
    throw serializationException({ cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw serializationException()
  return value
}

/** Reads a value of the right JSON types; a date or bytes that cannot be read are the caller's mistake all the same. */
function readShape(read: () => unknown): Record<string, unknown> {
  try {
    return read() as Record<string, unknown>
  } catch (cause) {
    throw serializationException({ cause })
  }
}

/** The JSON services' answer to a body that they cannot read. */
export function serializationException({
  message = 'Could not parse the request body as a JSON object',
  cause,
}: {
  readonly message?: string
  readonly cause?: unknown
} = {}): AwsError {
  return new AwsError('SerializationException', message, { statusCode: 400, cause })
}
