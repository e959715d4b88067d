import { invalidRequest } from '../errors.ts'
import type { StoredObject } from '../state.ts'
import type { ReadSpan } from './answer.ts'
import { parseRange, partSpan } from './range.ts'

/**
 * The bytes that a GET or HEAD asks for, by range, by part number, or all.
 * @throws AwsError InvalidRange, InvalidPartNumber, InvalidRequest
 */
export function readSpanOf(
  object: StoredObject,
  request: { readonly Range?: string | undefined; readonly PartNumber?: number | undefined },
): ReadSpan {
  const { Range: range, PartNumber: partNumber } = request
  if (range !== undefined && partNumber !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter')
  }
  const span =
    partNumber === undefined ? range && parseRange(range, object.size) : partSpan(object, partNumber)
  return span && object.size > 0 ? { ...span, isWhole: false } : { start: 0, end: object.size, isWhole: true }
}
