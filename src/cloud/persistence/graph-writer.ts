import { ByteWriter } from './byte-writer.ts'
import type { Change } from './changes.ts'
import { type Container, kindOf } from './containers.ts'
import { maxShapeNames, maxShapes, steps, valueTags } from './format.ts'
import { unwrap } from './unwrap.ts'

/** Told of what no state may hold: an instance of a class, a function. */
export type OnForeign = (value: unknown, holder: Container) => void

/** Where a reader of the same bytes stands. */
export interface WrittenGraph {
  /** By number. */
  readonly containers: readonly Container[]
  /** Names of each shape, by number. */
  readonly shapes: readonly (readonly string[])[]
}

/**
 * Writes containers and their changes as bytes. Each container gets a number when it is first named, and is written,
 * in the order of these numbers, as it is when its turn comes; from then on its changes are written.
 */
export class GraphWriter {
  readonly #writer = new ByteWriter()
  readonly #onForeign: OnForeign
  readonly #numbers = new WeakMap<object, number>()
  readonly #shapes = new Map<string, { readonly number: number; readonly names: readonly string[] }>()
  #nextNumber = 0
  /** Those below have been written. */
  #nextToDefine = 0
  #waiting: Container[] = []
  #waitingStart = 0

  constructor(onForeign: OnForeign) {
    this.#onForeign = onForeign
  }

  /** A writer that goes on where a reader has come to the end. */
  static continuing({ containers, shapes }: WrittenGraph, onForeign: OnForeign): GraphWriter {
    const writer = new GraphWriter(onForeign)
    for (const [number, container] of containers.entries()) writer.#numbers.set(container, number)
    for (const [number, names] of shapes.entries()) writer.#shapes.set(names.join('\0'), { number, names })
    writer.#nextNumber = containers.length
    writer.#nextToDefine = containers.length
    return writer
  }

  /** Whether the container has been written, so that its changes must be written as well. */
  hasWritten(container: object): boolean {
    const number = this.#numbers.get(container)
    return number !== undefined && number < this.#nextToDefine
  }

  /** Bytes that wait to be taken. */
  get length(): number {
    return this.#writer.length
  }

  /** Whether every container that was named has been written. */
  get isComplete(): boolean {
    return this.#nextToDefine === this.#nextNumber
  }

  /** Names the container that holds all others; the first thing to do. */
  begin(root: Container): void {
    this.#name(root)
  }

  /** Writes the changes of those containers that have been written; the others will be, as they are. */
  writeChanges(changes: readonly Change[]): void {
    for (const change of changes) if (this.hasWritten(change.target)) this.#change(change)
  }

  /** Writes containers that were named until `enough` says so; gives whether all are written. */
  writeNamed(enough: () => boolean = () => false): boolean {
    for (let next = this.#waiting[this.#waitingStart]; next !== undefined; ) {
      this.#writer.byte(steps.define)
      this.#nextToDefine++
      this.#waitingStart++
      this.#content(next)
      next = this.#waiting[this.#waitingStart]
      if (next !== undefined && enough()) return false
    }
    this.#waiting = []
    this.#waitingStart = 0
    return true
  }

  /** Says that all states have been written. */
  writeComplete(): void {
    this.#writer.byte(steps.complete)
  }

  take(): Buffer {
    return this.#writer.take()
  }

  #change(change: Change): void {
    const writer = this.#writer
    const { kind, target } = change
    writer.byte(steps[kind])
    writer.whole(this.#numbers.get(target) ?? 0)
    const holder = target as Container
    if (kind === 'set' || kind === 'delete') writer.text(change.key)
    else if (kind === 'put' || kind === 'drop') this.#value(change.key, holder)
    else if (kind === 'splice') {
      writer.whole(change.start)
      writer.whole(change.deleteCount)
    }
    if (kind === 'set' || kind === 'put' || kind === 'add') this.#value(change.value, holder)
    else if (kind === 'splice' || kind === 'rewrite') this.#values(change.items, holder)
  }

