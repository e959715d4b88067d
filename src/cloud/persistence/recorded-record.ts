import { unwrap, viewed } from './unwrap.ts'
import type { Views } from './views.ts'

type Fields = Record<string, unknown>

/** What a record's view does. */
export function createRecordHandler(views: Views): ProxyHandler<Fields> {
  return {
    get: (target, key) => {
      if (key === viewed) return target
      const value = target[key as string]
      return typeof value === 'object' && value !== null ? views.of(value) : value
    },
    ...createChangeTraps(views),
  }
}

/** The traps by which a record's members and an array's elements are changed. */
export function createChangeTraps(
  views: Views,
): Required<Pick<ProxyHandler<Fields>, 'set' | 'deleteProperty' | 'defineProperty'>> {
  const put = (target: Fields, key: string | symbol, value: unknown): boolean => {
    if (typeof key === 'symbol') throw new TypeError(`a state has no member ${String(key)}`)
    const plain = unwrap(value)
    if (Object.is(target[key], plain) && Object.hasOwn(target, key)) return true
    target[key] = plain
    if (views.wants(target)) views.record({ kind: 'set', target, key, value: plain })
    return true
  }
  return {
    set: put,
    deleteProperty: (target, key) => {
      if (!Object.hasOwn(target, key)) return true
      delete target[key as string]
      if (views.wants(target)) views.record({ kind: 'delete', target, key: key as string })
      return true
    },
    defineProperty: (target, key, { value, get, enumerable, writable, configurable }) => {
      if (get || !(enumerable && writable && configurable))
        throw new TypeError(`member ${String(key)} of a state must be a plain one`)
      return put(target, key, value)
    },
  }
}
