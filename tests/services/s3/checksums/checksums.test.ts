import { createHash } from 'node:crypto'
import * as zlib from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32Polynomial, createCrc32 } from '../../../../src/core/crc32.ts'
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumNames,
} from '../../../../src/services/s3/checksums/algorithms.ts'
import { combineChecksums } from '../../../../src/services/s3/checksums/combine.ts'

/** The check values of the CRC catalogue, over the nine bytes `123456789`. */
const checkValues: readonly { algorithm: ChecksumAlgorithm; hex: string }[] = [
  { algorithm: 'CRC32', hex: 'cbf43926' },
  { algorithm: 'CRC32C', hex: 'e3069283' },
  { algorithm: 'CRC64NVME', hex: 'ae8b14860a799888' },
  { algorithm: 'SHA1', hex: createHash('sha1').update('123456789').digest('hex') },
  { algorithm: 'SHA256', hex: createHash('sha256').update('123456789').digest('hex') },
  { algorithm: 'SHA512', hex: createHash('sha512').update('123456789').digest('hex') },
  { algorithm: 'MD5', hex: '25f9e794323b453885f5181f1b624d0b' },
]

function checksum(algorithm: ChecksumAlgorithm, ...pieces: Uint8Array[]): Buffer {
  const hasher = checksumAlgorithms[algorithm].createHasher()
  for (const piece of pieces) hasher.update(piece)
  return hasher.digest()
}

describe('checksums', () => {
  it.each(checkValues)('$algorithm gives its check value', ({ algorithm, hex }) => {
    expect(checksum(algorithm, Buffer.from('123456789')).toString('hex')).toBe(hex)
  })

  it.each(checksumNames.map(algorithm => ({ algorithm })))(
    '$algorithm has the length it says',
    ({ algorithm }) => {
      expect(checksum(algorithm, Buffer.alloc(0))).toHaveLength(checksumAlgorithms[algorithm].length)
    },
  )

  it.each(checksumNames.map(algorithm => ({ algorithm })))(
    '$algorithm does not depend on how the bytes arrive',
    ({ algorithm }) => {
      fc.assert(
        fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 }), pieces => {
          const whole = Buffer.concat(pieces)
          expect(checksum(algorithm, ...pieces)).toEqual(checksum(algorithm, whole))
        }),
      )
    },
  )

  it('is not reset by an empty piece', () => {
    for (const algorithm of checksumNames) {
      expect(checksum(algorithm, Buffer.from('a'), Buffer.alloc(0))).toEqual(
        checksum(algorithm, Buffer.from('a')),
      )
    }
  })

  it('reads bytes at any alignment', () => {
    const memory = Buffer.from(Array.from({ length: 64 }, (_, index) => (index * 37) & 255))
    for (const algorithm of checksumNames) {
      for (let start = 0; start < 8; start++) {
        for (const length of [0, 1, 2, 3, 5, 8, 11, 12, 13, 41]) {
          const view = new Uint8Array(memory.buffer, memory.byteOffset + start, length)
          expect(checksum(algorithm, view)).toEqual(checksum(algorithm, Uint8Array.from(view)))
        }
      }
    }
  })

  it('computes CRC-32 by table as zlib does, for the Node versions that lack zlib.crc32', () => {
    const byTable = createCrc32(crc32Polynomial)
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.uint8Array({ minLength: 1, maxLength: 9 }),
        (first, second) => {
          expect(byTable(second, byTable(first, 0))).toBe(zlib.crc32(second, zlib.crc32(first)))
        },
      ),
    )
  })
})

describe('combined checksums', () => {
  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s of a whole follows from its pieces', algorithm => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 6 }), pieces => {
        const combined = combineChecksums(
          algorithm,
          pieces.map(piece => ({ checksum: checksum(algorithm, piece), size: piece.length })),
        )
        expect(combined).toEqual(checksum(algorithm, Buffer.concat(pieces)))
      }),
    )
  })

  it('refuses a checksum that cannot be combined', () => {
    expect(() => combineChecksums('SHA256', [])).toThrow(RangeError)
  })
})
