import { sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The first line of the student's own files in a stack, e.g. `objetos.ts:14`, relative to their folder.
 * @param folder the folder's real path; it may hold blanks, accents and parentheses
 */
export function findStudentPlace(stack: string, folder: string): string | undefined {
  const prefixes = [folder + sep, `${pathToFileURL(folder).href}/`]
  for (const line of stack.split('\n')) {
    for (const prefix of prefixes) {
      const start = line.indexOf(prefix)
      if (start === -1) continue
      const match = /^(.+?\.\w+):(\d+)/.exec(line.slice(start + prefix.length))
      if (match === null) continue
      const [, path = '', number = ''] = match
      return `${decode(path).split(sep).join('/')}:${number}`
    }
  }
  return undefined
}

/** A student's text may look like an address without being one. */
function decode(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
