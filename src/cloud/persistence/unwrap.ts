/** Under this name each view gives what it is a view of. */
export const viewed = Symbol('viewed')

/** What a view is a view of; anything else as it is. Does not look into it. */
export function unwrap<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  return ((value as { readonly [viewed]?: Value })[viewed] ?? value) as Value
}
