import { type Zippable, zipSync } from 'fflate'

/** A file, or a file with its mode as `ls` would show it. */
export type ZipContent = string | { readonly content: string; readonly mode: number }

const unix = 3

/** Makes a zip; a mode says whether an entry is a link (0o120777) or executable (0o100755). */
export function makeZip(files: Readonly<Record<string, ZipContent>>): Buffer {
  const entries: Zippable = {}
  for (const [name, file] of Object.entries(files)) {
    const { content, mode } = typeof file === 'string' ? { content: file, mode: 0o100644 } : file
    entries[name] = [Buffer.from(content), { os: unix, attrs: (mode << 16) >>> 0 }]
  }
  return Buffer.from(zipSync(entries))
}

export function linkTo(target: string): ZipContent {
  return { content: target, mode: 0o120777 }
}

/** Replaces a text by one of the same length, everywhere in the zip: names that no packer would write. */
export function rename(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1')
}

/** Changes the size that the only entry declares, in its own header and in the zip's directory. */
export function declareSize(zip: Buffer, bytes: number): Buffer {
  const changed = Buffer.from(zip)
  changed.writeUInt32LE(bytes, zip.indexOf('PK\x03\x04', 0, 'latin1') + 22)
  changed.writeUInt32LE(bytes, zip.indexOf('PK\x01\x02', 0, 'latin1') + 24)
  return changed
}
