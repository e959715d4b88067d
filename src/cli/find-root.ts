import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The name in the workshop's package.json. */
const packageName = 'taller-nube'

/** The workshop that a folder is in: the nearest one upwards that holds its package.json. */
export function findRoot(folder: string): string | undefined {
  if (isRoot(folder)) return folder
  const parent = dirname(folder)
  return parent === folder ? undefined : findRoot(parent)
}

function isRoot(folder: string): boolean {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return false
  try {
    return JSON.parse(readFileSync(file, 'utf8')).name === packageName
  } catch {
    // Another project's broken package.json is not ours, and says nothing about the folders above.
    return false
  }
}
