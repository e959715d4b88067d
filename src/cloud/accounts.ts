import type { IdSource } from '../core/ids.ts'

/** The account of everybody who does not say otherwise, as in LocalStack. */
export const defaultAccountId = '000000000000'

/** Prefix of the access key ids that this cloud issues; they carry their account, as AWS's own do. */
const issuedPrefixes = { temporary: 'LSIA', permanent: 'LKIA' } as const

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Bits of an issued key's first six bytes that hold the account, above seven random ones. */
const randomBits = 7n

/** Makes an access key id that belongs to an account: 20 characters, AWS's own layout under LocalStack's prefix. */
export function issueAccessKeyId(
  accountId: string,
  kind: keyof typeof issuedPrefixes,
  ids: IdSource,
): string {
  const head = (BigInt(accountId) << randomBits) | BigInt(Number.parseInt(ids.hex(2), 16) & 0x7f)
  const bytes = Buffer.from(head.toString(16).padStart(12, '0') + ids.hex(8), 'hex')
  return issuedPrefixes[kind] + encodeBase32(bytes)
}

/**
 * The account of an access key id: a key that this cloud issued carries it, twelve digits are it,
 * any other key is the default account.
 */
export function accountOf(accessKeyId: string | undefined): string {
  if (accessKeyId === undefined) return defaultAccountId
  if (/^\d{12}$/.test(accessKeyId)) return accessKeyId
  if (!isIssuedKey(accessKeyId)) return defaultAccountId
  const head = decodeBase32(accessKeyId.slice(4)).subarray(0, 6).toString('hex')
  return String(BigInt(`0x${head}`) >> randomBits).padStart(12, '0')
}

/** Whether this cloud, or another one like it, issued an access key id. */
export function isIssuedKey(accessKeyId: string): boolean {
  return /^(LSIA|LKIA)[A-Z2-7]{16}$/.test(accessKeyId)
}

function encodeBase32(bytes: Buffer): string {
  let bits = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  for (let digit = 0; digit < (bytes.length * 8) / 5; digit++) {
    text = base32[Number(bits & 31n)] + text
    bits >>= 5n
  }
  return text
}

function decodeBase32(text: string): Buffer {
  let bits = 0n
  for (const character of text) bits = (bits << 5n) | BigInt(base32.indexOf(character))
  return Buffer.from(bits.toString(16).padStart((text.length * 5) / 4, '0'), 'hex')
}
