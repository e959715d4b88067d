import type { Disk } from '../disk.ts'

/** Where files of blobs are written, and by what. */
export interface Place {
  readonly disk: Disk
  readonly folder: string
  /** Waits for files that are just being removed; whether there were any. */
  makeRoom(): Promise<boolean>
}
