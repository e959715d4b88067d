import { BucketLocationConstraint } from '@aws-sdk/client-s3'
import { illegalLocationConstraint, invalidLocationConstraint } from '../errors.ts'
import type { Bucket } from '../state.ts'

/** The region that a missing location constraint means. */
export const defaultRegion = 'us-east-1'

const knownConstraints = new Set<string>(Object.values(BucketLocationConstraint))

/**
 * The region of a new bucket, from the region that was called and the constraint in the request.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 * @throws AwsError InvalidLocationConstraint, IllegalLocationConstraintException
 */
export function resolveBucketRegion(calledRegion: string, constraint: string | undefined): string {
  if (calledRegion === defaultRegion) {
    if (constraint === undefined || constraint === '') return defaultRegion
    if (!knownConstraints.has(constraint) || constraint === defaultRegion)
      throw invalidLocationConstraint(constraint)
    return regionOf(constraint)
  }
  if (constraint === undefined || constraint === '') throw illegalLocationConstraint('unspecified')
  if (regionOf(constraint) !== calledRegion) throw illegalLocationConstraint(constraint)
  return calledRegion
}

/** Whether AWS has a region of this name. */
export function isRegion(name: string): boolean {
  return name === defaultRegion || (name !== 'EU' && knownConstraints.has(name))
}

/** What GetBucketLocation answers: nothing for us-east-1, and eu-west-1 by the name that the bucket was created with. */
export function locationConstraintOf({ region, isCalledEu }: Bucket): string | undefined {
  if (region === defaultRegion) return undefined
  return isCalledEu ? 'EU' : region
}

/** `EU` is the old name of eu-west-1. */
function regionOf(constraint: string): string {
  return constraint === 'EU' ? 'eu-west-1' : constraint
}
