import { createHash } from 'node:crypto'

/**
 * How often a function is invoked in one chain of events that it caused itself; then the chain is cut.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export const maxLoopInvocations = 16

/** A trace that a function's next invocation carries, so that what it causes can be told from what others cause. */
export interface ContinuedTrace {
  readonly traceId: string
  /** How often the function was invoked in this chain, this time included. */
  readonly invocations: number
}

/** Begins the member of a trace that counts invocations: `Lineage=1:3f9a2c41:2|1:77aa01bd:2`. */
const lineagePrefix = 'Lineage='

/** How often a function was invoked in the chain that a trace tells of. */
export function countInvocations(traceId: string, functionArn: string): number {
  return readLineage(membersOf(traceId)).get(hashOf(functionArn)) ?? 0
}

/** Counts one more invocation of a function in the chain that a trace tells of. */
export function continueTrace(traceId: string, functionArn: string): ContinuedTrace {
  const members = membersOf(traceId)
  const counts = readLineage(members)
  const own = hashOf(functionArn)
  const invocations = (counts.get(own) ?? 0) + 1
  counts.set(own, invocations)
  const written = [...counts].map(([hash, count]) => `1:${hash}:${count}`).join('|')
  const others = members.filter(member => !member.startsWith(lineagePrefix))
  return { traceId: [...others, lineagePrefix + written].join(';'), invocations }
}

function membersOf(traceId: string): string[] {
  return traceId.split(';').filter(member => member !== '')
}

/** Invocations by the hash of their function's ARN. */
function readLineage(members: readonly string[]): Map<string, number> {
  const lineage = members.find(member => member.startsWith(lineagePrefix))?.slice(lineagePrefix.length) ?? ''
  const counts = new Map<string, number>()
  for (const [, hash = '', count] of lineage.matchAll(/1:([0-9a-f]{8}):(\d{1,5})/g)) {
    counts.set(hash, Number(count))
  }
  return counts
}

function hashOf(functionArn: string): string {
  return createHash('sha256').update(functionArn).digest('hex').slice(0, 8)
}
