import { constraintsFailed, nameTooLong, wrongType } from './errors.ts'
import { nameLength } from './limits.ts'

/** Bounds of a number or of a length, both inclusive. */
interface Bounds {
  readonly minimum: number
  readonly maximum: number
}

const groupName = { expression: /^[.\-_/#A-Za-z0-9]+$/, written: '[\\.\\-_/#A-Za-z0-9]+' }
const streamName = { expression: /^[^:*]*$/, written: '[^:*]*' }
const groupIdentifier = { expression: /^[\w#+=/:,.@-]*$/, written: '[\\w#+=/:,.@-]*' }
const resourceArn = { expression: /^[\w+=/:,.@-]*$/, written: '[\\w+=/:,.@-]*' }

/** @throws AwsError InvalidParameterException with all of the complaints, where there are any */
export function refuse(...complaints: readonly (readonly string[])[]): void {
  const all = complaints.flat()
  if (all.length > 0) throw constraintsFailed(all)
}

/** AWS's complaints about a member that may not be absent. */
export function checkPresent(member: string, value: unknown): string[] {
  return value === undefined || value === null
    ? [`Value null at '${member}' failed to satisfy constraint: Member must not be null`]
    : []
}

/** AWS's complaints about an integer out of bounds; none when it fits or is absent. @throws AwsError SerializationException */
export function checkNumber(member: string, value: number | undefined, bounds: Bounds): string[] {
  if (value === undefined) return []
  if (!Number.isSafeInteger(value)) throw wrongType()
  if (value < bounds.minimum) {
    return [complain(member, value, `Member must have value greater than or equal to ${bounds.minimum}`)]
  }
  return value > bounds.maximum
    ? [complain(member, value, `Member must have value less than or equal to ${bounds.maximum}`)]
    : []
}

/** AWS's complaints about a text or list that is too short or too long; none when it fits or is absent. */
export function checkLength(
  member: string,
  value: string | readonly unknown[] | undefined,
  bounds: Bounds,
): string[] {
  if (value === undefined) return []
  const shown = typeof value === 'string' ? value : `[${value.map(String).join(', ')}]`
  if (value.length < bounds.minimum) {
    return [complain(member, shown, `Member must have length greater than or equal to ${bounds.minimum}`)]
  }
  return value.length > bounds.maximum
    ? [complain(member, shown, `Member must have length less than or equal to ${bounds.maximum}`)]
    : []
}

/** AWS's complaints about a text that is none of those it may be; none when absent. */
export function checkChoice(member: string, value: string | undefined, choices: readonly string[]): string[] {
  return value === undefined || choices.includes(value)
    ? []
    : [complain(member, value, `Member must satisfy enum value set: [${choices.join(', ')}]`)]
}

/** AWS's complaints about a group's name (or the beginning of one); none when absent. */
export function checkGroupName(value: string | undefined, member = 'logGroupName'): string[] {
  return checkName(member, value, groupName)
}

/** AWS's complaints about a stream's name (or the beginning of one); none when absent. */
export function checkStreamName(value: string | undefined, member = 'logStreamName'): string[] {
  return checkName(member, value, streamName)
}

/** AWS's complaints about a filter's name (or the beginning of one); none when absent. */
export function checkFilterName(member: string, value: string | undefined): string[] {
  return [...checkLength(member, value, nameLength), ...checkPattern(member, value, streamName)]
}

/** AWS's complaints about a group's name or ARN; an ARN that ends with `:*` is not one. */
export function checkGroupIdentifier(value: string | undefined, member = 'logGroupIdentifier'): string[] {
  return [
    ...checkLength(member, value, { minimum: 1, maximum: 2048 }),
    ...checkPattern(member, value, groupIdentifier),
  ]
}

/** AWS's complaints about the ARN of something that can have tags. */
export function checkResourceArn(value: string | undefined): string[] {
  return [
    ...checkPresent('resourceArn', value),
    ...checkLength('resourceArn', value, { minimum: 1, maximum: 1011 }),
    ...checkPattern('resourceArn', value, resourceArn),
  ]
}

/** AWS's complaints about a text with other characters than it may have. */
export function checkPattern(
  member: string,
  value: string | undefined,
  pattern: { readonly expression: RegExp; readonly written: string },
): string[] {
  return value === undefined || pattern.expression.test(value)
    ? []
    : [complain(member, value, `Member must satisfy regular expression pattern: ${pattern.written}`)]
}

function checkName(member: string, value: string | undefined, pattern: typeof groupName): string[] {
  if (value !== undefined && value.length > nameLength.maximum) throw nameTooLong()
  return [...checkLength(member, value, nameLength), ...checkPattern(member, value, pattern)]
}

function complain(member: string, value: string | number, constraint: string): string {
  return `Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`
}
