import { isUtf8 } from 'node:buffer'
import type { NormalizedSchema } from '@smithy/core/schema'
import { type CompiledOperation, requiredMembers } from './compiled-operation.ts'
import { headerOf, type WireRequest } from './http.ts'
import type { DocumentRules } from './protocol.ts'
import { formatScalar, parseScalar, timestampFormats } from './scalars.ts'
import { valuesOf } from './uri.ts'

/** How a REST protocol reads and writes documents in bodies. */
export interface DocumentCodec {
  readonly contentType: string
  read(schema: NormalizedSchema, root: string, bytes: Buffer): unknown
  /** Writes a structure that is the payload itself. */
  writePayload(schema: NormalizedSchema, value: unknown): string
  /** Writes the members of an output that are bound to nothing else. */
  writeBody(schema: NormalizedSchema, value: Readonly<Record<string, unknown>>): string
}

type Bag = Record<string, unknown>

interface Binding {
  readonly name: string
  readonly schema: NormalizedSchema
  /** Header, prefix or query name; lower case for headers. */
  readonly wireName: string
}

interface Bindings {
  /** Labels of the path that are not read as text. */
  readonly labels: readonly Binding[]
  readonly headers: readonly Binding[]
  readonly prefixHeaders: readonly Binding[]
  readonly query: readonly Binding[]
  readonly payload: Binding | undefined
  readonly body: readonly Binding[]
  readonly statusCode: string | undefined
  readonly required: ReadonlySet<string>
}

const compiled = new WeakMap<NormalizedSchema, Bindings>()

/** Sorts a structure's members by where HTTP carries them; compiled on first use. */
export function bindingsOf(schema: NormalizedSchema): Bindings {
  const known = compiled.get(schema)
  if (known) return known
  const bindings = compileBindings(schema)
  compiled.set(schema, bindings)
  return bindings
}

function compileBindings(schema: NormalizedSchema): Bindings {
  const sorted = {
    labels: [] as Binding[],
    headers: [] as Binding[],
    prefixHeaders: [] as Binding[],
    query: [] as Binding[],
    body: [] as Binding[],
  }
  let payload: Binding | undefined
  let statusCode: string | undefined
  const members = schema.isStructSchema() ? [...schema.structIterator()] : []
  for (const [name, member] of members) {
    const traits = member.getMergedTraits()
    if (traits.httpHeader)
      sorted.headers.push({ name, schema: member, wireName: traits.httpHeader.toLowerCase() })
    else if (traits.httpPrefixHeaders)
      sorted.prefixHeaders.push({ name, schema: member, wireName: traits.httpPrefixHeaders.toLowerCase() })
    else if (traits.httpQuery) sorted.query.push({ name, schema: member, wireName: traits.httpQuery })
    else if (traits.httpPayload) payload = { name, schema: member, wireName: '' }
    else if (traits.httpResponseCode) statusCode = name
    else if (traits.httpLabel) {
      if (!member.isStringSchema()) sorted.labels.push({ name, schema: member, wireName: name })
    } else if (!traits.httpQueryParams) sorted.body.push({ name, schema: member, wireName: name })
  }
  return { ...sorted, payload, statusCode, required: new Set(requiredMembers(schema)) }
}

/** A request whose operation is found. */
export interface RoutedRequest {
  readonly operation: CompiledOperation
  readonly request: WireRequest
  /** Decoded labels of the path. */
  readonly labels: Readonly<Record<string, string>>
}

/** Reads an operation's input from a request. Bodies that stream are handed on unread. */
export async function readInput(
  { operation, request, labels }: RoutedRequest,
  codec: DocumentCodec,
  { inspect, limitBytes = maxDocumentBytes }: DocumentRules = {},
): Promise<Bag> {
  const bindings = bindingsOf(operation.input)
  const input: Bag = { ...request.contextMembers, ...labels }
  for (const { name, schema, wireName } of bindings.labels)
    input[name] = parseScalar(schema, labels[name] ?? '', wireName)
  for (const { name, schema, wireName } of bindings.headers) {
    const text = headerOf(request.headers, wireName)
    if (text !== undefined) input[name] = readBound(schema, decodeHeader(text), wireName)
  }
  for (const binding of bindings.prefixHeaders) readPrefixHeaders(binding, request, input)
  for (const { name, schema, wireName } of bindings.query) {
    const text = request.query.get(wireName)
    // A number that is left empty counts as none, as on AWS.
    if (text === undefined || (text === '' && schema.isNumericSchema())) continue
    input[name] = readQuery(schema, request.query, wireName)
  }
  const { payload, body } = bindings
  if (payload?.schema.isStreaming()) {
    if (payload.schema.isBlobSchema()) input[payload.name] = request.body
    return input
  }
  if (!payload && body.length === 0) return input
  const bytes = await request.body.bytes(limitBytes)
  inspect?.(bytes)
  if (bytes.length === 0) return input
  if (payload) input[payload.name] = readPayload(payload, bytes, codec)
  else Object.assign(input, readDocument(operation.input, bytes, codec))
  return input
}

