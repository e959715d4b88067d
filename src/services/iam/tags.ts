import type { Tag } from '@aws-sdk/client-iam'
import { constraintErrors, invalidInput, limitExceeded } from './errors.ts'
import { maxTags } from './limits.ts'
import { cutPage, type PageRequest } from './paging.ts'
import { describe } from './validation.ts'

const keyPattern = { test: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u, written: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+' }
const valuePattern = { test: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, written: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' }
/** Characters of a tag. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
const maxKeyLength = 128
const maxValueLength = 256

/** What carries tags. */
export interface Tagged {
  tags: readonly Tag[]
}

/**
 * Refuses tags that AWS would, and gives them as they are kept.
 * @throws AwsError ValidationError, InvalidInput
 */
export function readTags(tags: readonly Tag[] | undefined): readonly Tag[] {
  if (!tags) return []
  const failures = tags.flatMap(tagFailures)
  if (tags.length > maxTags)
    failures.push(describe('tags', tags, `Member must have length less than or equal to ${maxTags}`))
  if (failures.length > 0) throw constraintErrors(failures)
  const keys = new Set(tags.map(({ Key }) => Key?.toLowerCase()))
  if (keys.size < tags.length)
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  if (tags.some(({ Key }) => /^aws:/i.test(Key ?? '')))
    throw invalidInput('Tag keys that begin with aws: are reserved for AWS.')
  return tags.map(({ Key, Value }) => ({ Key, Value }))
}

function tagFailures({ Key, Value }: Tag, index: number): string[] {
  return [
    ...textFailures(`tags.${index + 1}.member.key`, Key, {
      minimum: 1,
      maximum: maxKeyLength,
      pattern: keyPattern,
    }),
    ...textFailures(`tags.${index + 1}.member.value`, Value, {
      minimum: 0,
      maximum: maxValueLength,
      pattern: valuePattern,
    }),
  ]
}

function textFailures(
  member: string,
  value: string | undefined,
  rule: { readonly minimum: number; readonly maximum: number; readonly pattern: typeof keyPattern },
): string[] {
  if (value === undefined) return [describe(member, undefined, 'Member must not be null')]
  if (value.length < rule.minimum)
    return [describe(member, value, `Member must have length greater than or equal to ${rule.minimum}`)]
  if (value.length > rule.maximum)
    return [describe(member, value, `Member must have length less than or equal to ${rule.maximum}`)]
  if (rule.pattern.test.test(value)) return []
  return [describe(member, value, `Member must satisfy regular expression pattern: ${rule.pattern.written}`)]
}

/** Adds tags, or gives new values to those that are there; keys ignore case. */
export function addTags(owner: Tagged, tags: readonly Tag[] | undefined): void {
  const added = readTags(tags)
  const keys = new Set(added.map(({ Key }) => Key?.toLowerCase()))
  const kept = owner.tags.filter(({ Key }) => !keys.has(Key?.toLowerCase()))
  if (kept.length + added.length > maxTags)
    throw limitExceeded('The number of tags has reached the maximum limit.')
  owner.tags = [...kept, ...added]
}

/** Takes tags away; keys that are not there are no error. */
export function removeTags(owner: Tagged, keys: readonly string[] | undefined): void {
  const removed = new Set(keys?.map(key => key.toLowerCase()))
  owner.tags = owner.tags.filter(({ Key }) => !removed.has(Key?.toLowerCase() ?? ''))
}

/** A page of tags as every ListTags operation answers it. */
export function listTags(
  owner: Tagged,
  request: PageRequest,
): { Tags: Tag[]; IsTruncated: boolean; Marker?: string } {
  const { items, ...page } = cutPage(owner.tags, ({ Key }) => Key ?? '', request)
  return { Tags: [...items], ...page }
}

/** The member that answers carry: absent when there are no tags. */
export function tagsMember({ tags }: Tagged): { Tags?: Tag[] } {
  return tags.length === 0 ? {} : { Tags: [...tags] }
}
