import { isRecord } from '../values/record.ts'

/** Sets the value at a dotted path, e.g. `StreamDescription.Shards`, making records on the way. */
export function setAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let at = target
  for (const name of names) {
    const existing = at[name]
    const next = isRecord(existing) ? existing : {}
    at[name] = next
    at = next
  }
  at[last] = value
}

/** Adds the members of one record to another, records within them member by member. */
export function mergeInto(target: Record<string, unknown>, source: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(source)) {
    const existing = target[name]
    if (isRecord(value) && isRecord(existing)) mergeInto(existing, value)
    else target[name] = value
  }
}
