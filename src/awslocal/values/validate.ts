import { CommandFailure } from '../failure.ts'
import type { Member, Shape } from '../schema/shape.ts'
import { pythonTypeOf, toPythonText } from './python-text.ts'
import { isRecord } from './record.ts'
import { toTimestamp } from './timestamp.ts'
import { BodyFile } from './unpack.ts'

interface Place {
  /** e.g. `.Tagging.TagSet[0]`; empty for the whole input. */
  readonly path: string
  readonly mistakes: string[]
}

/** Refuses an input that AWS's types do not allow, naming every mistake, before anything is sent. */
export function validateInput(shape: Shape, input: Readonly<Record<string, unknown>>): void {
  const mistakes: string[] = []
  check(shape, input, { path: '', mistakes })
  if (mistakes.length > 0) throw new CommandFailure(`Parameter validation failed:\n${mistakes.join('\n')}`)
}

function check(shape: Shape, value: unknown, place: Place): void {
  if (shape.kind === 'structure') checkStructure(shape, value, place)
  else if (shape.kind === 'list') checkList(shape, value, place)
  else if (shape.kind === 'map') checkMap(shape, value, place)
  else if (!isScalar(shape, value)) reportType(value, place, scalarTypes[shape.kind])
  else checkMinimum(shape, value, place)
}

const dictionary = "<class 'dict'>"
const scalarTypes = {
  string: "<class 'str'>",
  number: "<class 'int'>",
  boolean: "<class 'bool'>",
  timestamp: "<class 'datetime.datetime'>, timestamp-string",
  blob: "<class 'bytes'>, <class 'bytearray'>, file-like object",
  document: "<class 'str'>, <class 'int'>, <class 'bool'>, <class 'float'>, <class 'list'>, <class 'dict'>",
} as const

function isScalar(shape: Shape, value: unknown): boolean {
  if (shape.kind === 'string') return typeof value === 'string'
  if (shape.kind === 'number') return typeof value === 'number'
  if (shape.kind === 'boolean') return typeof value === 'boolean'
  if (shape.kind === 'timestamp') return toTimestamp(value) !== undefined
  if (shape.kind === 'blob')
    return typeof value === 'string' || value instanceof Uint8Array || value instanceof BodyFile
  return true
}

function checkStructure(shape: Shape, value: unknown, place: Place): void {
  if (!isRecord(value)) {
    reportType(value, place, dictionary)
    return
  }
  checkUnion(shape, value, place)
  for (const [name, member] of shape.members) {
    if (member.isRequired && !Object.hasOwn(value, name) && !member.isIdempotencyToken) {
      place.mistakes.push(`Missing required parameter in ${nameOf(place)}: "${name}"`)
    }
  }
  const known = Object.keys(value).filter(name => shape.members.has(name))
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue
    const names = [...shape.members.keys()].join(', ')
    place.mistakes.push(`Unknown parameter in ${nameOf(place)}: "${name}", must be one of: ${names}`)
  }
  for (const name of known) {
    const member = shape.members.get(name)
    if (member) checkMember(member, value[name], { ...place, path: `${place.path}.${name}` })
  }
}

function checkMember(member: Member, value: unknown, place: Place): void {
  if (member.isInPath && value === '') {
    place.mistakes.push(`Invalid length for parameter ${nameOf(place)}, value: 0, valid min length: 1`)
  } else check(member.shape, value, place)
}

function checkUnion(shape: Shape, value: Readonly<Record<string, unknown>>, place: Place): void {
  if (!shape.isUnion) return
  const names = [...shape.members.keys()].join(', ')
  const count = Object.keys(value).length
  if (count === 0) {
    place.mistakes.push(
      `Must set one of the following keys for tagged unionstructure ${nameOf(place)}: ${names}.`,
    )
  } else if (count > 1) {
    place.mistakes.push(
      `Invalid number of parameters set for tagged union structure ${nameOf(place)}. ` +
        `Can only set one of the following keys: ${names}.`,
    )
  }
}

function checkList(shape: Shape, value: unknown, place: Place): void {
  if (!Array.isArray(value)) {
    reportType(value, place, "<class 'list'>, <class 'tuple'>")
    return
  }
  checkMinimum(shape, value, place)
  const element = shape.element
  if (element === undefined) return
  for (const [index, item] of value.entries()) {
    check(element, item, { ...place, path: `${place.path}[${index}]` })
  }
}

function checkMap(shape: Shape, value: unknown, place: Place): void {
  if (!isRecord(value)) {
    reportType(value, place, dictionary)
    return
  }
  const element = shape.element
  if (element === undefined) return
  for (const [key, item] of Object.entries(value))
    check(element, item, { ...place, path: `${place.path}.${key}` })
}

/** Texts and lists have a least length, numbers a least value. */
function checkMinimum({ minimum }: Shape, value: unknown, place: Place): void {
  if (typeof value === 'number' && value < minimum) {
    place.mistakes.push(
      `Invalid value for parameter ${nameOf(place)}, value: ${value}, valid min value: ${minimum}`,
    )
  }
  const length = typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : minimum
  if (length < minimum) {
    place.mistakes.push(
      `Invalid length for parameter ${nameOf(place)}, value: ${length}, valid min length: ${minimum}`,
    )
  }
}

function reportType(value: unknown, place: Place, validTypes: string): void {
  place.mistakes.push(
    `Invalid type for parameter ${nameOf(place)}, value: ${toPythonText(value)}, ` +
      `type: ${pythonTypeOf(value)}, valid types: ${validTypes}`,
  )
}

function nameOf({ path }: Place): string {
  return path === '' ? 'input' : path.replace(/^\./, '')
}
