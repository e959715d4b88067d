import { NormalizedSchema } from '@smithy/core/schema'
import type { ElementOrder } from './model.ts'
import { formatScalar, type TimestampFormat, timestampFormats } from './scalars.ts'

/**
 * Writes one value as the XML element `name`. Compiled once per shape from the SDK's schema: the SDK's own
 * XmlShapeSerializer builds a tree of nodes first, and takes four times as long on a page of a thousand keys.
 */
export type ElementWriter = (name: string, value: unknown) => string

/** Writes a structure's members without an element around them. */
export type ContentWriter = (value: Readonly<Record<string, unknown>>) => string

/** What a service's documents have of their own. */
export interface DocumentStyle {
  readonly order?: ElementOrder | undefined
  /** Whether times leave their milliseconds out. */
  readonly hasWholeSeconds?: boolean
}

/** The writers of a service's shapes, compiled on first use. */
interface Writers extends DocumentStyle {
  readonly compiled: WeakMap<object, ElementWriter>
}

/** Gives the writers of a service's documents. */
export function createContentWriters(style: DocumentStyle): (schema: NormalizedSchema) => ContentWriter {
  const writers: Writers = { ...style, compiled: new WeakMap() }
  const contents = new WeakMap<NormalizedSchema, ContentWriter>()
  return schema => {
    const known = contents.get(schema)
    if (known) return known
    const members = compileMembers(schema, writers)
    const write: ContentWriter = value => {
      const sequence = value.$sequence as readonly string[] | undefined
      return sequence === undefined || sequence.length === 0
        ? writeMembers(members, value)
        : writeMixed(members, value, sequence)
    }
    contents.set(schema, write)
    return write
  }
}

function elementWriter(schema: NormalizedSchema, writers: Writers): ElementWriter {
  const { compiled } = writers
  const own = schema.getSchema()
  if (typeof own !== 'object' || own === null) return compileScalar(schema, writers)
  const known = compiled.get(own)
  if (known) return known
  const lazy: ElementWriter = (name, value) => (compiled.get(own) as ElementWriter)(name, value)
  compiled.set(own, lazy)
  const writer = schema.isStructSchema() ? compileStruct(schema, writers) : compileScalar(schema, writers)
  compiled.set(own, writer)
  return writer
}

/** Writes a document: its declaration and its root element. */
export function writeDocument(name: string, namespace: string | undefined, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeRoot(name, namespace, content)}`
}

/** Writes a root element with its namespace; one without content closes itself, as in AWS's answers. */
export function writeRoot(name: string, namespace: string | undefined, content: string): string {
  const open = namespace === undefined ? name : `${name} xmlns="${namespace}"`
  return content === '' ? `<${open}/>` : `<${open}>${content}</${name}>`
}

interface Member {
  readonly name: string
  readonly tag: string
  readonly write: ElementWriter
}

function compileStruct(schema: NormalizedSchema, writers: Writers): ElementWriter {
  const members = compileMembers(schema, writers)
  const attributes = compileAttributes(schema)
  const [prefix, uri] = (schema.getMergedTraits().xmlNamespace as [string?, string?] | undefined) ?? []
  const namespace = uri ? ` xmlns${prefix ? `:${prefix}` : ''}="${uri}"` : ''
  return (name, value) => {
    const record = value as Readonly<Record<string, unknown>>
    const open = `${name}${namespace}${attributes.length === 0 ? '' : writeAttributes(attributes, record)}`
    return `<${open}>${writeMembers(members, record)}</${name}>`
  }
}

function compileMembers(schema: NormalizedSchema, writers: Writers): Member[] {
  const members: Member[] = []
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits()
    if (isBoundElsewhere(traits) || traits.xmlAttribute) continue
    members.push({ name, tag: traits.xmlName ?? name, write: compileMember(member, writers) })
  }
  return inOrder(members, writers.order?.[schema.getName(false) ?? ''])
}

/** What the order does not name keeps its place behind what it names. */
function inOrder(members: Member[], order: readonly string[] | undefined): Member[] {
  if (order === undefined) return members
  const placeOf = ({ tag }: Member): number => {
    const place = order.indexOf(tag)
    return place < 0 ? order.length : place
  }
  return members.sort((left, right) => placeOf(left) - placeOf(right))
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

function compileMember(member: NormalizedSchema, writers: Writers): ElementWriter {
  if (member.isListSchema()) return compileList(member, writers)
  if (member.isMapSchema()) return compileMap(member, writers)
  return elementWriter(member, writers)
}

function compileList(list: NormalizedSchema, writers: Writers): ElementWriter {
  const item = list.getValueSchema()
  const writeItem = compileMember(item, writers)
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

function compileMap(map: NormalizedSchema, writers: Writers): ElementWriter {
  const keyTag = map.getKeySchema().getMergedTraits().xmlName ?? 'key'
  const valueTag = map.getValueSchema().getMergedTraits().xmlName ?? 'value'
  const writeValue = compileMember(map.getValueSchema(), writers)
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

function compileScalar(schema: NormalizedSchema, { hasWholeSeconds }: DocumentStyle): ElementWriter {
  const timestamps: TimestampFormat = timestampFormats.dateTime
  if (schema.isStringSchema()) return (name, value) => `<${name}>${escapeText(String(value))}</${name}>`
  if (schema.isNumericSchema() || schema.isBooleanSchema())
    return (name, value) => `<${name}>${value}</${name}>`
  const write = (value: unknown): string => escapeText(formatScalar(schema, value, timestamps))
  if (hasWholeSeconds && schema.isTimestampSchema())
    return (name, value) => `<${name}>${write(value).replace(/\.\d{3}Z$/, 'Z')}</${name}>`
  return (name, value) => `<${name}>${write(value)}</${name}>`
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

/** Writes lists whose elements stand among one another; `sequence` has the member that each comes from. */
function writeMixed(
  members: readonly Member[],
  record: Readonly<Record<string, unknown>>,
  sequence: readonly string[],
): string {
  const mixed = new Map(sequence.map(name => [name, (record[name] as readonly unknown[]).values()]))
  const first = members.findIndex(({ name }) => mixed.has(name))
  const text = sequence.map(name => {
    const { tag, write } = members.find(member => member.name === name) as Member
    return write(tag, [mixed.get(name)?.next().value])
  })
  const others = (some: readonly Member[]): string =>
    writeMembers(
      some.filter(({ name }) => !mixed.has(name)),
      record,
    )
  return others(members.slice(0, first)) + text.join('') + others(members.slice(Math.max(first, 0)))
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
