import { XmlShapeDeserializer } from '@aws-sdk/core/protocols'
import { parseXML } from '@aws-sdk/xml-builder'
import type { NormalizedSchema } from '@smithy/core/schema'
import { AwsError } from '../core/aws-error.ts'
import { timestampFormats } from './scalars.ts'

const deserializer = new XmlShapeDeserializer({
  timestampFormat: { useTrait: true, default: timestampFormats.dateTime },
  httpBindings: true,
  xmlNamespace: '',
  serviceNamespace: '',
})

/**
 * Reads an XML document as a shape.
 * @throws AwsError MalformedXML when it is not XML, or its root is another element.
 */
export function readDocument(schema: NormalizedSchema, root: string, document: Uint8Array): unknown {
  const content = parseRoot(root, document)
  try {
    return deserializer.readSchema(schema, content)
  } catch (cause) {
    throw malformedXml(cause)
  }
}

function parseRoot(root: string, document: Uint8Array): unknown {
  const text = decodeUtf8(document)
  let parsed: Record<string, unknown>
  try {
    parsed = parseXML(text) as Record<string, unknown>
  } catch (cause) {
    throw malformedXml(cause)
  }
  const name = Object.keys(parsed)[0] ?? ''
  if (name.slice(name.indexOf(':') + 1) !== root) throw malformedXml()
  return parsed[name]
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw malformedXml(cause)
  }
}

/** S3's answer to a body that is not the XML it expects. */
export function malformedXml(cause?: unknown): AwsError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema'
  return new AwsError('MalformedXML', message, { statusCode: 400, cause })
}
