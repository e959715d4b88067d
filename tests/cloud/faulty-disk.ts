import { readdirSync, statSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Disk, realDisk } from '../../src/cloud/disk.ts'

/** What can be made to fail. */
export type DiskStep = 'open' | 'read' | 'write' | 'sync' | 'close' | 'rename' | 'unlink'

/** A file system that fails when it is told to. */
export interface FaultyDisk {
  readonly disk: Disk
  /** From now on a step fails with the system's error of this name. */
  break(step: DiskStep, code: string): void
  /** From now on the files of a folder may take this much together, in bytes. */
  limit(bytes: number): void
  /** From now on a step waits until the result is called. */
  hold(step: DiskStep): () => void
  /** Resolves when the next write found no room. */
  refused(): Promise<void>
  /** Nothing fails any more. */
  mend(): void
}

const stepOf: Readonly<Record<string, DiskStep>> = {
  read: 'read',
  write: 'write',
  writev: 'write',
  datasync: 'sync',
  sync: 'sync',
  close: 'close',
}

/** Creates one that works. */
export function createFaultyDisk(): FaultyDisk {
  const broken = new Map<DiskStep, string>()
  const held = new Map<DiskStep, Promise<void>>()
  const onRefusal = new Set<() => void>()
  let room = Number.POSITIVE_INFINITY
  const check = async (step: DiskStep): Promise<void> => {
    await held.get(step)
    const code = broken.get(step)
    if (code !== undefined) throw systemError(code, step)
  }
  const noRoom = (): NodeJS.ErrnoException => {
    for (const tell of onRefusal) tell()
    onRefusal.clear()
    return systemError('ENOSPC', 'write')
  }
  const wrap = (handle: FileHandle, path: string): FileHandle =>
    new Proxy(handle, {
      get: (target, name) => {
        const own = Reflect.get(target, name, target)
        if (typeof own !== 'function') return own
        const step = stepOf[String(name)]
        return async (...given: unknown[]) => {
          // A system closes a file also when it says that this failed.
          if (step === 'close') await target.close()
          if (step !== undefined) await check(step)
          if (step === 'close') return undefined
          if (step === 'write' && Number.isFinite(room))
            return writeWithin(target, given, { room: room - used(path), noRoom })
          return own.apply(target, given)
        }
      },
    })
  return {
    disk: {
      open: async (path, ...rest) => {
        await check('open')
        return wrap(await realDisk.open(path, ...rest), String(path))
      },
      rename: async (from, to) => {
        await check('rename')
        await realDisk.rename(from, to)
      },
      unlink: async path => {
        await check('unlink')
        await realDisk.unlink(path)
      },
    },
    break: (step, code) => broken.set(step, code),
    limit: bytes => {
      room = bytes
    },
    hold: step => {
      let release: () => void = () => undefined
      const waiting = new Promise<void>(resolve => {
        release = resolve
      })
      held.set(step, waiting)
      return () => {
        held.delete(step)
        release()
      }
    },
    refused: () => new Promise(resolve => onRefusal.add(resolve)),
    mend: () => {
      broken.clear()
      room = Number.POSITIVE_INFINITY
    },
  }
}

/** Writes what there is room for, as a system does: less than was asked for, and an error only when there is none. */
async function writeWithin(
  file: FileHandle,
  [data, offset, length, position]: unknown[],
  { room, noRoom }: { readonly room: number; noRoom(): NodeJS.ErrnoException },
): Promise<{ bytesWritten: number }> {
  const start = Number(offset ?? 0)
  const whole = Array.isArray(data)
    ? Buffer.concat(data)
    : (data as Buffer).subarray(start, length === undefined ? undefined : start + Number(length))
  const fitting = whole.subarray(0, Math.max(0, room))
  if (fitting.length === 0 && whole.length > 0) throw noRoom()
  return file.write(fitting, 0, fitting.length, position as number | undefined)
}

function used(path: string): number {
  const folder = dirname(path)
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

function systemError(code: string, syscall: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: it was told to fail, ${syscall}`), { code, syscall, errno: -1 })
}
