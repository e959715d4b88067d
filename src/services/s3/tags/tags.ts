import type { Tag } from '@aws-sdk/client-s3'
import { AwsError } from '../../../core/aws-error.ts'
import { invalidArgument, invalidTag, malformedXml } from '../errors.ts'
import { maxBucketTags, maxObjectTags, maxTagKeyLength, maxTagValueLength } from '../limits.ts'

/** What carries the tags: AWS words its refusals differently for each. */
export type TagOwner = 'object' | 'bucket' | 'new bucket'

/** No tags: shared, because most objects have none. */
export const noTags: readonly Tag[] = []

const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

const systemTagMessages: Record<TagOwner, string> = {
  object: 'Your TagKey cannot be prefixed with aws:',
  bucket: 'System tags cannot be added/updated by requester',
  'new bucket':
    'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
}

/**
 * Refuses tags that AWS would.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
 * @throws AwsError InvalidTag, BadRequest, MalformedXML
 */
export function validateTags(tags: readonly Tag[] | undefined, owner: TagOwner): readonly Tag[] {
  if (tags === undefined) throw malformedXml()
  const keys = new Set<string>()
  for (const { Key, Value } of tags) {
    if (Key === undefined || Value === undefined) throw malformedXml()
    if (keys.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key', { TagKey: Key })
    keys.add(Key)
    validateTag(Key, Value, owner)
  }
  if (owner === 'object')
    limitTags(tags, maxObjectTags, `Object tags cannot be greater than ${maxObjectTags}`)
  else limitTags(tags, maxBucketTags, `Bucket tag count cannot be greater than ${maxBucketTags}`)
  return tags
}

/**
 * Reads the `x-amz-tagging` header: tags as URL query parameters.
 * @throws AwsError InvalidArgument, InvalidTag, BadRequest
 */
export function parseTaggingHeader(header: string | undefined): readonly Tag[] {
  if (header === undefined || header === '') return noTags
  const pairs = header.split('&').filter(pair => pair !== '')
  const tags = pairs.map(pair => readPair(pair, header))
  const isRepeated = new Set(tags.map(tag => tag.Key)).size < tags.length
  const isReadable = tags.every(tag => tagText.test(tag.Key) && tagText.test(tag.Value))
  if (isRepeated || !isReadable) throw unreadableHeader(header)
  return validateTags(tags, 'object')
}

function readPair(pair: string, header: string): { Key: string; Value: string } {
  const [key = '', ...value] = pair.split('=')
  return { Key: decode(key, header), Value: decode(value.join('='), header) }
}

function decode(text: string, header: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause
    throw unreadableHeader(header)
  }
}

function validateTag(key: string, value: string, owner: TagOwner): void {
  if (key.startsWith('aws:')) {
    throw invalidTag(systemTagMessages[owner], owner === 'new bucket' ? {} : { TagKey: key })
  }
  if (key === '' || key.length > maxTagKeyLength || !tagText.test(key)) {
    throw invalidTag('The TagKey you have provided is invalid', { TagKey: key })
  }
  if (value.length > maxTagValueLength || !tagText.test(value)) {
    throw invalidTag('The TagValue you have provided is invalid', { TagKey: key, TagValue: value })
  }
}

function limitTags(tags: readonly Tag[], maxTags: number, message: string): void {
  if (tags.length > maxTags) throw new AwsError('BadRequest', message, { statusCode: 400 })
}

function unreadableHeader(header: string): AwsError {
  const message =
    "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates."
  return invalidArgument(message, 'x-amz-tagging', header)
}
