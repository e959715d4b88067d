import { kindOf } from './containers.ts'
import { unwrap, viewed } from './unwrap.ts'
import type { Views } from './views.ts'

/** The view of a set: it holds nothing itself. */
export class RecordedSet<Value> extends Set<Value> {
  readonly #target: Set<Value>
  readonly #views: Views

  constructor(target: Set<Value>, views: Views) {
    super()
    this.#target = target
    this.#views = views
  }

  get [viewed](): Set<Value> {
    return this.#target
  }

  override get size(): number {
    return this.#target.size
  }

  override has(value: Value): boolean {
    return this.#target.has(unwrap(value))
  }

  override add(value: Value): this {
    const target = this.#target
    const plain = unwrap(value)
    if (target.has(plain)) return this
    target.add(plain)
    if (this.#views.wants(target)) this.#views.record({ kind: 'add', target, value: plain })
    return this
  }

  override delete(value: Value): boolean {
    const target = this.#target
    const plain = unwrap(value)
    if (!target.delete(plain)) return false
    if (!this.#views.wants(target)) return true
    if (typeof plain === 'object' && plain !== null && kindOf(plain) === undefined) this.#recordWhole()
    else this.#views.record({ kind: 'drop', target, key: plain })
    return true
  }

  /** Dates and bytes have no number by which the journal could name the one that is gone. */
  #recordWhole(): void {
    const target = this.#target
    this.#views.record({ kind: 'clear', target })
    for (const value of target) this.#views.record({ kind: 'add', target, value })
  }

  override clear(): void {
    const target = this.#target
    if (target.size === 0) return
    target.clear()
    if (this.#views.wants(target)) this.#views.record({ kind: 'clear', target })
  }

  override forEach(visit: (value: Value, key: Value, set: Set<Value>) => void, self?: unknown): void {
    for (const value of this.values()) visit.call(self, value, value, this)
  }

  override *values(): SetIterator<Value> {
    for (const value of this.#target) yield this.#views.of(value)
  }

  override keys(): SetIterator<Value> {
    return this.values()
  }

  override *entries(): SetIterator<[Value, Value]> {
    for (const value of this.values()) yield [value, value]
  }

  override [Symbol.iterator](): SetIterator<Value> {
    return this.values()
  }
}
