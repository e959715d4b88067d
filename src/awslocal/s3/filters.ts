import { dirname, resolve } from 'node:path'
import type { FilterUse } from '../arguments/option.ts'
import type { Item } from './item.ts'
import { toPattern } from './name-pattern.ts'
import { isS3Uri, splitUri } from './uri.ts'

/** Says whether an item is wanted. */
export type Filter = (item: Pick<Item, 'path'>) => boolean

/** What filters are relative to. */
export interface FilterRoots {
  readonly source: string
  readonly destination: string
  readonly isRecursive: boolean
}

/** Reads `--include` and `--exclude`: everything is wanted, then each that matches changes that; the last one decides. */
export function createFilter(uses: readonly FilterUse[], roots: FilterRoots): Filter {
  const sourceRoot = rootOf(roots.source, roots.isRecursive)
  const destinationRoot = rootOf(roots.destination, roots.isRecursive)
  const rules = uses.flatMap(({ option, pattern }) =>
    [sourceRoot, destinationRoot].map(root => ({
      isInclude: option === 'include',
      pattern: toPattern(joinPattern(root, pattern)),
    })),
  )
  return ({ path }) =>
    rules.reduce((wanted, rule) => (rule.pattern.test(path) ? rule.isInclude : wanted), true)
}

function rootOf(place: string, isRecursive: boolean): string {
  if (!isS3Uri(place)) return resolve(isRecursive ? place : dirname(place))
  const { bucket, key } = splitUri(place)
  if (isRecursive || key.endsWith('/')) return `${bucket}/${key}`
  return `${bucket}/${key.split('/').slice(0, -1).join('/')}`
}

/** Patterns that start with a slash stand for themselves. */
function joinPattern(root: string, pattern: string): string {
  if (pattern.startsWith('/')) return pattern
  return root.endsWith('/') ? root + pattern : `${root}/${pattern}`
}
