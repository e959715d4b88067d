import type { Container } from './containers.ts'

/** Where a container lies, e.g. `states/s3/000000000000/global/state/buckets/datalake`; for messages of bugs. */
export function pathOf(wanted: unknown, root: Container): string {
  const seen = new Set<unknown>()
  const waiting: { readonly place: unknown; readonly path: readonly string[] }[] = [{ place: root, path: [] }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { place, path } = next
    if (place === wanted) return path.join('/')
    if (typeof place !== 'object' || place === null || seen.has(place)) continue
    seen.add(place)
    for (const [name, child] of membersOf(place)) waiting.push({ place: child, path: [...path, name] })
  }
  return 'what no state holds any more'
}

function membersOf(place: object): (readonly [string, unknown])[] {
  if (ArrayBuffer.isView(place)) return []
  if (place instanceof Map) return [...place].map(([key, value]) => [String(key), value])
  if (place instanceof Set) return [...place].map((value, index) => [String(index), value])
  return Object.entries(place)
}
