import type { NormalizedSchema } from '@smithy/core/schema'
import type { AwsError } from '../core/aws-error.ts'
import type { ResponseBody } from './body.ts'
import type { CompiledOperation } from './compiled-operation.ts'
import type { WireExchange, WireResponse } from './http.ts'
import type { ServiceModel } from './model.ts'
import type { Protocol } from './protocol.ts'
import { type DocumentCodec, writeOutput } from './rest-bindings.ts'
import { createRestCalls } from './rest-calls.ts'
import { readDocument } from './xml-reader.ts'
import { contentWriter, escapeText, rootName, writeDocument } from './xml-writer.ts'

const contentWriters = new WeakMap<NormalizedSchema, ReturnType<typeof contentWriter>>()

function contentOf(schema: NormalizedSchema, value: Readonly<Record<string, unknown>>): string {
  let write = contentWriters.get(schema)
  if (!write) {
    write = contentWriter(schema)
    contentWriters.set(schema, write)
  }
  return write(value)
}

/** The restXml protocol, as S3 speaks it. Source: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export function createRestXml(model: ServiceModel): Protocol {
  const codec = createXmlCodec(model)
  return {
    route: createRestCalls(model, codec),
    writeOutput: (operation, output) => writeXmlOutput(model, operation, output, codec),
    writeError: writeXmlError,
  }
}

function createXmlCodec({ xmlNamespace }: ServiceModel): DocumentCodec {
  return {
    contentType: 'application/xml',
    read: readDocument,
    writePayload: (schema, value) =>
      writeDocument(rootName(schema), xmlNamespace, contentOf(schema, value as Record<string, unknown>)),
    writeBody: (schema, value) => writeDocument(rootName(schema), xmlNamespace, contentOf(schema, value)),
  }
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
  if (unwrapped !== undefined) {
    headers['content-type'] = codec.contentType
    const text = escapeText(String(output[unwrapped] ?? ''))
    return { status, headers, body: writeDocument(rootName(operation.output), model.xmlNamespace, text) }
  }
  if (written.contentType !== undefined) headers['content-type'] ??= written.contentType
  const body = (written.stream as ResponseBody | undefined) ?? written.body
  return { status, headers, ...(body !== undefined && { body }) }
}

function writeXmlError(error: AwsError, { requestId, resource }: WireExchange): WireResponse {
  const members = { Resource: resource, ...error.members }
  const detail = Object.entries(members)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `<${name}>${escapeText(String(value))}</${name}>`)
    .join('')
  const hostId = Buffer.from(requestId).toString('base64')
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeText(error.message)}</Message>${detail}<RequestId>${requestId}</RequestId><HostId>${hostId}</HostId></Error>`
  const isBodiless = error.statusCode === 304
  return {
    status: error.statusCode,
    headers: { ...error.headers, ...(isBodiless ? {} : { 'content-type': 'application/xml' }) },
    ...(isBodiless ? {} : { body }),
  }
}
