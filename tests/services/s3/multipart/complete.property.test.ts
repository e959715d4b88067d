import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
} from '../../../../src/services/s3/checksums/algorithms.ts'
import { multipartChecksum, multipartETag } from '../../../../src/services/s3/multipart/complete.ts'
import { readAttributes } from '../../../../src/services/s3/objects/attributes.ts'
import type { MultipartUpload, UploadedPart } from '../../../../src/services/s3/state.ts'

const bodies = fc.array(fc.uint8Array({ maxLength: 50 }), { minLength: 1, maxLength: 8 })

function digest(algorithm: ChecksumAlgorithm, ...pieces: readonly Uint8Array[]): Buffer {
  const hasher = checksumAlgorithms[algorithm].createHasher()
  for (const piece of pieces) hasher.update(piece)
  return hasher.digest()
}

function partOf(body: Uint8Array, index: number, algorithm: ChecksumAlgorithm): UploadedPart {
  return {
    partNumber: index + 1,
    size: body.length,
    eTag: createHash('md5').update(body).digest('hex'),
    lastModified: 0,
    checksum: { algorithm, value: digest(algorithm, body).toString('base64'), type: 'FULL_OBJECT' },
    blob: { kind: 'memory', bytes: Buffer.from(body), size: body.length },
  }
}

function uploadOf(algorithm: ChecksumAlgorithm, type: 'FULL_OBJECT' | 'COMPOSITE'): MultipartUpload {
  const place = {
    id: 'u',
    key: 'k',
    initiatorAccountId: '000000000000',
    initiatedAt: 0,
    change: 1,
    keyExisted: false,
  }
  return {
    ...place,
    attributes: readAttributes({}, { region: 'us-east-1', ownerAccountId: '000000000000' }),
    tags: [],
    checksum: { algorithm, type },
    parts: new Map(),
  }
}

describe('a completed upload', () => {
  it('has the MD5 of its parts’ MD5s as ETag', () => {
    fc.assert(
      fc.property(bodies, pieces => {
        const md5s = pieces.map(piece => createHash('md5').update(piece).digest())
        const expected = createHash('md5').update(Buffer.concat(md5s)).digest('hex')
        const parts = pieces.map((piece, index) => partOf(piece, index, 'CRC32'))
        expect(multipartETag(parts)).toBe(`${expected}-${pieces.length}`)
      }),
    )
  })

  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)(
    'has the %s of its whole bytes, though nobody reads them',
    algorithm => {
      fc.assert(
        fc.property(bodies, pieces => {
          const parts = pieces.map((piece, index) => partOf(piece, index, algorithm))
          const checksum = multipartChecksum(uploadOf(algorithm, 'FULL_OBJECT'), parts)
          expect(checksum?.value).toBe(digest(algorithm, ...pieces).toString('base64'))
        }),
      )
    },
  )

  it.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    'may have the %s of its parts’ checksums',
    algorithm => {
      fc.assert(
        fc.property(bodies, pieces => {
          const parts = pieces.map((piece, index) => partOf(piece, index, algorithm))
          const checksum = multipartChecksum(uploadOf(algorithm, 'COMPOSITE'), parts)
          const expected = digest(algorithm, ...pieces.map(piece => digest(algorithm, piece))).toString(
            'base64',
          )
          expect(checksum?.value).toBe(`${expected}-${pieces.length}`)
        }),
      )
    },
  )
})
