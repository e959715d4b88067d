import type { ObjectLockConfiguration, ObjectLockRetention } from '@aws-sdk/client-s3'
import type { OperationContext } from '../../../cloud/operation.ts'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'
import { maxRetentionDays } from '../limits.ts'
import type { Bucket, BucketObjectLock, ObjectLock, Retention, RetentionMode } from '../state.ts'
import { objectLockMissing, retentionInPast } from './errors.ts'

/** The headers by which PutObject, CopyObject and CreateMultipartUpload lock an object. */
export interface LockMembers {
  readonly ObjectLockMode?: string | undefined
  readonly ObjectLockRetainUntilDate?: Date | undefined
  readonly ObjectLockLegalHoldStatus?: string | undefined
}

const modeHeader = 'x-amz-object-lock-mode'
const dateHeader = 'x-amz-object-lock-retain-until-date'

/**
 * The lock that a writer asks for.
 * @throws AwsError InvalidRequest, InvalidArgument
 */
export function readLock(
  bucket: Bucket,
  input: LockMembers,
  { clock }: OperationContext,
): ObjectLock | undefined {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: date, ObjectLockLegalHoldStatus: hold } = input
  if (mode === undefined && date === undefined && hold === undefined) return undefined
  if (bucket.objectLock === undefined) throw objectLockMissing()
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF') {
    const message = "Legal Hold must be either of 'ON' or 'OFF'"
    throw invalidArgument(message, 'x-amz-object-lock-legal-hold', hold)
  }
  const retention = readRetentionHeaders({ mode, date }, clock.now())
  return { ...(retention && { retention }), ...(hold !== undefined && { legalHold: hold }) }
}

function readRetentionHeaders(
  { mode, date }: { readonly mode: string | undefined; readonly date: Date | undefined },
  now: number,
): Retention | undefined {
  if (mode === undefined && date === undefined) return undefined
  if (mode === undefined || date === undefined) {
    const message = `${dateHeader} and ${modeHeader} must both be supplied`
    throw invalidArgument(message, mode === undefined ? modeHeader : dateHeader)
  }
  if (!isMode(mode)) throw invalidArgument('Unknown wormMode directive.', modeHeader, mode)
  if (date.getTime() <= now) throw retentionInPast(dateHeader, date)
  return { mode, until: date.getTime() }
}

/**
 * A write that locks must be safe against being changed on its way.
 * @throws AwsError InvalidRequest
 */
export function requireDigest({ request }: OperationContext): void {
  const hasDigest = Object.keys(request.headers).some(
    name => name === 'content-md5' || name === 'x-amz-trailer' || name.startsWith('x-amz-checksum-'),
  )
  if (hasDigest) return
  throw invalidRequest(
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
  )
}

/**
 * The retention that PutObjectRetention says, or `undefined` for none.
 * @throws AwsError MalformedXML, InvalidArgument
 */
export function readRetention(
  retention: ObjectLockRetention | undefined,
  now: number,
): Retention | undefined {
  if (retention === undefined) throw malformedXml()
  const { Mode: mode, RetainUntilDate: date } = retention
  if (mode === undefined && date === undefined) return undefined
  if (mode === undefined || date === undefined || !isMode(mode)) throw malformedXml()
  if (date.getTime() <= now) throw retentionInPast('RetainUntilDate', date)
  return { mode, until: date.getTime() }
}

/**
 * What a bucket's object lock is to be.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html
 * @throws AwsError MalformedXML, InvalidArgument
 */
export function readConfiguration(configuration: ObjectLockConfiguration | undefined): BucketObjectLock {
  if (configuration?.ObjectLockEnabled !== 'Enabled') throw malformedXml()
  if (configuration.Rule === undefined) return {}
  const { Mode: mode, Days: days, Years: years } = configuration.Rule.DefaultRetention ?? {}
  if (mode === undefined || !isMode(mode) || (days === undefined) === (years === undefined))
    throw malformedXml()
  requirePeriod(days ?? (years ?? 0) * 365)
  return {
    defaultRetention: { mode, ...(days !== undefined && { days }), ...(years !== undefined && { years }) },
  }
}

function requirePeriod(days: number): void {
  if (days <= 0) {
    throw invalidArgument('Default retention period must be a positive integer value.', 'DefaultRetention')
  }
  if (days > maxRetentionDays) {
    const message = `Default retention period is too large: the maximum is ${maxRetentionDays} days (100 years)`
    throw invalidArgument(message, 'DefaultRetention')
  }
}

function isMode(mode: string): mode is RetentionMode {
  return mode === 'GOVERNANCE' || mode === 'COMPLIANCE'
}
