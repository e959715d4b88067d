import { posix } from 'node:path'
import { type Entry, fromBuffer, getFileNameLowLevel, type ZipFile } from 'yauzl'
import { maximumEntries, maximumUnpackedBytes } from './limits.ts'
import { ZipProblem } from './zip-problem.ts'

/** One thing in a zip, its name checked: relative, with `/`, inside of the folder. */
export interface ZipEntry {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly isExecutable: boolean
  /** Bytes as the zip declares them. */
  readonly size: number
  /** Where its data is in the zip; `end` exclusive. */
  readonly start: number
  readonly end: number
  readonly compression: 'stored' | 'deflated'
  readonly crc32: number
}

const fileTypeMask = 0o170000
const linkType = 0o120000
const folderType = 0o040000
const unixHost = 3
const keepBackslashes = true

/**
 * Reads a zip's directory and checks all that it declares.
 * @throws ZipProblem
 */
export async function readZipEntries(bytes: Buffer): Promise<ZipEntry[]> {
  const zip = await openZip(bytes)
  if (zip.entryCount > maximumEntries) throw new ZipProblem('too-large', `${zip.entryCount} entries`)
  const entries: ZipEntry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(await readEntry(zip, entry))
  } catch (error) {
    throw error instanceof ZipProblem ? error : unreadable(error)
  }
  checkSizes(entries, bytes.length)
  checkNames(entries)
  return entries
}

function openZip(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names are decoded and checked here: yauzl's own check does not say which rule was broken.
    fromBuffer(bytes, { lazyEntries: true, decodeStrings: false }, (error, zip) => {
      if (error) reject(unreadable(error))
      else resolve(zip)
    })
  })
}

async function readEntry(zip: ZipFile, entry: Entry): Promise<ZipEntry> {
  const fileName = getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    keepBackslashes,
  )
  const name = checkName(fileName)
  if (entry.isEncrypted()) throw new ZipProblem('unreadable', `${name} is encrypted`, { entry: name })
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
    throw new ZipProblem('unreadable', `${name} is compressed by a method that is not supported`, {
      entry: name,
    })
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
  const mode = entry.versionMadeBy >>> 8 === unixHost ? entry.externalFileAttributes >>> 16 : 0
  return {
    name,
    kind: kindOf(fileName, mode),
    isExecutable: (mode & 0o111) !== 0,
    size: entry.uncompressedSize,
    start: fileDataStart,
    end: fileDataStart + entry.compressedSize,
    compression: entry.compressionMethod === 0 ? 'stored' : 'deflated',
    crc32: entry.crc32,
  }
}

function kindOf(fileName: string, mode: number): ZipEntry['kind'] {
  if ((mode & fileTypeMask) === linkType) return 'link'
  return fileName.endsWith('/') || (mode & fileTypeMask) === folderType ? 'folder' : 'file'
}

/** Gives the name without a slash at its end. */
function checkName(fileName: string): string {
  const isAbsolute = fileName.startsWith('/') || /^[a-z]:/i.test(fileName)
  const parts = fileName.split('/')
  if (isAbsolute || fileName.includes('\\') || fileName.includes('\0') || parts.includes('..')) {
    throw new ZipProblem('unsafe', `${fileName} would be outside of the folder`, { entry: fileName })
  }
  const name = posix.normalize(fileName).replace(/\/$/, '')
  if (name === '' || name.length > 4096) throw new ZipProblem('unreadable', 'an entry has no usable name')
  return name
}

/** Entries may not claim more than AWS takes, nor share each other's bytes, as bombs do. */
function checkSizes(entries: readonly ZipEntry[], zipBytes: number): void {
  const unpacked = entries.reduce((sum, { size }) => sum + size, 0)
  if (unpacked > maximumUnpackedBytes) throw tooLarge()
  const inOrder = [...entries].sort((one, other) => one.start - other.start)
  let previousEnd = 0
  for (const { name, start, end } of inOrder) {
    if (end > zipBytes) throw new ZipProblem('unreadable', `${name} is cut off`, { entry: name })
    if (end > start && start < previousEnd) {
      throw new ZipProblem('unreadable', `${name} shares its bytes with another entry`, { entry: name })
    }
    previousEnd = Math.max(previousEnd, end)
  }
}

/** A name is there once, and what is a file or a link for one entry is not a folder for another. */
function checkNames(entries: readonly ZipEntry[]): void {
  const kinds = new Map<string, ZipEntry['kind']>()
  for (const { name, kind } of entries) {
    const known = kinds.get(name)
    if (known !== undefined && !(known === 'folder' && kind === 'folder')) {
      throw new ZipProblem('unsafe', `${name} is there twice`, { entry: name })
    }
    kinds.set(name, kind)
  }
  for (const { name } of entries) {
    for (let folder = posix.dirname(name); folder !== '.'; folder = posix.dirname(folder)) {
      const kind = kinds.get(folder)
      if (kind !== undefined && kind !== 'folder') {
        throw new ZipProblem('unsafe', `${name} is inside of ${folder}, which is no folder`, { entry: name })
      }
    }
  }
}

export function tooLarge(): ZipProblem {
  return new ZipProblem('too-large', `more than ${maximumUnpackedBytes} bytes unpacked`)
}

function unreadable(cause: unknown): ZipProblem {
  return new ZipProblem('unreadable', cause instanceof Error ? cause.message : String(cause), { cause })
}
