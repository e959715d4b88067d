import type {
  LifecycleExpiration,
  LifecycleRule,
  LifecycleRuleFilter,
  NoncurrentVersionExpiration,
  NoncurrentVersionTransition,
  Tag,
  Transition,
} from '@aws-sdk/client-s3'
import type { IdSource } from '../../../core/ids.ts'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'
import { dayMilliseconds, maxLifecycleRules, maxNewerNoncurrentVersions, maxRuleIdLength } from '../limits.ts'
import { filterOf } from './rules.ts'

const transitionClasses = new Set([
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
])
const minimumSizes = new Set(['all_storage_classes_128K', 'varies_by_storage_class'])

/** What S3 takes when a configuration does not say which small objects move. */
export const defaultMinimumObjectSize = 'all_storage_classes_128K'

/**
 * Refuses rules that AWS would, and names those that come without an ID.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 * @throws AwsError MalformedXML, InvalidArgument, InvalidRequest
 */
export function validateRules(rules: readonly LifecycleRule[] | undefined, ids: IdSource): LifecycleRule[] {
  if (rules === undefined || rules.length === 0) throw malformedXml()
  if (rules.length > maxLifecycleRules) {
    throw invalidRequest(
      `The number of lifecycle rules must not exceed the allowed limit of ${maxLifecycleRules} rules`,
    )
  }
  const named = rules.map(rule => ({ ...rule, ID: rule.ID || Buffer.from(ids.uuid()).toString('base64') }))
  for (const rule of named) validateRule(rule)
  if (new Set(named.map(rule => rule.ID)).size < named.length) {
    throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'RuleId')
  }
  return named
}

/**
 * Refuses an unknown choice of which small objects move.
 * @throws AwsError InvalidRequest
 */
