import { createHash } from 'node:crypto'
import type { ReceivedDocument } from '../../../cloud/service.ts'
import { badChecksum, badContentMd5 } from '../errors.ts'
import { checksumAlgorithms, checksumHeader, checksumMember, checksumNames } from './algorithms.ts'
import { type AnnouncingInput, readAnnounced } from './announced.ts'

/** Operations whose checksum headers speak of the object, not of the document that was sent. */
const ofTheObject = new Set(['CompleteMultipartUpload'])

/**
 * Verifies an XML body against Content-MD5 and the checksum header.
 * @throws AwsError BadDigest, InvalidDigest, InvalidRequest
 */
export function inspectDocument({ operation, bytes, headers }: ReceivedDocument): void {
  if (ofTheObject.has(operation)) return
  const { md5, checksum } = readAnnounced(announcingInput(headers), {})
  if (md5 !== undefined) {
    const computed = createHash('md5').update(bytes).digest('hex')
    if (computed !== md5) throw badContentMd5(md5, Buffer.from(computed, 'hex').toString('base64'))
  }
  if (checksum?.value === undefined) return
  const hasher = checksumAlgorithms[checksum.algorithm].createHasher()
  hasher.update(bytes)
  if (hasher.digest().toString('base64') !== checksum.value) throw badChecksum(checksum.algorithm)
}

function announcingInput(headers: ReceivedDocument['headers']): AnnouncingInput {
  const md5 = headers['content-md5']
  const members = checksumNames.map(name => [checksumMember(name), headers[checksumHeader(name)]] as const)
  return {
    ...(md5 !== undefined && { ContentMD5: String(md5) }),
    ...Object.fromEntries(members.filter(([, value]) => value !== undefined)),
  }
}
