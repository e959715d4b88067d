import { createChangeTraps } from './recorded-record.ts'
import { unwrap, viewed } from './unwrap.ts'
import type { Views } from './views.ts'

// biome-ignore lint/suspicious/noExplicitAny: methods of arrays have different parameters
type Method = (this: unknown[], ...parameters: any[]) => unknown

type ChangeTraps = Required<Pick<ProxyHandler<unknown[]>, 'set' | 'deleteProperty' | 'defineProperty'>>

/** What an array's view does. A method that moves elements is one change, not one for each element. */
export function createArrayHandler(views: Views): ProxyHandler<unknown[]> {
  const methods = new Map<string | symbol, Method>(
    Object.entries({ ...changingMethods(views), ...searchingMethods(views), ...readingMethods(views) }),
  )
  methods.set(Symbol.iterator, values(views)).set('values', values(views))
  const traps = createChangeTraps(views) as unknown as ChangeTraps
  return {
    get: (target, key) => {
      const value = target[key as unknown as number] as unknown
      if (typeof value === 'object' && value !== null) return views.of(value)
      if (typeof value === 'function') return methods.get(key) ?? value
      return key === viewed ? target : value
    },
    ...traps,
    set: (target, key, value, receiver) => {
      if (key !== 'length') return traps.set(target, key, value, receiver)
      target.length = value
      if (views.wants(target)) views.record({ kind: 'rewrite', target, items: [...target] })
      return true
    },
  }
}

function changingMethods(views: Views): Record<string, Method> {
  const splice = (target: unknown[], start: number, deleteCount: number, items: readonly unknown[]) => {
    const plain = items.map(unwrap)
    const removed = target.splice(start, deleteCount, ...plain)
    if ((deleteCount > 0 || plain.length > 0) && views.wants(target))
      views.record({ kind: 'splice', target, start, deleteCount, items: plain })
    return removed.map(views.of)
  }
  const rewrite = (view: unknown[], change: (target: unknown[]) => void): unknown[] => {
    const target = unwrap(view)
    change(target)
    if (views.wants(target)) views.record({ kind: 'rewrite', target, items: [...target] })
    return view
  }
  return {
    push(...items) {
      const target = unwrap(this)
      splice(target, target.length, 0, items)
      return target.length
    },
    pop() {
      const target = unwrap(this)
      return target.length === 0 ? undefined : splice(target, target.length - 1, 1, [])[0]
    },
    shift() {
      const target = unwrap(this)
      return target.length === 0 ? undefined : splice(target, 0, 1, [])[0]
    },
    unshift(...items) {
      const target = unwrap(this)
      splice(target, 0, 0, items)
      return target.length
    },
    splice(...parameters) {
      const target = unwrap(this)
      const [first = 0, count, ...items] = parameters as [number?, number?, ...unknown[]]
      const whole = Math.trunc(first) || 0
      const start = whole < 0 ? Math.max(0, target.length + whole) : Math.min(whole, target.length)
      const rest = target.length - start
      const wanted =
        parameters.length === 0 ? 0 : parameters.length === 1 ? rest : Math.trunc(count ?? 0) || 0
      return splice(target, start, Math.min(Math.max(0, wanted), rest), items)
    },
    sort(compare?: (a: unknown, b: unknown) => number) {
      const ofViews = compare && ((a: unknown, b: unknown) => compare(views.of(a), views.of(b)))
      return rewrite(this, target => target.sort(ofViews))
    },
    reverse() {
      return rewrite(this, target => target.reverse())
    },
    fill(value: unknown, start?: number, end?: number) {
      return rewrite(this, target => target.fill(unwrap(value), start, end))
    },
    copyWithin(to: number, start: number, end?: number) {
      return rewrite(this, target => target.copyWithin(to, start, end))
    },
  }
}

/** Methods that look for an element itself; what was put in as a view may still lie there as one. */
function searchingMethods(views: Views): Record<string, Method> {
  const plain = (view: unknown[], element: unknown): [unknown[], unknown] => [
    unwrap(view).map(unwrap),
    unwrap(views.of(element)),
  ]
  return {
    includes(element: unknown, from?: number) {
      const [elements, wanted] = plain(this, element)
      return elements.includes(wanted, from)
    },
    indexOf(element: unknown, from?: number) {
      const [elements, wanted] = plain(this, element)
      return elements.indexOf(wanted, from)
    },
    lastIndexOf(element: unknown) {
      const [elements, wanted] = plain(this, element)
      return elements.lastIndexOf(wanted)
    },
  }
}

const readers = [
  'map',
  'filter',
  'flatMap',
  'forEach',
  'some',
  'every',
  'find',
  'findIndex',
  'findLast',
  'findLastIndex',
  'reduce',
  'join',
] as const

/** Methods that go over all elements: over a copy, as each step through the view itself would cost several traps. */
function readingMethods(views: Views): Record<string, Method> {
  return Object.fromEntries(
    readers.map(name => {
      const method = Array.prototype[name] as Method
      const reader: Method = function (...parameters) {
        return method.apply(unwrap(this).map(views.of), parameters)
      }
      return [name, reader]
    }),
  )
}

function values(views: Views): Method {
  return function* () {
    const target = unwrap(this)
    for (let index = 0; index < target.length; index++) yield views.of(target[index])
  }
}
