import type { BlobStore } from '../blob-store.ts'
import type { EventPort } from '../events.ts'
import type { AnyService } from '../service.ts'
import type { StateStore } from '../state-store.ts'
import type { RequestLine, Timeline } from '../timeline.ts'
import { writeCommand } from './command.ts'
import type { Evidence, Finding, Hint, HintRule, HintScope, Seen } from './hint.ts'
import { createHintMemory } from './hint-memory.ts'

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
  /** Whether any rule looks at such a line: what is fine ends here. */
  concerns(line: Pick<RequestLine, 'service' | 'operation' | 'status' | 'invocation'>): boolean
  /** What a line is a sign of; nothing when it was said a moment ago. A promise only where a rule has to wait. */
  hintOf(line: RequestLine, evidence: Evidence): Hint | undefined | Promise<Hint | undefined>
  clear(): void
}

/** Region of lines that name none. */
const defaultRegion = 'us-east-1'

/** Creates the book of a cloud. */
export function createHintBook(parts: HintBookParts): HintBook {
  const memory = createHintMemory()
  const byService = new Map(parts.services.map(service => [service.id, service]))
  const onSuccess = new Map(
    parts.services.map(({ id, hints = [] }) => [
      id,
      new Set(hints.flatMap(rule => (rule.on === 'success' ? rule.operations : []))),
    ]),
  )
  const rulesFor = (line: RequestLine): readonly HintRule[] => {
    const own = (byService.get(line.service)?.hints ?? []) as readonly HintRule[]
    return [...own, ...parts.generalRules].filter(rule => looksAt(rule, line))
  }
  const write = (found: NamedFinding | undefined, line: RequestLine): Hint | undefined => {
    if (!found) return undefined
    const { id, facts, tryIt } = found
    const place = { url: parts.location.url, ...placeOf(line) }
    const hint = { id, facts, ...(tryIt && { command: writeCommand(tryIt, place) }) }
    const admitted = memory.admit(hint, parts.clock.now())
    return admitted && parts.wordHint ? { ...admitted, text: parts.wordHint(admitted) } : admitted
  }
  return {
    concerns: ({ service, operation, status, invocation }) => {
      if (status >= 400 || invocation?.chain !== undefined) return true
      return invocation === undefined && onSuccess.get(service)?.has(operation) === true
    },
    hintOf: (line, evidence) => {
      const found = firstFinding(rulesFor(line), { line, ...evidence }, parts)
      return found instanceof Promise ? found.then(each => write(each, line)) : write(found, line)
    },
    clear: memory.clear,
  }
}

function looksAt({ on, operations, codes }: HintRule, line: RequestLine): boolean {
  const kind = line.invocation ? 'invocation' : line.status >= 400 ? 'failure' : 'success'
  if (on !== kind) return false
  if (operations && !operations.includes(line.operation)) return false
  return codes === undefined || (line.error !== undefined && codes.includes(line.error.code))
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
  if (rules.length === 0) return undefined
  const scope = scopeOf(seen.line, parts)
  const nextFinding = (from: number): ReturnType<typeof firstFinding> => {
    for (const [index, { id, find }] of rules.entries()) {
      if (index < from) continue
      const finding = orNothing(id, () => find(seen, scope), parts)
      if (finding instanceof Promise)
        return finding.then(found => (found ? { id, ...found } : nextFinding(index + 1)))
      if (finding) return { id, ...finding }
    }
    return undefined
  }
  return nextFinding(0)
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
  const service = services.find(({ id }) => id === line.service)
  const { accountId, region } = placeOf(line)
  return {
    state: service && states.get(service, accountId, region),
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
