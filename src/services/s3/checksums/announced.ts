import { headerNotImplemented, invalidDigest, invalidRequest } from '../errors.ts'
import {
  type ChecksumAlgorithm,
  type ChecksumMembers,
  checksumAlgorithms,
  checksumHeader,
  checksumMember,
  checksumNames,
  unsupportedChecksums,
} from './algorithms.ts'

/** What a client says that its body's digests are. */
export interface Announced {
  /** MD5 in hexadecimal, from Content-MD5. */
  readonly md5?: string
  readonly checksum?: AnnouncedChecksum
}

/** A checksum that comes in a header (`value`) or, after the body, in a trailer. */
export interface AnnouncedChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64; absent when it comes in a trailer. */
  readonly value?: string
}

/** The members that announce digests. */
export interface AnnouncingInput extends ChecksumMembers {
  readonly ChecksumXXHASH64?: string | undefined
  readonly ChecksumXXHASH3?: string | undefined
  readonly ChecksumXXHASH128?: string | undefined
  readonly ContentMD5?: string | undefined
  readonly ChecksumAlgorithm?: string | undefined
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * Reads what a request announces of its body.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 * @throws AwsError InvalidDigest, InvalidRequest, NotImplemented
 */
// DIFFERS: the XXHASH checksums are refused.
export function readAnnounced(input: AnnouncingInput, headers: Headers): Announced {
  for (const name of unsupportedChecksums) {
    if (input[`Checksum${name}`] !== undefined)
      throw headerNotImplemented(`x-amz-checksum-${name.toLowerCase()}`)
  }
  const checksum = announcedChecksum(input, headers['x-amz-trailer'])
  return {
    ...(input.ContentMD5 !== undefined && { md5: readContentMd5(input.ContentMD5) }),
    ...(checksum !== undefined && { checksum }),
  }
}

/**
 * Refuses a text that is not a checksum in base64.
 * @throws AwsError InvalidRequest
 */
export function validateChecksum(algorithm: ChecksumAlgorithm, value: string, place: string): void {
  if (decodeBase64(value)?.length !== checksumAlgorithms[algorithm].length) {
    throw invalidRequest(`Value for ${checksumHeader(algorithm)} ${place} is invalid.`)
  }
}

function announcedChecksum(
  input: AnnouncingInput,
  trailer: string | string[] | undefined,
): AnnouncedChecksum | undefined {
  const inHeader = checksumNames.filter(name => input[checksumMember(name)] !== undefined)
  const inTrailer = trailer === undefined ? [] : namesInTrailer(String(trailer))
  const [algorithm, second] = [...inHeader, ...inTrailer]
  if (second !== undefined) {
    throw invalidRequest(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    )
  }
  if (algorithm === undefined) {
    if (input.ChecksumAlgorithm !== undefined && input.ContentMD5 === undefined) throw checksumMissing()
    return undefined
  }
  const value = input[checksumMember(algorithm)]
  if (value === undefined) return { algorithm }
  validateChecksum(algorithm, value, 'header')
  return { algorithm, value }
}

function namesInTrailer(trailer: string): ChecksumAlgorithm[] {
  const announced = trailer.split(',').map(name => name.trim().toLowerCase())
  const names = checksumNames.filter(name => announced.includes(checksumHeader(name)))
  if (names.length === 0)
    throw invalidRequest('The value specified in the x-amz-trailer header is not supported')
  return names
}

function readContentMd5(contentMd5: string): string {
  const bytes = decodeBase64(contentMd5)
  if (bytes?.length !== 16) throw invalidDigest(contentMd5)
  return bytes.toString('hex')
}

function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

function checksumMissing(): Error {
  return invalidRequest(
    'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  )
}
