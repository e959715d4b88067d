import { invalidArgument, invalidPartNumber, invalidRange, invalidRequest } from '../errors.ts'
import type { StoredObject } from '../state.ts'
import type { ByteSpan } from './read.ts'

/**
 * The span that a Range header asks for. `undefined` for the whole object: also for headers that S3 ignores, which are
 * those it cannot read, several ranges, and ranges that end before they start.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @throws AwsError InvalidRange when the range lies behind the object's end
 */
export function parseRange(range: string, size: number): ByteSpan | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim())
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return undefined
  if (first === '') {
    const suffix = Number(last)
    if (suffix === 0) throw invalidRange(range, size)
    return { start: Math.max(size - suffix, 0), end: size }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= size) throw invalidRange(range, size)
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) }
}

/**
 * The span of a part by its number; an object that was put whole is its own part 1.
 * @throws AwsError InvalidPartNumber
 */
export function partSpan(object: StoredObject, partNumber: number): ByteSpan {
  const { parts } = object
  if (parts === undefined) {
    if (partNumber !== 1) throw invalidPartNumber(partNumber, 1)
    return { start: 0, end: object.size }
  }
  let start = 0
  for (const part of parts) {
    if (part.partNumber === partNumber) return { start, end: start + part.size }
    start += part.size
  }
  throw invalidPartNumber(partNumber, parts.length)
}

const copyRangeForm =
  'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy'

/**
 * The span that UploadPartCopy asks for: stricter than a Range header.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html
 * @throws AwsError InvalidArgument, InvalidRequest
 */
export function parseCopyRange(range: string, size: number): ByteSpan {
  const match = /^bytes=(\d+)-(\d+)$/.exec(range)
  const start = Number(match?.[1])
  const last = Number(match?.[2])
  if (!match || last < start) throw invalidArgument(copyRangeForm, 'x-amz-copy-source-range', range)
  if (start >= size) throw invalidRequest('The specified copy range is invalid for the source object size')
  if (last >= size) {
    const message = `Range specified is not valid for source object of size: ${size}`
    throw invalidArgument(message, 'x-amz-copy-source-range', range)
  }
  return { start, end: last + 1 }
}
