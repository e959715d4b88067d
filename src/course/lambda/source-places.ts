import { SourceMap } from 'node:module'

/** Names the line of a function's own files that a line of a stack stands for, e.g. `index.ts:14`. */
export type FindPlace = (stackLine: string) => string | undefined

/**
 * Reads the map in a bundle. Where the function runs, a stack may name the lines of the bundle (`/var/task/index.js:28:9`)
 * or, with source maps enabled, those of the source.
 */
export function createPlaces(bundle: string): FindPlace {
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/.exec(bundle)?.[1]
  const map =
    encoded === undefined ? undefined : new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString()))
  return stackLine => {
    const [, file = '', line, column] = /\/var\/task\/([\w./-]+):(\d+)(?::(\d+))?/.exec(stackLine) ?? []
    if (line === undefined) return undefined
    if (/\.tsx?$/.test(file)) return ownPlace(file, Number(line))
    const entry = map?.findEntry(Number(line) - 1, Number(column ?? 1) - 1)
    if (entry === undefined || !('originalSource' in entry)) return undefined
    return ownPlace(entry.originalSource, entry.originalLine + 1)
  }
}

function ownPlace(file: string, line: number): string | undefined {
  return file.includes('node_modules') ? undefined : `${file}:${line}`
}