/** Largest document (not object) that a request's body may be where its service does not say otherwise, in bytes. */
const maxDocumentBytes = 8 * 1024 * 1024

function readPayload({ name, schema }: Binding, bytes: Buffer, codec: DocumentCodec): unknown {
  if (schema.isBlobSchema()) return bytes
  if (schema.isStringSchema()) return bytes.toString('utf8')
  return codec.read(schema, schema.getMergedTraits().xmlName ?? schema.getName() ?? name, bytes)
}

function readDocument(schema: NormalizedSchema, bytes: Buffer, codec: DocumentCodec): object {
  return codec.read(schema, schema.getMergedTraits().xmlName ?? schema.getName() ?? '', bytes) as object
}

function readBound(schema: NormalizedSchema, text: string, wireName: string): unknown {
  if (!schema.isListSchema()) return parseScalar(schema, text, wireName)
  const item = schema.getValueSchema()
  return text.split(',').map(part => parseScalar(item, part.trim(), wireName))
}

/** A list has a pair of its own for each of its values. */
function readQuery(schema: NormalizedSchema, query: WireRequest['query'], wireName: string): unknown {
  if (!schema.isListSchema()) return parseScalar(schema, query.get(wireName) ?? '', wireName)
  const item = schema.getValueSchema()
  return valuesOf(query, wireName).map(text => parseScalar(item, text, wireName))
}

function readPrefixHeaders({ name, wireName }: Binding, request: WireRequest, input: Bag): void {
  let record: Record<string, string> | undefined
  for (const header in request.headers) {
    if (!header.startsWith(wireName)) continue
    record ??= {}
    const value = request.headers[header]
    record[header.slice(wireName.length)] = decodeHeader(
      Array.isArray(value) ? value.join(',') : (value ?? ''),
    )
  }
  if (record) input[name] = record
}

/** Node gives header bytes as Latin-1; AWS reads them as UTF-8, and what is no UTF-8 as it is. */
function decodeHeader(text: string): string {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) <= 0x7f) continue
    const bytes = Buffer.from(text, 'latin1')
    return isUtf8(bytes) ? bytes.toString('utf8') : text
  }
  return text
}

/** The parts of an answer that come from an operation's output. */
export interface WrittenOutput {
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array | undefined
  /** The payload as the operation gave it, when it streams. */
  readonly stream: unknown
  readonly contentType: string | undefined
}

/** Writes an operation's output: headers, and the body as a document or as it is. */
export function writeOutput(operation: CompiledOperation, output: Bag, codec: DocumentCodec): WrittenOutput {
  const bindings = bindingsOf(operation.output)
  const headers: Record<string, string> = {}
  for (const { name, schema, wireName } of bindings.headers) {
    const value = output[name]
    if (value !== undefined && value !== null) headers[wireName] = encodeHeader(writeBound(schema, value))
  }
  for (const { name, wireName } of bindings.prefixHeaders) {
    for (const [key, value] of Object.entries((output[name] as Record<string, string> | undefined) ?? {})) {
      headers[`${wireName}${key.toLowerCase()}`] = encodeHeader(value)
    }
  }
  return { headers, ...writeOutputBody(operation, bindings, output, codec) }
}

function writeOutputBody(
  operation: CompiledOperation,
  { payload, body }: Bindings,
  output: Bag,
  codec: DocumentCodec,
): Omit<WrittenOutput, 'headers'> {
  const none = { body: undefined, stream: undefined, contentType: undefined }
  if (payload) {
    const value = output[payload.name]
    if (value === undefined || value === null) return none
    if (payload.schema.isStreaming()) return { ...none, stream: value }
    if (payload.schema.isBlobSchema() || payload.schema.isStringSchema())
      return { ...none, body: value as string | Uint8Array }
    return { ...none, body: codec.writePayload(payload.schema, value), contentType: codec.contentType }
  }
  if (body.length === 0) return none
  return { ...none, body: codec.writeBody(operation.output, output), contentType: codec.contentType }
}

function writeBound(schema: NormalizedSchema, value: unknown): string {
  if (!schema.isListSchema()) return formatScalar(schema, value, timestampFormats.httpDate)
  const item = schema.getValueSchema()
  return (value as unknown[]).map(each => formatScalar(item, each, timestampFormats.httpDate)).join(', ')
}

/** Makes a header's value safe: UTF-8 bytes as AWS sends them, and none of the characters that HTTP forbids. */
function encodeHeader(text: string): string {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x7e || code < 0x20) return encodeUnusualHeader(text)
  }
  return text
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the characters a header must not carry
const outsideHeader = /[\u0000-\u0008\u000a-\u001f\u007f]/g

function encodeUnusualHeader(text: string): string {
  return Buffer.from(text.replace(outsideHeader, ' '), 'utf8').toString('latin1')
}
