import { invalidParameter } from '../errors.ts'
import { maxTags } from '../limits.ts'
import { refuseFailures } from '../validation.ts'

type Tags = Readonly<Record<string, string>> | undefined

/**
 * Refuses tags that no function may have.
 * @throws AwsError ValidationException, InvalidParameterValueException
 */
export function checkTags(tags: Tags): void {
  const entries = Object.entries(tags ?? {})
  const isMalformed = entries.some(([key, value]) => key.length < 1 || key.length > 128 || value.length > 256)
  if (isMalformed) {
    const written = entries.map(([key, value]) => `${key}=${value}`).join(', ')
    refuseFailures([
      `Value '{${written}}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]`,
    ])
  }
  refuseTooMany(entries.length)
}

/**
 * Refuses more tags than a function may have.
 * @throws AwsError InvalidParameterValueException
 */
export function refuseTooMany(count: number): void {
  if (count > maxTags) throw invalidParameter('Number of tags exceeds resource tag limit.')
}

/** Tags as they are kept: in the order in which they were given. */
export function readTags(tags: Tags): ReadonlyMap<string, string> {
  return new Map(Object.entries(tags ?? {}))
}
