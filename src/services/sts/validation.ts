/** Bounds of a number or of a text's length, both inclusive. */
interface Bounds {
  readonly minimum: number
  readonly maximum: number
}

/** AWS's complaints about a number out of bounds; none when it fits or is absent. */
export function checkNumber(member: string, value: number | undefined, bounds: Bounds): string[] {
  if (value === undefined) return []
  const complain = (constraint: string): string =>
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${constraint}`
  if (value < bounds.minimum) return [complain(`greater than or equal to ${bounds.minimum}`)]
  return value > bounds.maximum ? [complain(`less than or equal to ${bounds.maximum}`)] : []
}

/** AWS's complaints about a required text: absent, too short, too long, or with characters that it may not hold. */
export function checkText(
  member: string,
  value: string | undefined,
  rule: Bounds & { readonly pattern?: RegExp; readonly written?: string },
): string[] {
  if (value === undefined) {
    return [`Value null at '${member}' failed to satisfy constraint: Member must not be null`]
  }
  const complaints: string[] = []
  if (value.length < rule.minimum) complaints.push(`length greater than or equal to ${rule.minimum}`)
  if (value.length > rule.maximum) complaints.push(`length less than or equal to ${rule.maximum}`)
  const wording = complaints.map(
    constraint =>
      `Value '${value}' at '${member}' failed to satisfy constraint: Member must have ${constraint}`,
  )
  if (rule.pattern && !rule.pattern.test(value)) {
    wording.push(
      `Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${rule.written}`,
    )
  }
  return wording
}
