import * as fs from 'node:fs/promises'

/** What of the file system a cloud writes with; tests put one in its place that has no room, or faults. */
export type Disk = Pick<typeof fs, 'open' | 'rename' | 'unlink'>

/** This machine's file system. */
export const realDisk: Disk = fs

/** What people call the errors of a file system, by their POSIX names. */
const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'no room is left on the disk of',
  EDQUOT: 'the disk quota is used up in',
  EFBIG: 'a file would be larger than it may be in',
  EIO: 'the disk failed in',
  EROFS: 'nothing can be written in',
  EACCES: 'this user may not write in',
  EPERM: 'this user may not write in',
  ENOENT: 'somebody removed the folder',
  EMFILE: 'too many files are open to use',
  ENFILE: 'too many files are open to use',
}

/**
 * The machine's disk did not do what it was asked, e.g. because it is full. It is no bug of ours: the client is told,
 * in its service's own shape, and nothing else happens.
 */
export class DiskError extends Error {
  /** POSIX name, e.g. `ENOSPC`. */
  readonly code: string
  /** Where it was to write or read. */
  readonly folder: string

  constructor(code: string, folder: string, cause: unknown) {
    super(`${causes[code] ?? 'the disk refuses to work in'} ${folder} (${code})`, { cause })
    this.name = 'DiskError'
    this.code = code
    this.folder = folder
  }
}

/** Whether an error says that the disk, or the user's share of it, is full. */
export function isNoRoom(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown }
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/**
 * Does something with files of `folder`.
 * @throws DiskError in place of the system's own error; any other error as it is.
 */
export async function onDisk<Result>(
  folder: string,
  action: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await action()
  } catch (error) {
    throw asDiskError(error, folder)
  }
}

/** The error of a file system as a DiskError; any other as it is. */
export function asDiskError(error: unknown, folder: string): unknown {
  if (!(error instanceof Error) || error instanceof DiskError) return error
  const { code, syscall } = error as NodeJS.ErrnoException
  return syscall !== undefined && code !== undefined && /^E[A-Z0-9]+$/.test(code)
    ? new DiskError(code, folder, error)
    : error
}

/**
 * Resolves when names that were made or changed in a folder survive a power failure.
 * @throws DiskError
 */
export async function syncFolder(disk: Disk, folder: string): Promise<void> {
  // Windows has no such thing: there its file system's journal keeps them.
  if (process.platform === 'win32') return
  await onDisk(folder, async () => {
    const handle = await disk.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}