export function validateMinimumObjectSize(value: string | undefined): string {
  if (value === undefined) return defaultMinimumObjectSize
  if (!minimumSizes.has(value))
    throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${value}`)
  return value
}

function validateRule(rule: LifecycleRule & { readonly ID: string }): void {
  if (rule.ID.length > maxRuleIdLength) {
    throw invalidArgument(`ID length should not exceed allowed limit of ${maxRuleIdLength}`, 'ID', rule.ID)
  }
  if (rule.Status !== 'Enabled' && rule.Status !== 'Disabled') throw malformedXml()
  validateFilter(rule)
  requireAction(rule)
  validateExpiration(rule.Expiration)
  validateNoncurrentExpiration(rule.NoncurrentVersionExpiration)
  for (const transition of rule.Transitions ?? []) validateTransition(transition)
  for (const transition of rule.NoncurrentVersionTransitions ?? []) validateNoncurrentTransition(transition)
  const abort = rule.AbortIncompleteMultipartUpload
  if (abort)
    requirePositive(abort.DaysAfterInitiation, 'DaysAfterInitiation', 'AbortIncompleteMultipartUpload')
  refuseFilteredActions(rule)
}

function validateFilter({ Filter, Prefix }: LifecycleRule): void {
  if ((Filter === undefined) === (Prefix === undefined)) throw malformedXml()
  if (Filter === undefined) return
  if (countMembers(Filter) > 1) throw malformedXml()
  if (Filter.And !== undefined && countMembers(Filter.And) === 0) throw malformedXml()
  validateFilterTags([...(Filter.Tag ? [Filter.Tag] : []), ...(Filter.And?.Tags ?? [])])
  validateFilterSizes(Filter)
}

function validateFilterTags(tags: readonly Tag[]): void {
  if (tags.some(tag => tag.Key === undefined || tag.Value === undefined)) throw malformedXml()
  if (new Set(tags.map(tag => tag.Key)).size < tags.length) {
    throw invalidRequest('Duplicate Tag Keys are not allowed.')
  }
}

function validateFilterSizes(filter: LifecycleRuleFilter): void {
  const above = filter.ObjectSizeGreaterThan ?? filter.And?.ObjectSizeGreaterThan
  const below = filter.ObjectSizeLessThan ?? filter.And?.ObjectSizeLessThan
  if (above !== undefined && below !== undefined && below <= above) {
    throw invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.")
  }
}

function requireAction(rule: LifecycleRule): void {
  const hasAction =
    rule.Expiration !== undefined ||
    rule.NoncurrentVersionExpiration !== undefined ||
    rule.AbortIncompleteMultipartUpload !== undefined ||
    (rule.Transitions?.length ?? 0) > 0 ||
    (rule.NoncurrentVersionTransitions?.length ?? 0) > 0
  if (!hasAction) throw invalidRequest('At least one action needs to be specified in a rule')
}

function validateExpiration(expiration: LifecycleExpiration | undefined): void {
  if (expiration === undefined) return
  if (countMembers(expiration) !== 1) throw malformedXml()
  if (expiration.Days !== undefined) requirePositive(expiration.Days, 'Days', 'Expiration')
  if (expiration.Date !== undefined) requireMidnight(expiration.Date)
}

function validateNoncurrentExpiration(expiration: NoncurrentVersionExpiration | undefined): void {
  if (expiration === undefined) return
  const { NoncurrentDays, NewerNoncurrentVersions } = expiration
  requirePositive(NoncurrentDays, 'NoncurrentDays', 'NoncurrentVersionExpiration')
  if (NewerNoncurrentVersions === undefined) return
  requirePositive(NewerNoncurrentVersions, 'NewerNoncurrentVersions', 'NoncurrentVersionExpiration')
  if (NewerNoncurrentVersions > maxNewerNoncurrentVersions) {
    const message = `'NewerNoncurrentVersions' must not exceed ${maxNewerNoncurrentVersions}`
    throw invalidArgument(message, 'NewerNoncurrentVersions', NewerNoncurrentVersions)
  }
}

function validateTransition({ Days, Date: date, StorageClass }: Transition): void {
  if (StorageClass === undefined || !transitionClasses.has(StorageClass)) throw malformedXml()
  if ((Days === undefined) === (date === undefined)) throw malformedXml()
  if (date !== undefined) requireMidnight(date)
  if (Days !== undefined) requireTransitionDays(Days, { name: 'Days', action: 'Transition', StorageClass })
}

function validateNoncurrentTransition({ NoncurrentDays, StorageClass }: NoncurrentVersionTransition): void {
  if (StorageClass === undefined || !transitionClasses.has(StorageClass)) throw malformedXml()
  if (NoncurrentDays === undefined) throw malformedXml()
  requireTransitionDays(NoncurrentDays, {
    name: 'NoncurrentDays',
    action: 'NoncurrentVersionTransition',
    StorageClass,
  })
}

/** The infrequent-access classes take only objects that are a month old. */
function requireTransitionDays(
  days: number,
  place: { name: string; action: string; StorageClass: string },
): void {
  const { name, action, StorageClass } = place
  if (!Number.isInteger(days) || days < 0) {
    throw invalidArgument(`'${name}' in ${action} action must be nonnegative`, name, days)
  }
  const minDays = StorageClass === 'STANDARD_IA' || StorageClass === 'ONEZONE_IA' ? 30 : 0
  if (days < minDays) {
    const message = `'${name}' in ${action} action must be greater than or equal to ${minDays} for storageClass '${StorageClass}'`
    throw invalidArgument(message, name, days)
  }
}

/** What has neither size nor tags cannot be filtered by them. */
function refuseFilteredActions(rule: LifecycleRule): void {
  const { wantedTags, above, below } = filterOf(rule)
  const isSized = above !== undefined || below !== undefined
  if (rule.AbortIncompleteMultipartUpload !== undefined) {
    if (wantedTags.length > 0)
      throw invalidRequest('AbortIncompleteMultipartUpload cannot be specified with Tags.')
    if (isSized) throw invalidRequest('AbortIncompleteMultipartUpload cannot be specified with Object Size.')
  }
  if (rule.Expiration?.ExpiredObjectDeleteMarker === true) {
    if (wantedTags.length > 0)
      throw invalidRequest('ExpiredObjectDeleteMarker cannot be specified with Tags.')
    if (isSized) throw invalidRequest('ExpiredObjectDeleteMarker cannot be specified with Object Size.')
  }
}

function requirePositive(value: number | undefined, name: string, action: string): void {
  if (value === undefined) throw malformedXml()
  if (!Number.isInteger(value) || value < 1) {
    throw invalidArgument(`'${name}' for ${action} action must be a positive integer`, name, value)
  }
}

function requireMidnight(date: Date): void {
  if (date.getTime() % dayMilliseconds === 0) return
  throw invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString())
}

function countMembers(record: object): number {
  return Object.values(record).filter(value => value !== undefined).length
}
