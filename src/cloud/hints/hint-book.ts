import type { BlobStore } from '../blob-store.ts'
import type { EventPort } from '../events.ts'
import type { AnyService } from '../service.ts'
import type { StateStore } from '../state-store.ts'
import type { RequestLine, Timeline } from '../timeline.ts'
import { writeCommand } from './command.ts'
import type { Finding, Hint, HintRule, HintScope, Seen } from './hint.ts'
import { createHintMemory } from './hint-memory.ts'
import { createRuleIndex } from './rule-index.ts'

/** What a hint book looks things up in. */
export interface HintBookParts {
  readonly services: readonly AnyService[]
  readonly states: StateStore
  readonly events: EventPort
  readonly blobs: Pick<BlobStore, 'read'>
  readonly timeline: Timeline
  readonly clock: { now(): number }
  /** Where the cloud listens. */
  readonly location: { readonly url: string }
  /** Rules that no service declares. */
  readonly generalRules: readonly HintRule[]
  /** Words for hints; without it they are told by id and facts only. */
  readonly wordHint: ((hint: Hint) => string) | undefined
  readonly onBug: (error: unknown, where: string) => void
}

/** Finds hints by the rules of the cloud and of its services. */
export interface HintBook {
  /** The rules that look at a line; for most lines none, and then nothing more is to be done. */
  rulesFor(line: RequestLine): readonly HintRule[]
  /** What a line is a sign of; nothing when it was said a moment ago. A promise only where a rule has to wait. */
  hintOf(rules: readonly HintRule[], seen: Seen): Hint | undefined | Promise<Hint | undefined>
  clear(): void
}

/** Region of lines that name none. */
const defaultRegion = 'us-east-1'

/** Creates the book of a cloud. */
export function createHintBook(parts: HintBookParts): HintBook {
  const memory = createHintMemory()
  const { rulesFor } = createRuleIndex(parts.services, parts.generalRules)
  const write = (found: NamedFinding | undefined, line: RequestLine): Hint | undefined => {
    if (!found) return undefined
    const { id, facts, tryIt } = found
    const place = { url: parts.location.url, ...placeOf(line) }
    const hint = { id, facts, ...(tryIt && { command: writeCommand(tryIt, place) }) }
    const admitted = memory.admit(hint, parts.clock.now())
    return admitted && parts.wordHint ? { ...admitted, text: parts.wordHint(admitted) } : admitted
  }
  return {
    rulesFor,
    hintOf: (rules, seen) => {
      const found = firstFinding(rules, seen, parts)
      return found instanceof Promise ? found.then(each => write(each, seen.line)) : write(found, seen.line)
    },
    clear: memory.clear,
  }
}

interface NamedFinding extends Finding {
  readonly id: string
}

/** The first rule that finds something; a rule that throws is a bug of ours and finds nothing. */
function firstFinding(
  rules: readonly HintRule[],
  seen: Seen,
  parts: HintBookParts,
): NamedFinding | undefined | Promise<NamedFinding | undefined> {
  const scope = scopeOf(seen.line, parts)
  const findFrom = (index: number): ReturnType<typeof firstFinding> => {
    const rule = rules[index]
    if (rule === undefined) return undefined
    const { id } = rule
    const finding = orNothing(id, () => rule.find(seen, scope), parts)
    if (finding instanceof Promise)
      return finding.then(found => (found ? { id, ...found } : findFrom(index + 1)))
    return finding ? { id, ...finding } : findFrom(index + 1)
  }
  return findFrom(0)
}

function orNothing(
  id: string,
  find: () => ReturnType<HintRule['find']>,
  { onBug }: HintBookParts,
): ReturnType<HintRule['find']> {
  const report = (error: unknown): undefined => {
    onBug(error, `hint ${id}`)
    return undefined
  }
  try {
    const finding = find()
    return finding instanceof Promise ? finding.catch(report) : finding
  } catch (error) {
    return report(error)
  }
}

function scopeOf(line: RequestLine, { services, states, timeline, events, blobs }: HintBookParts): HintScope {
  const { accountId, region } = placeOf(line)
  return {
    get state() {
      const service = services.find(({ id }) => id === line.service)
      return service && states.get(service, accountId, region)
    },
    accountId,
    region,
    states: function* () {
      for (const entry of [...states.entries()]) if (entry.serviceId === line.service) yield entry
    },
    earlier: timeline.lines,
    ask: events.ask,
    blobs,
  }
}

function placeOf({ accountId, region = defaultRegion }: RequestLine): {
  readonly accountId: string
  readonly region: string
} {
  return { accountId, region }
}
