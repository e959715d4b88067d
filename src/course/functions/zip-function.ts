import { type Zippable, zipSync } from 'fflate'

/** Zips keep the local time without a zone: this one reads the same everywhere. */
const zipTime = new Date(1980, 0, 1)

/** `-rw-r--r--`, as Unix keeps it in a zip's external attributes. */
const readableFile = 0o100644 << 16

/** In a zip's header, who wrote it: Unix, so that the attributes count. */
const unix = 3

/** Zips a function's files, byte for byte the same for the same files; paths with `/`. */
export function zipFunction(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries: Zippable = {}
  for (const path of Object.keys(files).sort()) {
    const bytes = files[path]
    if (bytes !== undefined) entries[path] = [bytes, { mtime: zipTime, os: unix, attrs: readableFile }]
  }
  return zipSync(entries)
}
