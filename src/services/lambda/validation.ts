import { validationException } from './errors.ts'

/** What a text may be; bounds are inclusive, in characters. */
export interface TextRule {
  readonly minimum?: number
  readonly maximum?: number
  /** Matches whole values. */
  readonly pattern?: RegExp
  /** The pattern as AWS writes it. */
  readonly written?: string
}

/** Throws when any constraint of the model does not hold. */
export function refuseFailures(failures: readonly string[]): void {
  if (failures.length > 0) throw validationException(failures)
}

/** AWS's complaint about one value. */
export function complaint(member: string, value: unknown, constraint: string): string {
  return `Value '${String(value)}' at '${member}' failed to satisfy constraint: ${constraint}`
}

/** AWS's complaint about a value that is missing. */
export function missing(member: string): string {
  return `Value null at '${member}' failed to satisfy constraint: Member must not be null`
}

/** Complaints about a text; none when it fits or is absent. */
export function checkText(member: string, value: string | undefined, rule: TextRule): string[] {
  if (value === undefined) return []
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY, pattern, written } = rule
  const failures: string[] = []
  if (value.length < minimum)
    failures.push(complaint(member, value, `Member must have length greater than or equal to ${minimum}`))
  if (value.length > maximum)
    failures.push(complaint(member, value, `Member must have length less than or equal to ${maximum}`))
  if (pattern && !pattern.test(value))
    failures.push(
      complaint(
        member,
        value,
        `Member must satisfy regular expression pattern: ${written ?? pattern.source}`,
      ),
    )
  return failures
}

/** Complaints about a number out of bounds, both inclusive; none when it fits or is absent. */
export function checkNumber(
  member: string,
  value: number | undefined,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): string[] {
  if (value === undefined) return []
  if (value < minimum)
    return [complaint(member, value, `Member must have value greater than or equal to ${minimum}`)]
  return value > maximum
    ? [complaint(member, value, `Member must have value less than or equal to ${maximum}`)]
    : []
}

/** Complaints about a value that is none of those that there are; none when it fits or is absent. */
export function checkChoice(member: string, value: string | undefined, choices: readonly string[]): string[] {
  if (value === undefined || choices.includes(value)) return []
  return [complaint(member, value, `Member must satisfy enum value set: [${choices.join(', ')}]`)]
}
