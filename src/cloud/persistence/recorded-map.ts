import { unwrap, viewed } from './unwrap.ts'
import type { Views } from './views.ts'

/** The view of a map: it holds nothing itself. */
export class RecordedMap<Key, Value> extends Map<Key, Value> {
  readonly #target: Map<Key, Value>
  readonly #views: Views

  constructor(target: Map<Key, Value>, views: Views) {
    super()
    this.#target = target
    this.#views = views
  }

  get [viewed](): Map<Key, Value> {
    return this.#target
  }

  override get size(): number {
    return this.#target.size
  }

  override has(key: Key): boolean {
    return this.#target.has(key)
  }

  override get(key: Key): Value | undefined {
    return this.#views.of(this.#target.get(key))
  }

  override set(key: Key, value: Value): this {
    const target = this.#target
    const plain = unwrap(value)
    if (typeof key === 'object' && key !== null)
      throw new TypeError('keys of maps in a state are plain values')
    if (Object.is(target.get(key), plain) && target.has(key)) return this
    target.set(key, plain)
    if (this.#views.wants(target)) this.#views.record({ kind: 'put', target, key, value: plain })
    return this
  }

  override delete(key: Key): boolean {
    const target = this.#target
    if (!target.delete(key)) return false
    if (this.#views.wants(target)) this.#views.record({ kind: 'drop', target, key })
    return true
  }

  override clear(): void {
    const target = this.#target
    if (target.size === 0) return
    target.clear()
    if (this.#views.wants(target)) this.#views.record({ kind: 'clear', target })
  }

  override forEach(visit: (value: Value, key: Key, map: Map<Key, Value>) => void, self?: unknown): void {
    for (const [key, value] of this.#target) visit.call(self, this.#views.of(value), key, this)
  }

  override keys(): MapIterator<Key> {
    return this.#target.keys()
  }

  override *values(): MapIterator<Value> {
    for (const value of this.#target.values()) yield this.#views.of(value)
  }

  override *entries(): MapIterator<[Key, Value]> {
    for (const [key, value] of this.#target) yield [key, this.#views.of(value)]
  }

  override [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries()
  }
}
