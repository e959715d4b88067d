import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that this very code was built into; `undefined` when it runs from its sources. */
export function findBuiltFolder(): string | undefined {
  const folder = dirname(fileURLToPath(import.meta.url))
  return basename(folder) === 'dist' ? folder : undefined
}
