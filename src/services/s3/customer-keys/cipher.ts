import { createCipheriv, createDecipheriv, type Decipher } from 'node:crypto'
import type { ByteObserver } from '../../../cloud/blob-store.ts'
import type { IdSource } from '../../../core/ids.ts'
import type { ResponseBody } from '../../../wire/body.ts'

/** Counter mode: as many bytes as before, and any of them can be read without those before it. */
const cipherName = 'aes-256-ctr'
const blockBytes = 16

/** What one blob is encrypted by. */
export interface BlobCipher {
  /** 32 bytes. */
  readonly key: Buffer
  /** The first counter, 16 bytes, never used twice. */
  readonly iv: Buffer
}

/** A cipher for bytes that are written now. */
export function newCipher(key: Buffer, ids: IdSource): BlobCipher {
  return { key, iv: Buffer.from(ids.hex(2 * blockBytes), 'hex') }
}

/** Encrypts a body on its way; the observers see what it says. */
export async function* encrypting(
  body: AsyncIterable<Uint8Array>,
  { key, iv }: BlobCipher,
  observers: readonly ByteObserver[],
): AsyncGenerator<Uint8Array> {
  const cipher = createCipheriv(cipherName, key, iv)
  for await (const piece of body) {
    for (const observer of observers) observer.update(piece)
    yield cipher.update(piece)
  }
}

/** Decrypts what was read of a blob from byte `from` on. */
export function decrypted(body: ResponseBody, { key, iv }: BlobCipher, from: number): ResponseBody {
  const decipher = createDecipheriv(cipherName, key, counterAt(iv, Math.floor(from / blockBytes)))
  decipher.update(Buffer.alloc(from % blockBytes))
  if (!('open' in body)) return decipher.update(body)
  return { length: body.length, open: () => decrypting(body.open(), decipher) }
}

async function* decrypting(
  pieces: AsyncIterable<Uint8Array>,
  decipher: Decipher,
): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield decipher.update(piece)
}

/** The counter of a block, which wraps around after 2^128. */
function counterAt(iv: Buffer, block: number): Buffer {
  const counter = BigInt.asUintN(8 * blockBytes, BigInt(`0x${iv.toString('hex')}`) + BigInt(block))
  return Buffer.from(counter.toString(16).padStart(2 * blockBytes, '0'), 'hex')
}
