import type { ListPartsOutput, ListPartsRequest, Part } from '@aws-sdk/client-s3'
import type { Operation } from '../../../cloud/operation.ts'
import { findBucket } from '../buckets/find.ts'
import { checksumMember } from '../checksums/algorithms.ts'
import type { Answer, OnKey } from '../input.ts'
import { abortOf } from '../lifecycle/rules.ts'
import { readPageLimit } from '../listing/arguments.ts'
import { pageOfParts } from '../listing/parts.ts'
import { findUpload } from '../multipart/uploads.ts'
import { quoted } from '../objects/answer.ts'
import { objectOwner } from '../objects/owners.ts'
import { initiatorOf, ownerOf } from '../owner.ts'
import type { S3State, UploadedPart } from '../state.ts'

type Input = OnKey<ListPartsRequest>

/**
 * Lists the parts that a multipart upload has so far.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
 */
export const listParts: Operation<S3State, Input, Answer<ListPartsOutput>> = (state, input, context) => {
  const bucket = findBucket(state, input, context)
  const upload = findUpload(bucket, input)
  const { checksum } = upload
  const limit = readPageLimit(input.MaxParts, 'max-parts')
  const page = pageOfParts([...upload.parts.values()], input.PartNumberMarker, limit)
  return {
    Bucket: bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: page.marker,
    NextPartNumberMarker: page.nextMarker,
    MaxParts: limit,
    IsTruncated: page.isTruncated,
    Parts: page.parts.map(part => describePart(part, checksum !== undefined)),
    Initiator: initiatorOf(upload.initiatorAccountId),
    Owner: ownerOf(objectOwner(bucket, upload)),
    StorageClass: upload.attributes.storageClass as NonNullable<ListPartsOutput['StorageClass']>,
    ...(checksum !== undefined && { ChecksumAlgorithm: checksum.algorithm, ChecksumType: checksum.type }),
    ...abortOf(bucket, upload),
  }
}

/** AWS tells the checksums of parts only where the upload promised them. */
function describePart(
  { partNumber, size, eTag, lastModified, checksum }: UploadedPart,
  hasChecksums: boolean,
): Part {
  return {
    PartNumber: partNumber,
    LastModified: new Date(lastModified),
    ETag: quoted(eTag),
    Size: size,
    ...(hasChecksums && checksum !== undefined && { [checksumMember(checksum.algorithm)]: checksum.value }),
  }
}
