import * as fs from 'node:fs/promises'
import type { Disk } from '../../../src/cloud/disk.ts'

/** A disk whose room and faults a test decides. */
export interface FailingDisk extends Disk {
  /** Bytes that may still be written; a write that wants more writes as much as there is room and fails. */
  room: number
  /** Whether what was written cannot be made durable. */
  failsToSync: boolean
}

/** Creates a disk without faults and with endless room. */
export function createFailingDisk(): FailingDisk {
  const disk: FailingDisk = {
    room: Number.POSITIVE_INFINITY,
    failsToSync: false,
    rename: fs.rename,
    unlink: fs.unlink,
    open: (async (...parameters: Parameters<typeof fs.open>) => {
      const handle = await fs.open(...parameters)
      const write = handle.write.bind(handle) as unknown as (
        ...written: unknown[]
      ) => ReturnType<typeof handle.write>
      const datasync = handle.datasync.bind(handle)
      const limited = async (bytes: Buffer, offset: number, length: number, position: number) => {
        if (disk.room <= 0) throw systemError('ENOSPC', 'write')
        const { bytesWritten } = await write(bytes, offset, Math.min(length, disk.room), position)
        disk.room -= bytesWritten
        return { bytesWritten, buffer: bytes }
      }
      const failing = async () => {
        if (disk.failsToSync) throw systemError('EIO', 'fdatasync')
        await datasync()
      }
      return Object.assign(handle, { write: limited, datasync: failing })
    }) as typeof fs.open,
  }
  return disk
}

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: injected, ${syscall}`), { code, syscall })
}
