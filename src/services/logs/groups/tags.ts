import { invalidParameter, tooManyTags } from '../errors.ts'
import { tags as limits } from '../limits.ts'
import type { LogGroup } from '../state.ts'
import { checkLength, checkPattern, refuse } from '../validation.ts'

const allowed = {
  expression: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
  written: '^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$',
}

/** Checks tags before they are put. @throws AwsError InvalidParameterException */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    refuse(
      checkLength('tags', key, { minimum: 1, maximum: limits.keyLength }),
      checkLength('tags', value, { minimum: 0, maximum: limits.valueLength }),
      checkPattern('tags', key, allowed),
      checkPattern('tags', value, allowed),
    )
    if (key.toLowerCase().startsWith('aws:')) {
      throw invalidParameter('aws: prefixed tag key names are not allowed for external use.')
    }
  }
}

/** Adds tags to a group, or changes them. @throws AwsError InvalidParameterException, TooManyTagsException */
export function putTags(group: LogGroup, tags: Readonly<Record<string, string>>): void {
  checkTags(tags)
  const keys = new Set([...group.tags.keys(), ...Object.keys(tags)])
  if (keys.size > limits.count) throw tooManyTags(group.name)
  for (const [key, value] of Object.entries(tags)) group.tags.set(key, value)
}
