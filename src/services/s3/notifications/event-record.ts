import type { OperationContext } from '../../../cloud/operation.ts'
import { sessionOf } from '../../../cloud/session-credentials.ts'
import { hostIdOf } from '../../../core/ids.ts'
import { s3Arn } from '../buckets/arn.ts'
import { callerAccount } from '../objects/owners.ts'
import { ownerOf } from '../owner.ts'
import type { Bucket, ObjectVersion, StoredObject } from '../state.ts'
import { s3Principal } from './destinations.ts'

/** A change of an object that a target is told of. */
export interface NotifiedChange {
  /** Without `s3:`, e.g. `ObjectCreated:Put`. */
  readonly eventName: string
  readonly bucket: Bucket
  /** As the object is called, not encoded. */
  readonly key: string
  readonly version: ObjectVersion
  /** Hexadecimal digits of fixed length, larger for each later change. */
  readonly sequencer: string
}

/** What AWS gives as the ETag of a delete marker: the MD5 of nothing. */
const emptyETag = 'd41d8cd98f00b204e9800998ecf8427e'

/**
 * What AWS tells of each kind of event besides key and version; recorded on AWS, like the versions.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
const families: readonly {
  readonly of: string
  readonly eventVersion: string
  readonly members: readonly ('size' | 'eTag' | 'sequencer')[]
}[] = [
  { of: 'ObjectCreated:', eventVersion: '2.1', members: ['size', 'eTag', 'sequencer'] },
  { of: 'ObjectRemoved:DeleteMarkerCreated', eventVersion: '2.1', members: ['eTag', 'sequencer'] },
  { of: 'ObjectRemoved:', eventVersion: '2.1', members: ['sequencer'] },
  { of: 'ObjectRestore:', eventVersion: '2.1', members: ['size', 'eTag', 'sequencer'] },
  { of: 'ObjectTagging:', eventVersion: '2.3', members: ['eTag'] },
  { of: 'LifecycleTransition', eventVersion: '2.3', members: ['size', 'eTag', 'sequencer'] },
  { of: 'LifecycleExpiration:DeleteMarkerCreated', eventVersion: '2.3', members: ['eTag', 'sequencer'] },
  { of: 'LifecycleExpiration:', eventVersion: '2.3', members: ['sequencer'] },
]

/** The document that tells a target of one change, without the id of its configuration. */
export function describeChange(change: NotifiedChange, context: OperationContext) {
  const { eventName, bucket, version } = change
  const family = families.find(({ of }) => eventName.startsWith(of))
  if (family === undefined) throw new Error(`no notification is known for ${eventName}`)
  const { id } = context.request
  return {
    eventVersion: family.eventVersion,
    eventSource: 'aws:s3',
    awsRegion: bucket.region,
    eventTime: new Date(context.clock.now()).toISOString(),
    eventName,
    userIdentity: { principalId: actorOf(change, context) },
    requestParameters: {
      sourceIPAddress: isByClock(eventName) ? s3Principal : context.request.sourceIpAddress,
    },
    responseElements: { 'x-amz-request-id': id, 'x-amz-id-2': hostIdOf(id) },
    s3: {
      s3SchemaVersion: '1.0',
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: accountPrincipal(bucket.ownerAccountId) },
        arn: s3Arn(bucket.name),
      },
      object: describeObject(change, family.members),
    },
    ...(eventName === 'LifecycleTransition' &&
      version.kind === 'object' && {
        lifecycleEventData: {
          transitionEventData: { destinationStorageClass: version.attributes.storageClass },
        },
      }),
    ...(eventName === 'ObjectRestore:Completed' && { glacierEventData: describeRestoration(version) }),
  }
}

/** Whether it is the clock's doing, and nobody's who asked for it now. */
function isByClock(eventName: string): boolean {
  return /^(Lifecycle|ObjectRestore:(Completed|Delete))/.test(eventName)
}

function actorOf({ eventName, bucket }: NotifiedChange, context: OperationContext): string {
  if (!isByClock(eventName)) return callerPrincipal(context)
  if (eventName.startsWith('Lifecycle')) return s3Principal
  return `AmazonCustomer:${accountPrincipal(bucket.ownerAccountId)}`
}

function describeRestoration(version: ObjectVersion) {
  const object = version as StoredObject
  return {
    restoreEventData: {
      lifecycleRestorationExpiryTime: new Date(object.restoration?.expiresAt ?? 0).toISOString(),
      lifecycleRestoreStorageClass: object.attributes.storageClass,
    },
  }
}

/** What a target gets: one record, with the id of the configuration that it is for. */
export function writeNotification(
  record: ReturnType<typeof describeChange>,
  configurationId: string,
): string {
  const { s3SchemaVersion, ...rest } = record.s3
  return JSON.stringify({ Records: [{ ...record, s3: { s3SchemaVersion, configurationId, ...rest } }] })
}

/** A key as notifications write it: form-encoded (a blank is `+`), but for `/`. */
export function encodeKey(key: string): string {
  return new URLSearchParams([['', key]]).toString().slice(1).replaceAll('%2F', '/')
}

function describeObject(
  { key, version, sequencer }: NotifiedChange,
  members: (typeof families)[number]['members'],
) {
  const isObject = version.kind === 'object'
  return {
    key: encodeKey(key),
    ...(members.includes('size') && isObject && { size: version.size }),
    ...(members.includes('eTag') && { eTag: isObject ? version.eTag : emptyETag }),
    ...(version.versionId !== 'null' && { versionId: version.versionId }),
    ...(members.includes('sequencer') && { sequencer }),
  }
}

/** Whoever signed the request: a session's user, e.g. `AWS:AROA…:procesar`, or the account itself. */
function callerPrincipal(context: OperationContext): string {
  const session = sessionOf(context)
  return session === undefined ? accountPrincipal(callerAccount(context)) : `AWS:${session.userId}`
}

/** An account as notifications call it: 14 capital letters and digits, e.g. `A3NL1KOZZKEXAM`. */
function accountPrincipal(accountId: string): string {
  const digits = BigInt(`0x${ownerOf(accountId).ID}`)
    .toString(36)
    .toUpperCase()
  return `A${digits.slice(0, 13)}`
}
