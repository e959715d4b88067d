import { createHash } from 'node:crypto'
import type { ReceivedDocument } from '../../../cloud/service.ts'
import { badChecksum, badContentMd5, invalidRequest } from '../errors.ts'
import { checksumAlgorithms, checksumHeader, checksumMember, checksumNames } from './algorithms.ts'
import { type AnnouncingInput, readAnnounced } from './announced.ts'

/** Operations whose checksum headers speak of the object, not of the document that was sent. */
const ofTheObject = new Set(['CompleteMultipartUpload'])

/** Operations that AWS refuses without a digest of their document: what they do cannot be taken back. */
const needDigest = new Set(['DeleteObjects', 'PutBucketCors', 'PutBucketLifecycleConfiguration'])

/**
 * Verifies an XML body against Content-MD5 and the checksum header.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html; the words for a missing one are in
 * https://github.com/aws/aws-cli/issues/229
 * @throws AwsError BadDigest, InvalidDigest, InvalidRequest
 */
export function inspectDocument({ operation, bytes, headers }: ReceivedDocument): void {
  if (ofTheObject.has(operation)) return
  const { md5, checksum } = readAnnounced(announcingInput(headers), {})
  if (needDigest.has(operation) && md5 === undefined && !hasChecksum(headers)) {
    throw invalidRequest('Missing required header for this request: Content-MD5')
  }
  if (md5 !== undefined) {
    const computed = createHash('md5').update(bytes).digest('hex')
    if (computed !== md5) throw badContentMd5(md5, Buffer.from(computed, 'hex').toString('base64'))
  }
  if (checksum?.value === undefined) return
  const hasher = checksumAlgorithms[checksum.algorithm].createHasher()
  hasher.update(bytes)
  if (hasher.digest().toString('base64') !== checksum.value) throw badChecksum(checksum.algorithm)
}

/** Also of an algorithm that is not verified here, or behind the document. */
function hasChecksum(headers: ReceivedDocument['headers']): boolean {
  return Object.keys(headers).some(name => name.startsWith('x-amz-checksum-') || name === 'x-amz-trailer')
}

function announcingInput(headers: ReceivedDocument['headers']): AnnouncingInput {
  const md5 = headers['content-md5']
  const members = checksumNames.map(name => [checksumMember(name), headers[checksumHeader(name)]] as const)
  return {
    ...(md5 !== undefined && { ContentMD5: String(md5) }),
    ...Object.fromEntries(members.filter(([, value]) => value !== undefined)),
  }
}
