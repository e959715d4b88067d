import { setTimeout } from 'node:timers/promises'
import { CommandFailure, ServiceFailure } from '../failure.ts'
import { search } from '../output/query.ts'
import type { Acceptor, WaiterFacts } from '../services/facts.ts'
import { toPythonText } from '../values/python-text.ts'

/** What one try gave. */
type Outcome =
  | { readonly statusCode: number; readonly answer: Readonly<Record<string, unknown>> }
  | { readonly statusCode: number; readonly failure: ServiceFailure }

/** A waiter and how it asks. */
export interface Waiting {
  /** AWS's name, e.g. `BucketExists`. */
  readonly name: string
  readonly facts: WaiterFacts
  readonly ask: () => Promise<Readonly<Record<string, unknown>>>
  /** Passes the time between two tries; tests put their own. */
  readonly pause?: (milliseconds: number) => Promise<unknown>
}

/** Asks until the waiter's condition holds; throws when it cannot hold any more or the tries are used up. */
export async function waitUntil({ name, facts, ask, pause = setTimeout }: Waiting): Promise<void> {
  let hasMatched = false
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryOnce(ask)
    const matched = facts.acceptors.find(acceptor => accepts(acceptor, outcome))
    hasMatched ||= matched !== undefined
    if (matched === undefined && 'failure' in outcome) throw unexpectedFailure(name, outcome.failure)
    if (matched?.state === 'success') return
    if (matched?.state === 'failure') {
      throw waiterFailure(name, `Waiter encountered a terminal failure state: ${explain(matched)}`)
    }
    if (attempt >= facts.maxAttempts) {
      const last = matched ?? facts.acceptors.at(-1)
      const previously = hasMatched && last ? `. Previously accepted state: ${explain(last)}` : ''
      throw waiterFailure(name, `Max attempts exceeded${previously}`)
    }
    await pause(facts.delaySeconds * 1000)
  }
}

async function tryOnce(ask: Waiting['ask']): Promise<Outcome> {
  try {
    return { statusCode: 200, answer: await ask() }
  } catch (error) {
    if (!(error instanceof ServiceFailure)) throw error
    return { statusCode: error.statusCode, failure: error }
  }
}

function accepts(acceptor: Acceptor, outcome: Outcome): boolean {
  const { matcher, expected } = acceptor
  if (matcher === 'status') return outcome.statusCode === expected
  if (matcher === 'error') return acceptsError(expected, outcome)
  if ('failure' in outcome) return false
  const found = search(outcome.answer, acceptor.argument ?? '')
  if (matcher === 'path') return found === expected
  if (!Array.isArray(found) || found.length === 0) return false
  return matcher === 'pathAll' ? found.every(item => item === expected) : found.includes(expected)
}

function acceptsError(expected: Acceptor['expected'], outcome: Outcome): boolean {
  if (typeof expected === 'boolean') return 'failure' in outcome === expected
  return 'failure' in outcome && outcome.failure.code === expected
}

function explain({ matcher, argument, expected }: Acceptor): string {
  const value = toPythonText(expected)
  if (matcher === 'path') return `For expression "${argument}" we matched expected path: "${value}"`
  if (matcher === 'pathAll')
    return `For expression "${argument}" all members matched expected path: "${value}"`
  if (matcher === 'pathAny') {
    return `For expression "${argument}" we matched expected path: "${value}" at least once`
  }
  if (matcher === 'status') return `Matched expected HTTP status code: ${value}`
  return `Matched expected service error code: ${value}`
}

function unexpectedFailure(name: string, { facts }: ServiceFailure): CommandFailure {
  return waiterFailure(name, `An error occurred (${facts.code}): ${facts.reason}`)
}

function waiterFailure(name: string, reason: string): CommandFailure {
  return new CommandFailure(`Waiter ${name} failed: ${reason}`)
}
