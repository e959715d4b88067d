import type { RestoreObjectOutput, RestoreObjectRequest, RestoreRequest } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { elementNotImplemented, malformedXml } from '../errors.ts'
import { emitObjectEvent } from '../events.ts'
import type { Answer, OnKey } from '../input.ts'
import { toOrdered } from '../keys/byte-order.ts'
import { midnightAfter } from '../lifecycle/rules.ts'
import { isArchived } from '../objects/attributes.ts'
import { findObjectForChange } from '../objects/versions.ts'
import { nothingToRestore, restoreInProgress, tierNotSupported, tooFewDays } from '../restore/errors.ts'
import { isReadable, retrievalTime } from '../restore/restoration.ts'
import type { S3State } from '../state.ts'

type Input = OnKey<RestoreObjectRequest>

/**
 * Takes a copy of an object out of its archive for some days. It takes as long as on AWS, by the cloud's clock; asked
 * for again while the copy is there, its days begin anew.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html
 */
export const restoreObject: Operation<S3State, Input, Answer<RestoreObjectOutput>> = (
  state,
  input,
  context,
) => {
  const bucket = findBucket(state, input, context)
  const object = findObjectForChange(bucket, input, 'POST')
  const { days, tier } = readRequest(input.RestoreRequest)
  const { storageClass } = object.attributes
  if (!isArchived(object.attributes)) throw nothingToRestore(storageClass)
  const retrieval = retrievalTime(storageClass, tier)
  if (retrieval === undefined) throw tierNotSupported()
  const now = context.clock.now()
  const { restoration } = object
  if (restoration !== undefined && now < restoration.readyAt) throw restoreInProgress()
  if (restoration !== undefined && isReadable(object, now)) {
    object.restoration = { ...restoration, expiresAt: midnightAfter(now, days) }
    return { $status: 200 }
  }
  const readyAt = now + retrieval
  object.restoration = { readyAt, expiresAt: midnightAfter(readyAt, days) }
  bucket.restoring ??= new Set()
  bucket.restoring.add(toOrdered(input.Key))
  const change = { bucket, key: input.Key, version: object, sequence: ++state.changes }
  emitObjectEvent('ObjectRestore:Post', change, context)
  return { $status: 202 }
}

/**
 * What a request asks for; the tier that it does not say is Standard.
 * @throws AwsError MalformedXML, InvalidArgument, NotImplemented for queries of archived objects
 */
function readRequest(request: RestoreRequest | undefined): { readonly days: number; readonly tier: string } {
  if (request === undefined) throw malformedXml()
  const { Days: days, GlacierJobParameters: parameters, Tier, Type } = request
  if (Type !== undefined || request.SelectParameters !== undefined) throw elementNotImplemented('Type')
  if (days === undefined) throw malformedXml()
  if (days < 1) throw tooFewDays(days)
  const tier = parameters?.Tier ?? Tier ?? 'Standard'
  if (!tiers.has(tier)) throw malformedXml()
  return { days, tier }
}

const tiers = new Set<string>(['Expedited', 'Standard', 'Bulk'])
