import type {
  Checksum,
  GetObjectAttributesOutput,
  GetObjectAttributesParts,
  GetObjectAttributesRequest,
} from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { checksumMember } from '../checksums/algorithms.ts'
import { openingKey } from '../customer-keys/keys.ts'
import { invalidArgument, invalidRequest } from '../errors.ts'
import type { Answer, OnKey } from '../input.ts'
import { readPageLimit } from '../listing/arguments.ts'
import { pageOfParts } from '../listing/parts.ts'
import { checksumMembers } from '../objects/answer.ts'
import { findObject } from '../objects/versions.ts'
import type { S3State, StoredObject } from '../state.ts'

type Input = OnKey<GetObjectAttributesRequest>
type Output = Answer<GetObjectAttributesOutput>

const attributeNames = new Set(['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'])

/**
 * Tells those of an object's attributes that are asked for.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html
 */
export const getObjectAttributes: Operation<S3State, Input, Output> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const asked = readAttributeNames(input)
  const object = findObject(bucket, input, 'GET')
  openingKey(object.attributes.encryption, input)
  const output: Output = { LastModified: new Date(object.lastModified) }
  if (bucket.versioning !== undefined) output.VersionId = object.versionId
  if (asked.has('ETag')) output.ETag = object.eTag
  if (asked.has('StorageClass')) {
    output.StorageClass = object.attributes.storageClass as NonNullable<Output['StorageClass']>
  }
  if (asked.has('ObjectSize')) output.ObjectSize = object.size
  if (asked.has('Checksum')) output.Checksum = describeChecksum(object)
  if (asked.has('ObjectParts')) output.ObjectParts = describeParts(object, input)
  return output
}

function readAttributeNames({ ObjectAttributes }: Input): ReadonlySet<string> {
  const names = ObjectAttributes ?? []
  if (names.length === 0) {
    throw invalidRequest(
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    )
  }
  const unknown = names.find(name => !attributeNames.has(name))
  if (unknown === undefined) return new Set(names)
  throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', unknown)
}

/** Here a composite checksum comes without its number of parts. */
function describeChecksum({ checksum }: StoredObject): Checksum | undefined {
  return checksum && checksumMembers({ ...checksum, value: checksum.value.replace(/-\d+$/, '') })
}

/** The parts themselves are told only where each has its own checksum. */
function describeParts(
  { parts, checksum }: StoredObject,
  input: Input,
): GetObjectAttributesParts | undefined {
  if (parts === undefined) return undefined
  if (checksum?.type !== 'COMPOSITE') return { TotalPartsCount: parts.length }
  const limit = readPageLimit(input.MaxParts, 'max-parts')
  const page = pageOfParts(parts, input.PartNumberMarker, limit)
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: page.marker,
    NextPartNumberMarker: page.nextMarker,
    MaxParts: limit,
    IsTruncated: page.isTruncated,
    Parts: page.parts.map(part => ({
      PartNumber: part.partNumber,
      Size: part.size,
      ...(part.checksum !== undefined && { [checksumMember(checksum.algorithm)]: part.checksum }),
    })),
  }
}
