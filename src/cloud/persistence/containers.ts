/** What a state is built of; everything else in it is a value, which is never changed in place. */
export type Container = Record<string, unknown> | unknown[] | Map<unknown, unknown> | Set<unknown>

/** How containers are told apart; the numbers are written into the journal. */
export const containerKinds = { record: 0, array: 1, map: 2, set: 3, bareRecord: 4 } as const

export type ContainerKind = (typeof containerKinds)[keyof typeof containerKinds]

/** The kind of a container that is no view; `undefined` for anything else: bytes, dates, instances of classes. */
export function kindOf(value: object): ContainerKind | undefined {
  if (Array.isArray(value)) return containerKinds.array
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === Object.prototype) return containerKinds.record
  if (prototype === Map.prototype) return containerKinds.map
  if (prototype === Set.prototype) return containerKinds.set
  return prototype === null ? containerKinds.bareRecord : undefined
}

/** Makes an empty container. */
export function createContainer(kind: ContainerKind): Container {
  if (kind === containerKinds.record) return {}
  if (kind === containerKinds.array) return []
  if (kind === containerKinds.map) return new Map()
  return kind === containerKinds.set ? new Set() : Object.create(null)
}

/** Every container that can be reached from a root, once, the root first. */
export function* reachable(root: Container): Generator<Container> {
  const seen = new Set<unknown>([root])
  const waiting: Container[] = [root]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next
    for (const child of childrenOf(next)) {
      if (typeof child !== 'object' || child === null || seen.has(child)) continue
      seen.add(child)
      if (kindOf(child) !== undefined) waiting.push(child as Container)
    }
  }
}

function childrenOf(container: Container): Iterable<unknown> {
  if (container instanceof Map || container instanceof Set) return container.values()
  return Array.isArray(container) ? container : Object.values(container)
}
