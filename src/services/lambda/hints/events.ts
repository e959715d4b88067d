import type { Finding, HintRule } from '../../../cloud/hints/hint.ts'
import type { RequestLine } from '../../../cloud/timeline.ts'
import { maxLoopInvocations } from '../asynchronous/loops.ts'
import type { LambdaState } from '../state.ts'

/** A function whose own writes invoke it again, unless it is meant to. */
const loop: HintRule<LambdaState> = {
  id: 'lambda.recursive-loop',
  on: 'invocation',
  find: ({ line }, { state }) => {
    const chain = line.invocation?.chain
    if (chain === undefined || chain > maxLoopInvocations) return undefined
    if (state.functions.get(line.operation)?.recursiveLoop === 'Allow') return undefined
    return loopFinding(line)
  },
}

/** After so many times Lambda ends it. */
const endedLoop: HintRule<LambdaState> = {
  id: 'lambda.loop-ended',
  on: 'invocation',
  find: ({ line }) =>
    line.invocation?.chain !== undefined && line.status === 508 ? loopFinding(line) : undefined,
}

/** The facts are the same for every turn, whatever object it is about, so that a loop is told once. */
function loopFinding({ operation, resource }: RequestLine): Finding {
  const [, bucket = '', folder = ''] = /^\S+ ([^/]+)\/(.*\/)?/.exec(resource) ?? []
  return {
    facts: { function: operation, place: `${bucket}/${folder}`, times: String(maxLoopInvocations) },
    tryIt: ['s3api', 'get-bucket-notification-configuration', '--bucket', bucket],
  }
}

/** An event that a function's policy does not let in, or for a function that was deleted. */
const refusedDelivery: HintRule<LambdaState> = {
  id: 'lambda.delivery-refused',
  on: 'invocation',
  find: ({ line: { invocation, operation, status } }, { state }) => {
    if (invocation?.outcome !== 'undelivered' || status !== 403 || !state.functions.has(operation))
      return undefined
    return { facts: { function: operation }, tryIt: ['lambda', 'get-policy', '--function-name', operation] }
  },
}

const deliveryToNobody: HintRule<LambdaState> = {
  id: 'lambda.delivery-to-nobody',
  on: 'invocation',
  find: ({ line: { invocation, operation, status, resource } }, { state }) => {
    if (invocation?.outcome !== 'undelivered' || status !== 404 || state.functions.has(operation))
      return undefined
    const tryIt = ['lambda', 'list-functions', '--query', 'Functions[].FunctionName']
    return { facts: { function: operation, event: resource }, tryIt }
  },
}

/** Events that come back, or do not arrive. */
export const eventRules = [loop, endedLoop, refusedDelivery, deliveryToNobody]
