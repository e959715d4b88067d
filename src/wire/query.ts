import type { NormalizedSchema } from '@smithy/core/schema'
import type { AwsError } from '../core/aws-error.ts'
import { compileOperation } from './compiled-operation.ts'
import type { WireExchange, WireRequest, WireResponse } from './http.ts'
import type { ServiceModel } from './model.ts'
import type { Protocol } from './protocol.ts'
import { parseScalar } from './scalars.ts'
import { createContentWriters, escapeText, writeRoot } from './xml-writer.ts'

/**
 * The awsQuery protocol, as STS and IAM speak it: documents without a declaration, times in whole seconds.
 * Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html and the sample answers of
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function createQuery(model: ServiceModel): Protocol {
  const contentOf = createContentWriters({ order: model.elementOrder, hasWholeSeconds: true })
  return {
    route: request => {
      const schema = model.operations[request.query.get('Action') ?? '']
      if (!schema) return undefined
      const operation = compileOperation(schema)
      return { operation, readInput: async () => readForm(operation.input, request.query) }
    },
    writeOutput: (operation, output, exchange) => {
      const result = operation.output.isUnitSchema()
        ? ''
        : `<${operation.name}Result>${contentOf(operation.output)(output)}</${operation.name}Result>`
      const metadata = `<ResponseMetadata><RequestId>${exchange.requestId}</RequestId></ResponseMetadata>`
      return {
        status: 200,
        headers: { 'content-type': 'text/xml', 'x-amzn-requestid': exchange.requestId },
        body: writeRoot(`${operation.name}Response`, model.xmlNamespace, result + metadata),
      }
    },
    writeError: (error, exchange) => writeQueryError(model, error, exchange),
  }
}

function readForm(input: NormalizedSchema, form: WireRequest['query']): Record<string, unknown> {
  if (input.isUnitSchema()) return {}
  const names = [...form.keys()]
  return (readNode(input, '', form, names) ?? {}) as Record<string, unknown>
}

function readNode(
  schema: NormalizedSchema,
  prefix: string,
  form: WireRequest['query'],
  names: readonly string[],
): unknown {
  if (schema.isStructSchema()) return readStruct(schema, prefix, form, names)
  if (schema.isListSchema()) return readList(schema, prefix, form, names)
  if (schema.isMapSchema()) return readMap(schema, prefix, form, names)
  const text = form.get(prefix)
  return text === undefined ? undefined : parseScalar(schema, text, prefix)
}

function readStruct(
  schema: NormalizedSchema,
  prefix: string,
  form: WireRequest['query'],
  names: readonly string[],
): unknown {
  const value: Record<string, unknown> = {}
  for (const [name, member] of schema.structIterator()) {
    const path = joinPath(prefix, member.getMergedTraits().xmlName ?? name)
    const own = names.filter(each => each === path || each.startsWith(`${path}.`))
    if (own.length > 0) value[name] = readNode(member, path, form, own)
  }
  return prefix === '' || Object.keys(value).length > 0 ? value : undefined
}

function readList(
  schema: NormalizedSchema,
  prefix: string,
  form: WireRequest['query'],
  names: readonly string[],
): unknown[] {
  if (form.get(prefix) === '') return []
  const item = schema.getValueSchema()
  const path = schema.getMergedTraits().xmlFlattened
    ? prefix
    : joinPath(prefix, item.getMergedTraits().xmlName ?? 'member')
  const items = indexesBelow(path, names).map(index =>
    readNode(item, `${path}.${index}`, form, namesBelow(`${path}.${index}`, names)),
  )
  // An index whose own fields nobody knows is a structure without members, and no text at all.
  return item.isStructSchema() ? items.map(each => each ?? {}) : items.filter(each => each !== undefined)
}

function readMap(
  schema: NormalizedSchema,
  prefix: string,
  form: WireRequest['query'],
  names: readonly string[],
): unknown {
  const key = schema.getKeySchema()
  const value = schema.getValueSchema()
  const path = schema.getMergedTraits().xmlFlattened ? prefix : joinPath(prefix, 'entry')
  const entries = indexesBelow(path, names).map(index => {
    const keyPath = `${path}.${index}.${key.getMergedTraits().xmlName ?? 'key'}`
    const valuePath = `${path}.${index}.${value.getMergedTraits().xmlName ?? 'value'}`
    return [form.get(keyPath) ?? '', readNode(value, valuePath, form, namesBelow(valuePath, names))]
  })
  return Object.fromEntries(entries)
}

function indexesBelow(path: string, names: readonly string[]): number[] {
  const indexes = new Set<number>()
  for (const name of names) {
    const index = name.startsWith(`${path}.`) ? Number.parseInt(name.slice(path.length + 1), 10) : Number.NaN
    if (Number.isInteger(index)) indexes.add(index)
  }
  return [...indexes].sort((a, b) => a - b)
}

function namesBelow(path: string, names: readonly string[]): string[] {
  return names.filter(name => name === path || name.startsWith(`${path}.`))
}

function joinPath(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`
}

function writeQueryError(model: ServiceModel, error: AwsError, { requestId }: WireExchange): WireResponse {
  const type = error.statusCode < 500 ? 'Sender' : 'Receiver'
  const content = `<Error><Type>${type}</Type><Code>${error.code}</Code><Message>${escapeText(error.message)}</Message></Error><RequestId>${requestId}</RequestId>`
  return {
    status: error.statusCode,
    headers: { ...error.headers, 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: writeRoot('ErrorResponse', model.xmlNamespace, content),
  }
}
