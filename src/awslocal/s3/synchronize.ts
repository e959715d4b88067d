import { compareText } from './compare-text.ts'
import type { Item } from './item.ts'

/** What decides whether an item that both sides have is sent again. */
export interface SyncRules {
  readonly sizeOnly: boolean
  readonly exactTimestamps: boolean
  /** What only the destination has is deleted. */
  readonly deletes: boolean
}

/** Compares two listings in the order of their keys and gives what must be done to make the destination like the source. */
export async function* synchronize(
  sources: AsyncIterable<Item>,
  destinations: AsyncIterable<Item>,
  rules: SyncRules,
): AsyncGenerator<Item> {
  const fromSource = sources[Symbol.asyncIterator]()
  const fromDestination = destinations[Symbol.asyncIterator]()
  let source = await fromSource.next()
  let destination = await fromDestination.next()
  while (source.done !== true || destination.done !== true) {
    const order = compareNext(source, destination)
    if (order <= 0 && source.done !== true) {
      const isMissing = order < 0 || destination.done === true
      if (isMissing || mustSend(source.value, destination.value, rules)) yield source.value
    }
    if (order > 0 && destination.done !== true && rules.deletes)
      yield { ...destination.value, kind: 'delete' }
    const advancesSource = order <= 0
    const advancesDestination = order >= 0
    if (advancesSource) source = await fromSource.next()
    if (advancesDestination) destination = await fromDestination.next()
  }
}

/** Negative when only the source has what comes next, positive when only the destination has it, 0 when both do. */
function compareNext(source: IteratorResult<Item>, destination: IteratorResult<Item>): number {
  if (source.done === true) return 1
  if (destination.done === true) return -1
  return compareText(source.value.compareKey, destination.value.compareKey)
}

function mustSend(source: Item, destination: Item, rules: SyncRules): boolean {
  if (source.size !== destination.size) return true
  return !rules.sizeOnly && !isUpToDate(source, destination, rules)
}

/** Uploads and copies look whether the destination is newer; downloads whether it is older, since they set its time. */
function isUpToDate(source: Item, destination: Item, { exactTimestamps }: SyncRules): boolean {
  const ahead = (destination.modifiedMs ?? 0) - (source.modifiedMs ?? 0)
  if (source.kind !== 'download') return ahead >= 0
  return exactTimestamps ? ahead === 0 : ahead <= 0
}
