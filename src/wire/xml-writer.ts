import { NormalizedSchema } from '@smithy/core/schema'
import { formatScalar, type TimestampFormat, timestampFormats } from './scalars.ts'

/**
 * Writes one value as the XML element `name`. Compiled once per shape from the SDK's schema: the SDK's own
 * XmlShapeSerializer builds a tree of nodes first, and takes four times as long on a page of a thousand keys.
 */
export type ElementWriter = (name: string, value: unknown) => string

const compiled = new WeakMap<object, ElementWriter>()

/** The writer of a shape; compiled on first use. */
export function elementWriter(schema: NormalizedSchema): ElementWriter {
  const own = schema.getSchema()
  if (typeof own !== 'object' || own === null) return compileScalar(schema)
  const known = compiled.get(own)
  if (known) return known
  const lazy: ElementWriter = (name, value) => (compiled.get(own) as ElementWriter)(name, value)
  compiled.set(own, lazy)
  const writer = schema.isStructSchema() ? compileStruct(schema) : compileScalar(schema)
  compiled.set(own, writer)
  return writer
}

/** Writes a root element with its namespace. */
export function writeDocument(name: string, namespace: string | undefined, content: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${content}</${name}>`
}

/** Writes a structure's members without an element around them. */
export function contentWriter(
  schema: NormalizedSchema,
): (value: Readonly<Record<string, unknown>>) => string {
  const members = compileMembers(schema)
  return value => writeMembers(members, value)
}

interface Member {
  readonly name: string
  readonly tag: string
  readonly write: ElementWriter
}

function compileStruct(schema: NormalizedSchema): ElementWriter {
  const members = compileMembers(schema)
  const attributes = compileAttributes(schema)
  const [prefix, uri] = (schema.getMergedTraits().xmlNamespace as [string?, string?] | undefined) ?? []
  const namespace = uri ? ` xmlns${prefix ? `:${prefix}` : ''}="${uri}"` : ''
  return (name, value) => {
    const record = value as Readonly<Record<string, unknown>>
    const open = `${name}${namespace}${attributes.length === 0 ? '' : writeAttributes(attributes, record)}`
    return `<${open}>${writeMembers(members, record)}</${name}>`
  }
}

function compileMembers(schema: NormalizedSchema): Member[] {
  const members: Member[] = []
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    if (isBoundElsewhere(traits) || traits.xmlAttribute) continue
    members.push({ name, tag: traits.xmlName ?? name, write: compileMember(member) })
  }
  return members
}

function isBoundElsewhere(traits: ReturnType<NormalizedSchema['getMergedTraits']>): boolean {
  return Boolean(
    traits.httpHeader ||
      traits.httpPrefixHeaders ||
      traits.httpLabel ||
      traits.httpQuery ||
      traits.httpQueryParams ||
      traits.httpResponseCode,
  )
}

function compileMember(member: NormalizedSchema): ElementWriter {
  if (member.isListSchema()) return compileList(member)
  if (member.isMapSchema()) return compileMap(member)
  return elementWriter(member)
}

function compileList(list: NormalizedSchema): ElementWriter {
  const item = list.getValueSchema()
  const writeItem = compileMember(item)
  if (list.getMergedTraits().xmlFlattened) {
    return (tag, items) => {
      let text = ''
      for (const each of items as Iterable<unknown>) text += writeItem(tag, each)
      return text
    }
  }
  const itemTag = item.getMergedTraits().xmlName ?? 'member'
  return (tag, items) => {
    let text = ''
    for (const each of items as Iterable<unknown>) text += writeItem(itemTag, each)
    return `<${tag}>${text}</${tag}>`
  }
}

function compileMap(map: NormalizedSchema): ElementWriter {
  const keyTag = map.getKeySchema().getMergedTraits().xmlName ?? 'key'
  const valueTag = map.getValueSchema().getMergedTraits().xmlName ?? 'value'
  const writeValue = compileMember(map.getValueSchema())
  const isFlat = Boolean(map.getMergedTraits().xmlFlattened)
  return (tag, record) => {
    const entryTag = isFlat ? tag : 'entry'
    const entries = Object.entries(record as Readonly<Record<string, unknown>>).map(
      ([key, value]) =>
        `<${entryTag}><${keyTag}>${escapeText(key)}</${keyTag}>${writeValue(valueTag, value)}</${entryTag}>`,
    )
    return isFlat ? entries.join('') : `<${tag}>${entries.join('')}</${tag}>`
  }
}

function compileScalar(schema: NormalizedSchema): ElementWriter {
  const timestamps: TimestampFormat = timestampFormats.dateTime
  if (schema.isStringSchema()) return (name, value) => `<${name}>${escapeText(String(value))}</${name}>`
  if (schema.isNumericSchema() || schema.isBooleanSchema())
    return (name, value) => `<${name}>${value}</${name}>`
  return (name, value) => `<${name}>${escapeText(formatScalar(schema, value, timestamps))}</${name}>`
}

function compileAttributes(schema: NormalizedSchema): { name: string; attribute: string }[] {
  return [...schema.structIterator()]
    .filter(([, member]) => member.getMergedTraits().xmlAttribute)
    .map(([name, member]) => ({ name, attribute: member.getMergedTraits().xmlName ?? name }))
}

function writeAttributes(
  attributes: readonly { name: string; attribute: string }[],
  record: Readonly<Record<string, unknown>>,
): string {
  return attributes
    .filter(({ name }) => record[name] !== undefined)
    .map(({ name, attribute }) => ` ${attribute}="${escapeText(String(record[name]))}"`)
    .join('')
}

function writeMembers(members: readonly Member[], record: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const member of members) {
    const value = record[member.name]
    if (value !== undefined && value !== null) text += member.write(member.tag, value)
  }
  return text
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: S3 writes control characters in keys as references
const hostile = /[&<>"\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** Escapes text for an element or an attribute; control characters become references, as S3 writes them. */
export function escapeText(text: string): string {
  hostile.lastIndex = 0
  if (!hostile.test(text)) return text
  return text.replace(
    hostile,
    character => entities[character] ?? `&#x${character.charCodeAt(0).toString(16)};`,
  )
}

/** The name of a shape's root element. */
export function rootName(schema: NormalizedSchema): string {
  const normalized = NormalizedSchema.of(schema)
  return normalized.getMergedTraits().xmlName ?? normalized.getName() ?? 'Response'
}
