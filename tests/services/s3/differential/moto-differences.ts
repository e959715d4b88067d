import { isDeepStrictEqual } from 'node:util'
import type { Outcome, Step } from './both-clouds.ts'

/** What moto is known to do otherwise than AWS, with what AWS's documentation says. */
interface KnownDifference {
  readonly operation: RegExp
  readonly reason: string
  /** Whether a difference is this one. */
  readonly is: (difference: {
    readonly input: Step['input']
    readonly ours: Outcome
    readonly theirs: Outcome
  }) => boolean
}

const isNewBuckets = (theirs: Outcome): boolean => theirs.status === 404

export const motoDifferences: readonly KnownDifference[] = [
  { operation: /./, reason: 'moto breaks down', is: ({ theirs }) => theirs.status === 500 },
  {
    operation: /^HeadObject$/,
    reason: 'a date of If-Modified-Since that is yet to come is ignored (RFC 2616, 14.25)',
    is: ({ input, ours, theirs }) =>
      Number(input.IfModifiedSince) > Date.now() && ours.status === 200 && theirs.status === 304,
  },
  {
    operation: /^ListObjects$/,
    reason: 'the Marker that was asked for is repeated, if nothing follows it too',
    is: ({ input, ours, theirs }) =>
      input.Marker !== undefined && isDeepStrictEqual(without(ours, 'Marker'), without(theirs, 'Marker')),
  },
  {
    operation: /^ListObjects$/,
    reason: 'moto lists groups that are before the marker, and its next marker is no key',
    is: ({ input }) => input.Delimiter !== undefined && (input.Marker ?? input.MaxKeys) !== undefined,
  },
  {
    operation: /^DeleteObjects$/,
    reason: 'what got a delete marker is said to have one',
    is: ({ ours, theirs }) => {
      const plain = deletedKeys(ours)
      return plain.length > 0 && isDeepStrictEqual(plain, deletedKeys(theirs))
    },
  },
  {
    operation: /^DeleteObjects$/,
    reason: 'Quiet leaves out what was deleted',
    is: ({ input }) => (input.Delete as { Quiet?: boolean }).Quiet === true,
  },
  {
    operation: /^GetObject$/,
    reason: 'response-* parameters replace the headers that the object has',
    is: ({ input }) => input.ResponseContentType !== undefined || input.ResponseCacheControl !== undefined,
  },
  {
    operation: /^GetObjectAttributes$/,
    reason: 'the root of moto’s answer is not the one that the SDK reads',
    is: ({ theirs }) => theirs.code === 'TypeError',
  },
  {
    operation: /^CopyObject$/,
    reason: 'a delete marker cannot be copied by its version',
    is: ({ ours, theirs }) => ours.code === 'InvalidRequest' && theirs.code === 'NoSuchVersion',
  },
  {
    operation: /^(HeadObject|GetObject)$/,
    reason:
      'moto refuses (400) or does not find (404) versions of other keys and delete markers in its own way',
    is: ({ input, ours, theirs }) => input.VersionId !== undefined && isMissing(ours) && isMissing(theirs),
  },
  {
    operation: /^(Put|Get|Delete)ObjectTagging$/,
    reason: 'a delete marker has no tags: 405 with Allow, and each answer names its version',
    is: ({ ours, theirs }) =>
      (ours.status === 405 && theirs.status !== 405) ||
      isDeepStrictEqual(without(ours, 'VersionId'), without(theirs, 'VersionId')),
  },
  {
    operation: /^DeleteObject$/,
    reason: 'who deletes a delete marker by its version is told that it was one; moto does not always',
    is: ({ input, ours, theirs }) =>
      input.VersionId !== undefined &&
      isDeepStrictEqual(without(ours, 'DeleteMarker'), without(theirs, 'DeleteMarker')),
  },
  {
    operation: /^UploadPartCopy$/,
    reason: 'a source that is not there is NoSuchKey',
    is: ({ ours, theirs }) => ours.code === 'NoSuchKey' && theirs.code === 'NotFound',
  },
  {
    operation: /^ListParts$/,
    reason: 'moto says that nothing follows though parts do',
    is: ({ input, ours, theirs }) =>
      input.MaxParts !== undefined &&
      isDeepStrictEqual(without(ours, 'IsTruncated'), without(theirs, 'IsTruncated')),
  },
  {
    operation: /^CompleteMultipartUpload$/,
    reason: 'the order of parts is checked before their ETags',
    is: ({ ours, theirs }) => ours.code === 'InvalidPartOrder' && theirs.code === 'InvalidPart',
  },
  {
    operation: /^CompleteMultipartUpload$/,
    reason: 'an object of a bucket without versions has no version',
    is: ({ ours, theirs }) => isDeepStrictEqual(ours, without(theirs, 'VersionId')),
  },
  {
    operation: /^Get(PublicAccessBlock|BucketEncryption|BucketOwnershipControls)$/,
    reason: 'new buckets block public access, have no ACLs and encrypt, since 2023',
    is: ({ ours, theirs }) => ours.status === 200 && isNewBuckets(theirs),
  },
  {
    operation: /^PutBucketPolicy$/,
    reason: 'a policy is answered with 204, and a public one refused where public policies are blocked',
    is: ({ ours, theirs }) => (ours.status === 204 || ours.code === 'AccessDenied') && theirs.status === 200,
  },
  {
    operation: /^GetBucketPolicy$/,
    reason: 'a public policy was refused before',
    is: ({ theirs }) => theirs.status === 200,
  },
]

function deletedKeys({ output }: Outcome): unknown[] {
  const { Deleted = [] } = (output ?? {}) as { Deleted?: { Key?: string }[] }
  return Deleted.map(({ Key }) => Key)
}

function isMissing({ status }: Outcome): boolean {
  return status === 400 || status === 404 || status === 405
}

function without({ output, ...facts }: Outcome, member: string): unknown {
  const { [member]: _, ...others } = (output ?? {}) as Record<string, unknown>
  return { ...facts, others }
}

/** Why two outcomes may differ, or `undefined` where nobody knows a reason. */
export function reasonOf({ operation, input }: Step, ours: Outcome, theirs: Outcome): string | undefined {
  if (isDeepStrictEqual(ours, theirs)) return 'the same'
  return motoDifferences.find(known => known.operation.test(operation) && known.is({ input, ours, theirs }))
    ?.reason
}
