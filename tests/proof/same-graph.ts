/**
 * The first place where two graphs differ: in values, order of names, keys and members, kinds of containers, bytes, or in
 * what is shared; `undefined` where they are the same.
 */
export function differenceOf(left: unknown, right: unknown): string | undefined {
  const partners = new Map<object, object>()
  const waiting: { left: unknown; right: unknown; path: string }[] = [{ left, right, path: '' }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path } = next
    if (!isContainer(next.left) || !isContainer(next.right)) {
      if (!isSameValue(next.left, next.right)) return `${path}: ${show(next.left)} ≠ ${show(next.right)}`
      continue
    }
    const partner = partners.get(next.left)
    if (partner !== undefined) {
      if (partner !== next.right) return `${path}: shared on one side only`
      continue
    }
    partners.set(next.left, next.right)
    const [own, others] = [membersOf(next.left), membersOf(next.right)]
    const [names, otherNames] = [own, others].map(members =>
      JSON.stringify(members.map(([name]) => String(name))),
    )
    if (Object.getPrototypeOf(next.left) !== Object.getPrototypeOf(next.right)) return `${path}: kind`
    if (names !== otherNames) return `${path}: ${names} ≠ ${otherNames}`
    for (const [index, [name, value]] of own.entries())
      waiting.push({ left: value, right: others[index]?.[1], path: `${path}/${String(name)}` })
  }
  return undefined
}

function isContainer(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !(value instanceof Date)
  )
}

function isSameValue(left: unknown, right: unknown): boolean {
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return Buffer.isBuffer(left) === Buffer.isBuffer(right) && Buffer.compare(left, right) === 0
  if (left instanceof Date && right instanceof Date) return Object.is(left.getTime(), right.getTime())
  return Object.is(left, right)
}

function membersOf(container: object): (readonly [unknown, unknown])[] {
  if (container instanceof Map) return [...container]
  if (container instanceof Set) return [...container].map((value, index) => [index, value])
  return Object.entries(container)
}

function show(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
  return text.slice(0, 200)
}
