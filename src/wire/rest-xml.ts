import type { NormalizedSchema } from '@smithy/core/schema'
import type { AwsError } from '../core/aws-error.ts'
import { hostIdOf } from '../core/ids.ts'
import type { ResponseBody } from './body.ts'
import type { CompiledOperation } from './compiled-operation.ts'
import type { WireExchange, WireResponse } from './http.ts'
import type { ServiceModel } from './model.ts'
import type { Protocol } from './protocol.ts'
import { type DocumentCodec, writeOutput } from './rest-bindings.ts'
import { createRestCalls } from './rest-calls.ts'
import { readDocument } from './xml-reader.ts'
import { createContentWriters, escapeText, rootName, writeDocument } from './xml-writer.ts'

/** The restXml protocol, as S3 speaks it. Source: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export function createRestXml(model: ServiceModel): Protocol {
  const codec = createXmlCodec(model)
  return {
    route: createRestCalls(model, codec),
    writeOutput: (operation, output) => writeXmlOutput(model, operation, output, codec),
    writeError: writeXmlError,
  }
}

function createXmlCodec({ xmlNamespace, elementOrder }: ServiceModel): DocumentCodec {
  const writerOf = createContentWriters({ order: elementOrder })
  const write = (schema: NormalizedSchema, value: unknown): string => {
    const [, namespace = xmlNamespace] = schema.getMergedTraits().xmlNamespace ?? []
    return writeDocument(rootName(schema), namespace, writerOf(schema)(value as Record<string, unknown>))
  }
  return { contentType: 'application/xml', read: readDocument, writePayload: write, writeBody: write }
}

function writeXmlOutput(
  model: ServiceModel,
  operation: CompiledOperation,
  output: Record<string, unknown>,
  codec: DocumentCodec,
): WireResponse {
  const status = (output.$status as number | undefined) ?? operation.http?.status ?? 200
  const unwrapped = model.unwrappedOutputs?.[operation.name]
  const written = writeOutput(operation, output, codec)
  const headers = written.headers
  // What AWS sends without having modelled it.
  if (output.$headers !== undefined) Object.assign(headers, output.$headers)
  if (unwrapped !== undefined) {
    headers['content-type'] = codec.contentType
    const text = escapeText(String(output[unwrapped] ?? ''))
    return { status, headers, body: writeDocument(rootName(operation.output), model.xmlNamespace, text) }
  }
  // A HEAD that describes no object is answered as the document that it leaves out would be.
  const contentType = operation.http?.method === 'HEAD' ? codec.contentType : written.contentType
  if (contentType !== undefined) headers['content-type'] ??= contentType
  const body = (written.stream as ResponseBody | undefined) ?? written.body
  return { status, headers, ...(body !== undefined && { body }) }
}

/**
 * An error as S3 writes it today: the members that it has of its own, and no `Resource`, which only old examples show.
 * A member without text is written empty, as AWS does with the value of a form's field that is missing.
 * Source: answers of AWS that localstack/localstack recorded (tests/aws/services/s3/test_s3.snapshot.json)
 */
function writeXmlError(error: AwsError, { requestId }: WireExchange): WireResponse {
  const detail = Object.entries(error.members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<${name}>${escapeText(String(value))}</${name}>`)
    .join('')
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeText(error.message)}</Message>${detail}<RequestId>${requestId}</RequestId><HostId>${hostIdOf(requestId)}</HostId></Error>`
  const isBodiless = error.statusCode === 304
  return {
    status: error.statusCode,
    headers: { ...error.headers, ...(isBodiless ? {} : { 'content-type': 'application/xml' }) },
    ...(isBodiless ? {} : { body }),
  }
}
