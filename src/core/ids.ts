import { randomBytes } from 'node:crypto'
import type { Random } from './random.ts'

/** Where ids come from; seeded in a grading run, the machine's random source elsewhere. */
export interface IdSource {
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string
  /** A version 4 UUID. */
  uuid(): string
  /** A request id in S3's form: 16 upper-case hexadecimal digits. */
  requestId(): string
}

/** The second id of a request to S3, which its headers (`x-amz-id-2`), errors (`HostId`) and events carry alike. */
export function hostIdOf(requestId: string): string {
  return Buffer.from(requestId, 'latin1').toString('base64')
}

/** Creates ids from a seeded source, so that a run can be repeated. */
export function createSeededIds(random: Random): IdSource {
  return fromHex(length => random.hex(length))
}

/** Creates unpredictable ids. */
export function createIds(): IdSource {
  const pool = createHexPool()
  return fromHex(pool)
}

function fromHex(hex: (length: number) => string): IdSource {
  return {
    hex,
    uuid: () => {
      const digits = hex(32)
      const variant = '89ab'[Number.parseInt(digits[16] ?? '0', 16) & 3]
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
    },
    requestId: () => hex(16).toUpperCase(),
  }
}

/** Hands out hexadecimal digits from blocks of random bytes: one system call for hundreds of ids. */
function createHexPool(): (length: number) => string {
  const blockBytes = 4096
  let block = ''
  let used = 0
  return length => {
    if (length > blockBytes * 2)
      return randomBytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length)
    if (used + length > block.length) {
      block = randomBytes(blockBytes).toString('hex')
      used = 0
    }
    used += length
    return block.slice(used - length, used)
  }
}
