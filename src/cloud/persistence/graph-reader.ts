import { ByteReader } from './byte-reader.ts'
import { type Container, type ContainerKind, createContainer } from './containers.ts'
import { steps, valueTags } from './format.ts'
import type { WrittenGraph } from './graph-writer.ts'

/** Reads what a `GraphWriter` wrote, piece by piece. */
export class GraphReader implements WrittenGraph {
  readonly containers: Container[] = []
  readonly shapes: string[][] = []
  #nextToDefine = 0
  #reader = new ByteReader(Buffer.alloc(0))
  /** Whether all states have been read: what follows are changes. */
  isComplete = false

  /** The container that holds all others. */
  readonly root: Record<string, unknown> = {}

  constructor() {
    this.containers.push(this.root)
  }

  /** Takes in one piece, as `GraphWriter.take` gave it. */
  read(piece: Buffer): void {
    this.#reader = new ByteReader(piece)
    while (!this.#reader.isAtEnd) this.#step(this.#reader.byte())
  }

  #step(step: number): void {
    if (step === steps.define) this.#define(this.#at(this.#nextToDefine++))
    else if (step === steps.complete) this.isComplete = true
    else this.#change(step, this.#at(this.#reader.whole()))
  }

  #change(step: number, target: Container): void {
    if (target instanceof Map) this.#changeMap(step, target)
    else if (target instanceof Set) this.#changeSet(step, target)
    else if (Array.isArray(target) && (step === steps.splice || step === steps.rewrite))
      this.#changeArray(step, target)
    else this.#changeMember(step, target as Record<string, unknown>)
  }

  #changeMap(step: number, target: Map<unknown, unknown>): void {
    if (step === steps.clear) target.clear()
    else if (step === steps.put) target.set(this.#value(), this.#value())
    else if (step === steps.drop) target.delete(this.#value())
    else throw unknownStep(step)
  }

  #changeSet(step: number, target: Set<unknown>): void {
    if (step === steps.clear) target.clear()
    else if (step === steps.add) target.add(this.#value())
    else if (step === steps.drop) target.delete(this.#value())
    else throw unknownStep(step)
  }

  #changeArray(step: number, target: unknown[]): void {
    const start = step === steps.splice ? this.#reader.whole() : 0
    const deleteCount = step === steps.splice ? this.#reader.whole() : target.length
    const items = this.#values()
    if (step === steps.rewrite) target.length = 0
    // Not by spreading where it can be helped: an array may have more elements than a call takes.
    if (start === target.length) for (const item of items) target.push(item)
    else target.splice(start, deleteCount, ...items)
  }

  #changeMember(step: number, target: Record<string, unknown>): void {
    const name = this.#reader.text()
    if (step === steps.delete) delete target[name]
    else if (step === steps.set) setMember(target, name, this.#value())
    else throw unknownStep(step)
  }

  #define(container: Container): void {
    if (container instanceof Map) {
      for (let left = this.#reader.whole(); left > 0; left--) container.set(this.#value(), this.#value())
    } else if (container instanceof Set) {
      for (let left = this.#reader.whole(); left > 0; left--) container.add(this.#value())
    } else if (Array.isArray(container)) {
      for (let left = this.#reader.whole(); left > 0; left--) container.push(this.#value())
    } else {
      for (const name of this.#names()) setMember(container, name, this.#value())
    }
  }

  #names(): readonly string[] {
    const form = this.#reader.whole()
    if (form > 1) return this.#shapeAt(form - 2)
    const names: string[] = []
    for (let left = this.#reader.whole(); left > 0; left--) names.push(this.#reader.text())
    if (form === 1) this.shapes.push(names)
    return names
  }

  #shapeAt(number: number): readonly string[] {
    const names = this.shapes[number]
    if (names === undefined) throw new RangeError(`the data folder names shape ${number}, which is not there`)
    return names
  }

  #values(): unknown[] {
    const values: unknown[] = []
    for (let left = this.#reader.whole(); left > 0; left--) values.push(this.#value())
    return values
  }

  #value(): unknown {
    const reader = this.#reader
    const tag = reader.byte()
    switch (tag) {
      case valueTags.text:
        return reader.text()
      case valueTags.whole:
        return reader.whole()
      case valueTags.known:
        return this.#at(reader.whole())
      case valueTags.undefined:
        return undefined
      case valueTags.null:
        return null
      case valueTags.false:
        return false
      case valueTags.true:
        return true
      case valueTags.negative:
        return -1 - reader.whole()
      case valueTags.double:
        return reader.double()
      case valueTags.buffer:
        return reader.bytes()
      case valueTags.bytes:
        return new Uint8Array(reader.bytes())
      case valueTags.date:
        return new Date(reader.double())
      case valueTags.bigint:
        return BigInt(reader.text())
      default:
        return this.#fresh(tag - valueTags.fresh)
    }
  }

  #fresh(kind: number): Container {
    if (kind < 0 || kind > 4) throw new RangeError(`a value of the data folder has the unknown tag ${kind}`)
    const container = createContainer(kind as ContainerKind)
    this.containers.push(container)
    return container
  }

  #at(number: number): Container {
    const container = this.containers[number]
    if (container === undefined)
      throw new RangeError(`the data folder names container ${number}, which is not there`)
    return container
  }
}

/** The name `__proto__` stands for a member here, as any other. */
function setMember(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true })
  else target[name] = value
}

function unknownStep(step: number): RangeError {
  return new RangeError(`a record of the data folder has the unknown step ${step}`)
}
