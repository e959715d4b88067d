import type { ByteObserver } from '../../../cloud/blob-store.ts'

/** A checksum over bytes that pass by. */
export interface ChecksumHasher extends ByteObserver {
  /** The checksum of all bytes so far, most significant byte first; called once. */
  digest(): Buffer
}
