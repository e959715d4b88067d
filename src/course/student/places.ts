import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The first line of the student's own files in a stack, e.g. `objetos.ts:14`, relative to their folder. */
export function findStudentPlace(stack: string, folder: string): string | undefined {
  for (const [, location = '', line = ''] of stack.matchAll(
    /((?:file:\/\/)?\/[^\s()]+|[A-Za-z]:\\[^()\n]+?):(\d+):\d+/g,
  )) {
    const path = toPath(location)
    if (path?.startsWith(folder + sep)) return `${relative(folder, path).split(sep).join('/')}:${line}`
  }
  return undefined
}

function toPath(location: string): string | undefined {
  if (!location.startsWith('file:')) return location
  try {
    return fileURLToPath(location)
  } catch {
    return undefined
  }
}
