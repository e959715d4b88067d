import {
  conditionalRequestConflict,
  headerNotImplemented,
  noSuchKey,
  notModified,
  preconditionFailed,
} from '../errors.ts'
import type { Bucket, MultipartUpload, StoredObject } from '../state.ts'
import { currentObject, currentVersion } from './versions.ts'

/** Conditions on what is read. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
  readonly IfModifiedSince?: Date | undefined
  readonly IfUnmodifiedSince?: Date | undefined
}

/** Conditions on what is overwritten. */
export interface WriteConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
}

/**
 * Checks the conditions of a GET or HEAD. If-Match outweighs If-Unmodified-Since, If-None-Match outweighs
 * If-Modified-Since. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @throws AwsError PreconditionFailed (412), NotModified (304)
 */
export function checkReadConditions(input: ReadConditions, object: StoredObject, now: number): void {
  const failed = failedReadCondition(input, object, now)
  if (failed === undefined) return
  if (failed === 'If-None-Match' || failed === 'If-Modified-Since') {
    throw notModified({
      etag: `"${object.eTag}"`,
      'last-modified': new Date(object.lastModified).toUTCString(),
    })
  }
  throw preconditionFailed(failed)
}

/**
 * Checks the conditions on the source of a copy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 * @throws AwsError PreconditionFailed (412)
 */
export function checkCopyConditions(input: ReadConditions, source: StoredObject, now: number): void {
  const failed = failedReadCondition(input, source, now)
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${failed}`)
}

function failedReadCondition(input: ReadConditions, object: StoredObject, now: number): string | undefined {
  if (input.IfMatch !== undefined) {
    if (!matchesETag(input.IfMatch, object.eTag)) return 'If-Match'
  } else if (
    input.IfUnmodifiedSince !== undefined &&
    object.lastModified > input.IfUnmodifiedSince.getTime()
  ) {
    return 'If-Unmodified-Since'
  }
  if (input.IfNoneMatch !== undefined) {
    return matchesETag(input.IfNoneMatch, object.eTag) ? 'If-None-Match' : undefined
  }
  const since = input.IfModifiedSince?.getTime()
  const isUnmodified = since !== undefined && since <= now && object.lastModified <= since
  return isUnmodified ? 'If-Modified-Since' : undefined
}

/** Whether a list of entity tags, with or without quotes, or `*`, holds one. */
function matchesETag(list: string, eTag: string): boolean {
  return list.split(',').some(item => {
    const text = item.trim().replace(/^W\//, '').replaceAll('"', '')
    return text === '*' || text === eTag
  })
}

/**
 * Refuses combinations of write conditions that S3 does not take.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @throws AwsError NotImplemented
 */
export function validateWriteConditions({ IfMatch, IfNoneMatch }: WriteConditions): void {
  if (IfMatch === undefined && IfNoneMatch === undefined) return
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    throw headerNotImplemented(
      'If-Match,If-None-Match',
      'Multiple conditional request headers present in the request',
    )
  }
  if (IfMatch === '*') throw unacceptedCondition('If-Match')
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw unacceptedCondition('If-None-Match')
}

/**
 * Checks a write's conditions against the key as it is now.
 * @throws AwsError PreconditionFailed, NoSuchKey
 */
export function checkWriteConditions(input: WriteConditions, bucket: Bucket, key: string): void {
  if (input.IfNoneMatch !== undefined && currentObject(bucket, key) !== undefined) {
    throw preconditionFailed('If-None-Match')
  }
  if (input.IfMatch === undefined) return
  const current = currentObject(bucket, key)
  if (current === undefined) throw noSuchKey(key)
  if (!matchesETag(input.IfMatch, current.eTag)) throw preconditionFailed('If-Match')
}

/**
 * Checks a completion's conditions: also what happened to the key since the upload began.
 * @throws AwsError PreconditionFailed, NoSuchKey, ConditionalRequestConflict
 */
export function checkCompletionConditions(
  input: WriteConditions,
  bucket: Bucket,
  upload: MultipartUpload,
): void {
  checkWriteConditions(input, bucket, upload.key)
  if (input.IfNoneMatch !== undefined && upload.keyExisted) {
    throw conditionalRequestConflict('If-None-Match', upload.key)
  }
  const current = currentVersion(bucket, upload.key)
  if (input.IfMatch !== undefined && current !== undefined && current.change > upload.change) {
    throw conditionalRequestConflict('If-Match', upload.key)
  }
}

/**
 * Checks the condition of a delete.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
 * @throws AwsError PreconditionFailed
 */
export function checkDeleteCondition(ifMatch: string | undefined, object: StoredObject | undefined): void {
  if (ifMatch === undefined) return
  if (object === undefined || !matchesETag(ifMatch, object.eTag)) throw preconditionFailed('If-Match')
}

function unacceptedCondition(header: string): Error {
  return headerNotImplemented(header, `We don't accept the provided value of ${header} header for this API`)
}
