import { tooManyRequests } from '../errors.ts'
import { accountConcurrency } from '../limits.ts'
import type { LambdaFunction, LambdaState } from '../state.ts'

/** Counts the calls that are at work. */
export interface Concurrency {
  /**
   * Takes room for one call; gives what lets it go.
   * @throws AwsError TooManyRequestsException
   */
  enter(state: LambdaState, owner: LambdaFunction): () => void
  /** Calls of a function that are at work. */
  running(owner: LambdaFunction): number
  /** Whether any call is at work. */
  isAtWork(): boolean
}

/** Creates a counter; nothing is at work. `onRoom` is called whenever a call has ended. */
export function createConcurrency(onRoom: () => void): Concurrency {
  const counts = new Map<string, number>()
  const running = ({ arn }: LambdaFunction): number => counts.get(arn) ?? 0
  const count = ({ arn }: LambdaFunction, change: 1 | -1): void => {
    const next = (counts.get(arn) ?? 0) + change
    if (next === 0) counts.delete(arn)
    else counts.set(arn, next)
  }
  return {
    running,
    isAtWork: () => counts.size > 0,
    enter: (state, owner) => {
      requireRoom(state, owner, running)
      count(owner, 1)
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        count(owner, -1)
        onRoom()
      }
    },
  }
}

function requireRoom(state: LambdaState, owner: LambdaFunction, running: Concurrency['running']): void {
  if (owner.reservedConcurrency !== undefined) {
    if (running(owner) >= owner.reservedConcurrency)
      throw tooManyRequests('ReservedFunctionConcurrentInvocationLimitExceeded')
    return
  }
  let used = 0
  for (const other of state.functions.values())
    used += other.reservedConcurrency === undefined ? running(other) : other.reservedConcurrency
  if (used >= accountConcurrency) throw tooManyRequests('ConcurrentInvocationLimitExceeded')
}

/** What functions without a reservation have together. */
export function unreservedConcurrency(state: LambdaState): number {
  let left = accountConcurrency
  for (const owner of state.functions.values())
    left -= owner.reservedConcurrency ?? provisionedConcurrency(owner)
  return left
}

/** Environments that are kept ready for a function's versions and aliases. */
export function provisionedConcurrency({ provisioned }: LambdaFunction): number {
  let sum = 0
  for (const { requested } of provisioned.values()) sum += requested
  return sum
}
