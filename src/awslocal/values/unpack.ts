import { statSync } from 'node:fs'
import { CommandFailure, ParameterError } from '../failure.ts'
import type { Shape } from '../schema/shape.ts'
import { expandPath, FileReferenceError, resolveFileReference } from './file-reference.ts'
import { JsonError, parseJson } from './json.ts'
import { isRecord } from './record.ts'
import { parseShorthand, ShorthandError, type ShorthandValue } from './shorthand.ts'

/** A file whose content becomes a request's body. */
export class BodyFile {
  readonly path: string
  /** In bytes. */
  readonly size: number

  constructor(path: string, size: number) {
    this.path = path
    this.size = size
  }
}

/** Where a value comes from: the option as messages name it, and what it is for. */
export interface ValueTarget {
  /** e.g. `--tagging` */
  readonly option: string
  readonly shape: Shape
}

/**
 * Turns the words of an option into the value that AWS's type asks for: JSON, shorthand syntax, `file://`, `fileb://`,
 * numbers, or the path of a body.
 */
export function unpackWords(target: ValueTarget, words: string | readonly string[]): unknown {
  if (target.shape.kind === 'blob' && target.shape.isStreaming) return openBody(target.option, String(words))
  const value = loadReferences(target.option, words)
  if (takesShorthand(target.shape, value)) return readShorthand(target, value)
  return unpackPlain(target, value)
}

type Loaded = string | Uint8Array | readonly string[]

function loadReferences(option: string, words: string | readonly string[]): Loaded {
  const only = typeof words === 'string' ? words : words.length === 1 ? words[0] : undefined
  if (only === undefined) return words
  const loaded = loadReference(option, only)
  return loaded === only ? words : loaded
}

/** Gives the content of a `file://` or `fileb://` value, or the value itself. */
export function loadReference(option: string, word: string): string | Uint8Array {
  try {
    return resolveFileReference(word)
  } catch (error) {
    if (error instanceof FileReferenceError) throw new ParameterError(option, error.message)
    throw error
  }
}

function openBody(option: string, word: string): BodyFile {
  const path = expandPath(word.replace(/^fileb?:\/\//, ''))
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() !== true) throw new ParameterError(option, 'Blob values must be a path to a file.')
  return new BodyFile(path, stats.size)
}

function takesShorthand(shape: Shape, value: Loaded): boolean {
  const first = value instanceof Uint8Array ? undefined : typeof value === 'string' ? value : value[0]
  if (first === undefined || /^\s*[[{]/.test(first)) return false
  return isComplex(shape)
}

function isComplex(shape: Shape): boolean {
  if (shape.kind === 'list') return isContainer(shape.element)
  return isContainer(shape)
}

function isContainer(shape: Shape | undefined): boolean {
  return shape?.kind === 'structure' || shape?.kind === 'list' || shape?.kind === 'map'
}

function readShorthand({ option, shape }: ValueTarget, value: Loaded): unknown {
  const only = shape.kind === 'structure' && shape.members.size === 1 ? shape.members.get('Value') : undefined
  if (only?.shape.kind === 'string' && typeof value === 'string' && !value.includes('='))
    return { Value: value }
  try {
    if (typeof value === 'string') return coerceShorthand(shape, parseShorthand(value))
    return coerceShorthand(
      shape,
      [...value].map(word => parseShorthand(String(word))),
    )
  } catch (error) {
    if (error instanceof ShorthandError) throw new ParameterError(option, error.message)
    throw error
  }
}

/** Shorthand syntax only knows texts: the types say which are numbers, flags, and lists of one. */
export function coerceShorthand(shape: Shape, value: ShorthandValue): unknown {
  if (value instanceof Uint8Array) return value
  if (shape.kind === 'list') {
    const element = shape.element
    const items = Array.isArray(value) ? (value as readonly ShorthandValue[]) : [value]
    return element === undefined ? items : items.map(item => coerceShorthand(element, item))
  }
  if (isRecord(value)) return coerceRecord(shape, value as Record<string, ShorthandValue>)
  if (typeof value === 'string' && shape.kind === 'number') return toNumber(value)
  if (typeof value === 'string' && shape.kind === 'boolean') return toFlag(value)
  return value
}

function coerceRecord(shape: Shape, record: Record<string, ShorthandValue>): Record<string, unknown> {
  const entries = Object.entries(record).map(([key, value]) => {
    const member = shape.kind === 'map' ? shape.element : shape.members.get(key)?.shape
    return [key, member === undefined ? value : coerceShorthand(member, value)] as const
  })
  return Object.fromEntries(entries)
}

function toFlag(text: string): string | boolean {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : text
}

/** A whole or decimal number. */
export function toNumber(text: string): number {
  const trimmed = text.trim()
  if (/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(trimmed)) return Number(trimmed)
  throw new CommandFailure(`invalid literal for int() with base 10: '${text}'`)
}

function unpackPlain(target: ValueTarget, value: Loaded): unknown {
  const { shape, option } = target
  if (shape.kind === 'document') return readJson(option, value)
  if (shape.kind === 'structure' || shape.kind === 'map') {
    if (/^\s*\{/.test(toText(value))) return readJson(option, value)
    throw new ParameterError(option, `Invalid JSON:\n${toText(value)}`)
  }
  if (shape.kind === 'list') return unpackList(target, value)
  return unpackScalar(shape, value)
}

function unpackList({ option, shape }: ValueTarget, value: Loaded): unknown {
  const element = shape.element
  if (value instanceof Uint8Array || typeof value === 'string') {
    if (/^\s*\[/.test(toText(value))) return readJson(option, value)
    return [...toText(value)]
  }
  if (value.length === 1 && /^\s*\[/.test(value[0] ?? '')) return readJson(option, value[0] ?? '')
  if (element === undefined) return value
  return value.map(word => unpackPlain({ option, shape: element }, word))
}

function unpackScalar(shape: Shape, value: Loaded): unknown {
  if (shape.kind === 'number') return toNumber(toText(value))
  if (shape.kind === 'boolean') return toText(value).toLowerCase() !== 'false'
  return Array.isArray(value) ? value[0] : value
}

function readJson(option: string, value: Loaded): unknown {
  const text = toText(value)
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new ParameterError(option, `Invalid JSON: ${error.message}\nJSON received: ${text}`)
  }
}

function toText(value: Loaded): string {
  if (typeof value === 'string') return value
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value.join(' ')
}