  #values(values: readonly unknown[], holder: Container): void {
    this.#writer.whole(values.length)
    for (const value of values) this.#value(value, holder)
  }

  #content(container: Container): void {
    if (container instanceof Map) this.#mapContent(container)
    else if (container instanceof Set) this.#setContent(container)
    else if (Array.isArray(container)) {
      for (let index = 0; index < container.length; index++) unwrapMember(container, index)
      this.#values(container, container)
    } else this.#recordContent(container)
  }

  #mapContent(map: Map<unknown, unknown>): void {
    this.#writer.whole(map.size)
    for (const [key, value] of map) {
      const plain = unwrap(value)
      if (plain !== value) map.set(key, plain)
      this.#value(key, map)
      this.#value(plain, map)
    }
  }

  #setContent(set: Set<unknown>): void {
    const plain = [...set].map(unwrap)
    if (plain.some(value => !set.has(value))) {
      set.clear()
      for (const value of plain) set.add(value)
    }
    this.#values([...set], set)
  }

  #recordContent(record: Record<string, unknown>): void {
    const names = Object.keys(record)
    this.#shape(names)
    for (const name of names) {
      unwrapMember(record, name)
      this.#value(record[name], record)
    }
  }

  /** The number of a shape and two, or one and the names of a new shape, or zero and the names of a record without. */
  #shape(names: readonly string[]): void {
    const writer = this.#writer
    const joined = names.join('\0')
    const known = this.#shapes.get(joined)
    if (known !== undefined && hasNames(known.names, names)) {
      writer.whole(known.number + 2)
      return
    }
    const isNew = known === undefined && names.length <= maxShapeNames && this.#shapes.size < maxShapes
    if (isNew) this.#shapes.set(joined, { number: this.#shapes.size, names })
    writer.whole(isNew ? 1 : 0)
    writer.whole(names.length)
    for (const name of names) writer.text(name)
  }

  #value(value: unknown, holder: Container): void {
    const writer = this.#writer
    if (typeof value === 'string') {
      writer.byte(valueTags.text)
      writer.text(value)
    } else if (typeof value === 'number') this.#number(value)
    else if (value === undefined) writer.byte(valueTags.undefined)
    else if (value === null) writer.byte(valueTags.null)
    else if (typeof value === 'boolean') writer.byte(value ? valueTags.true : valueTags.false)
    else if (typeof value === 'object') this.#object(unwrap(value), holder)
    else if (typeof value === 'bigint') {
      writer.byte(valueTags.bigint)
      writer.text(value.toString())
    } else this.#foreign(value, holder)
  }

  #number(value: number): void {
    const writer = this.#writer
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
      writer.byte(valueTags.double)
      writer.double(value)
      return
    }
    writer.byte(value < 0 ? valueTags.negative : valueTags.whole)
    writer.whole(value < 0 ? -1 - value : value)
  }

  #object(value: object, holder: Container): void {
    const writer = this.#writer
    const number = this.#numbers.get(value)
    if (number !== undefined) {
      writer.byte(valueTags.known)
      writer.whole(number)
    } else if (value instanceof Uint8Array) {
      writer.byte(Buffer.isBuffer(value) ? valueTags.buffer : valueTags.bytes)
      writer.bytes(value)
    } else if (value instanceof Date) {
      writer.byte(valueTags.date)
      writer.double(value.getTime())
    } else this.#freshContainer(value, holder)
  }

  #freshContainer(value: object, holder: Container): void {
    const kind = kindOf(value)
    if (kind === undefined) this.#foreign(value, holder)
    else {
      this.#writer.byte(valueTags.fresh + kind)
      this.#name(value as Container)
    }
  }

  #name(container: Container): void {
    this.#numbers.set(container, this.#nextNumber++)
    this.#waiting.push(container)
  }

  #foreign(value: unknown, holder: Container): void {
    this.#writer.byte(valueTags.undefined)
    this.#onForeign(value, holder)
  }
}

/** Joined names may be the same where a name holds what joins them. */
function hasNames(names: readonly string[], wanted: readonly string[]): boolean {
  return names.length === wanted.length && names.every((name, index) => name === wanted[index])
}

/** A copy like `{ ...view }` holds views: they are replaced where they lie, so that states hold none. */
function unwrapMember(container: Record<string, unknown> | unknown[], name: string | number): void {
  const members = container as Record<string | number, unknown>
  const value = members[name]
  const plain = unwrap(value)
  if (plain !== value) members[name] = plain
}
