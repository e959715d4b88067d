import { statSync } from 'node:fs'
import { resolve, sep } from 'node:path'
import type { PlaceType } from './item.ts'
import { isS3Uri, scheme } from './uri.ts'

/** Where a command takes from and brings to. */
export interface Places {
  readonly source: Place
  readonly destination: Place
  /** Everything below, not one file. */
  readonly isRecursive: boolean
  /** The destination takes the source's name. */
  readonly keepsName: boolean
}

export interface Place {
  readonly type: PlaceType
  /** An absolute path, or `bucket/key`; roots end with a separator. */
  readonly path: string
}

/** Reads a source and a destination as they stand on the command line. */
export function readPlaces(source: string, destination: string, isRecursive: boolean): Places {
  const to = readPlace(destination, isRecursive)
  return { source: readPlace(source, isRecursive), destination: to, isRecursive, keepsName: to.keepsName }
}

function readPlace(path: string, isRecursive: boolean): Place & { keepsName: boolean } {
  return isS3Uri(path)
    ? readObjectPlace(path.slice(scheme.length), isRecursive)
    : readLocalPlace(path, isRecursive)
}

function readLocalPlace(path: string, isRecursive: boolean): Place & { keepsName: boolean } {
  const absolute = resolve(path)
  const isFolder = statSync(absolute, { throwIfNoEntry: false })?.isDirectory() === true
  const keepsName = isFolder || isRecursive || path.endsWith(sep)
  return { type: 'local', path: keepsName && !absolute.endsWith(sep) ? absolute + sep : absolute, keepsName }
}

function readObjectPlace(path: string, isRecursive: boolean): Place & { keepsName: boolean } {
  const isRoot = path.endsWith('/')
  return { type: 's3', path: isRecursive && !isRoot ? `${path}/` : path, keepsName: isRecursive || isRoot }
}

/** The destination of one entry and the name by which sync compares it. */
export function placeEntry(places: Places, path: string): { destination: string; compareKey: string } {
  const { source, destination, isRecursive, keepsName } = places
  const separator = separatorOf(source)
  const relative = isRecursive ? path.slice(source.path.length) : (path.split(separator).at(-1) ?? '')
  const compareKey = relative.replaceAll(separator, '/')
  return {
    compareKey,
    destination: keepsName
      ? destination.path + compareKey.replaceAll('/', separatorOf(destination))
      : destination.path,
  }
}

function separatorOf({ type }: Place): string {
  return type === 's3' ? '/' : sep
}
