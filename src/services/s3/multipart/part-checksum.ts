import type { ChecksumAlgorithm } from '../checksums/algorithms.ts'
import type { Announced } from '../checksums/announced.ts'
import { invalidRequest } from '../errors.ts'
import type { MultipartUpload } from '../state.ts'

/**
 * Adds to what a part announces what its upload promised; a part may not carry another checksum.
 * @throws AwsError InvalidRequest
 */
export function requirePartChecksum({ checksum }: MultipartUpload, announced: Announced): void {
  const given: ChecksumAlgorithm | undefined = announced.checksum?.algorithm
  if (checksum === undefined || given === checksum.algorithm) return
  const expected = checksum.algorithm.toLowerCase()
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${given?.toLowerCase() ?? 'null'}`,
  )
}
