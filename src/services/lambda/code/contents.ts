import { posix } from 'node:path'
import { promisify } from 'node:util'
import { inflateRaw, inflateRawSync } from 'node:zlib'
import { crc32 } from '../../../core/crc32.ts'
import { readZipEntries, type ZipEntry } from './entries.ts'
import { maximumUnpackedBytes } from './limits.ts'
import { ZipProblem } from './zip-problem.ts'

/** Entries up to this size are unpacked at once: handing them to another thread takes longer. */
const inlineBytes = 64 * 1024

const inflate = promisify(inflateRaw)

/** What a zip holds, in numbers. */
export interface ZipSummary {
  readonly entryCount: number
  /** Bytes of all files together, as they really are. */
  readonly unpackedBytes: number
}

/**
 * Checks a zip as it is uploaded: what it declares and what it really holds.
 * @throws ZipProblem
 */
export async function checkZip(bytes: Buffer): Promise<ZipSummary> {
  const entries = await readZipEntries(bytes)
  const unpackedBytes = await readContents(bytes, entries, checkContent)
  return { entryCount: entries.length, unpackedBytes }
}

/**
 * Gives each entry with its content, in the zip's order, to `take`; gives the bytes of all of them.
 * @throws ZipProblem where a content is broken, larger than declared, or all together too large
 */
export async function readContents(
  bytes: Buffer,
  entries: readonly ZipEntry[],
  take: (entry: ZipEntry, content: Buffer) => Promise<void> | undefined,
): Promise<number> {
  let unpackedBytes = 0
  for (const entry of entries) {
    if (entry.kind === 'folder') continue
    const content = await readContent(bytes, entry)
    unpackedBytes += content.length
    if (unpackedBytes > maximumUnpackedBytes) throw new ZipProblem('too-large', 'larger than it declares')
    await take(entry, content)
  }
  return unpackedBytes
}

function checkContent(entry: ZipEntry, content: Buffer): undefined {
  if (entry.kind === 'link') resolveLink(entry, content)
}

/**
 * Where a link leads, relative to its own folder.
 * @throws ZipProblem when that may be outside
 */
export function resolveLink({ name }: ZipEntry, content: Buffer): string {
  const target = content.toString('utf8')
  const resolved = posix.normalize(posix.join(posix.dirname(name), target))
  const isUsable = target !== '' && !/[\0\\]/.test(target) && !posix.isAbsolute(target)
  // Steps up only at the beginning: after the name of another link they would start from where that one leads.
  const stepsUpLate = /[^./][^/]*\/(?:.*\/)?\.\.(?:\/|$)/.test(target)
  if (!isUsable || stepsUpLate || resolved === '..' || resolved.startsWith('../')) {
    throw new ZipProblem('unsafe', `${name} links to ${target}`, { entry: name })
  }
  return target
}

async function readContent(bytes: Buffer, entry: ZipEntry): Promise<Buffer> {
  const packed = bytes.subarray(entry.start, entry.end)
  const content = entry.compression === 'stored' ? packed : await unpack(packed, entry)
  if (content.length !== entry.size) throw broken(entry)
  if (crc32(content, 0) !== entry.crc32) throw broken(entry)
  return content
}

async function unpack(packed: Buffer, entry: ZipEntry): Promise<Buffer> {
  if (entry.size === 0) return Buffer.alloc(0)
  // What is larger than it declares stops here, before it fills the memory.
  const options = { maxOutputLength: entry.size }
  try {
    return entry.size <= inlineBytes ? inflateRawSync(packed, options) : await inflate(packed, options)
  } catch (cause) {
    throw broken(entry, cause)
  }
}

function broken({ name }: ZipEntry, cause?: unknown): ZipProblem {
  return new ZipProblem('unreadable', `${name} is broken`, { entry: name, cause })
}
