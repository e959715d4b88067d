/** What is known of a request, by condition key in lower case, e.g. `aws:sourceip`; a key may have several values. */
export type ContextKeys = ReadonlyMap<string, readonly string[]>

/** Facts of a request as callers write them; keys in any case, absent ones `undefined`. */
export type ContextFacts = Readonly<Record<string, string | readonly string[] | undefined>>

/** Puts facts in the form that policies are matched against: keys ignore case, as on AWS. */
export function createContextKeys(facts: ContextFacts): ContextKeys {
  const keys = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined) continue
    keys.set(name.toLowerCase(), typeof value === 'string' ? [value] : value)
  }
  return keys
}
