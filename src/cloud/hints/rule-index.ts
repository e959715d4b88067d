import type { AnyService } from '../service.ts'
import type { RequestLine } from '../timeline.ts'
import type { HintRule } from './hint.ts'

/** Which rules look at a line; made once, so that a line that is fine costs a look-up. */
export interface RuleIndex {
  rulesFor(line: RequestLine): readonly HintRule[]
}

const noRules: readonly HintRule[] = []

/** Orders rules by what they look at: a service's own come before the general ones. */
export function createRuleIndex(
  services: readonly AnyService[],
  generalRules: readonly HintRule[],
): RuleIndex {
  const onSuccess = new Map<string, HintRule[]>()
  const others = new Map<string, readonly HintRule[]>()
  for (const { id, hints = [] } of services) {
    const own: readonly HintRule[] = hints
    for (const rule of own) {
      if (rule.on !== 'success') continue
      for (const operation of rule.operations) {
        const place = `${id} ${operation}`
        onSuccess.set(place, [...(onSuccess.get(place) ?? []), rule])
      }
    }
    others.set(id, [...own, ...generalRules])
  }
  return {
    rulesFor: line => {
      const { service, operation, status, invocation } = line
      if (invocation === undefined && status < 400) return onSuccess.get(`${service} ${operation}`) ?? noRules
      if (invocation?.outcome === 'ok' && invocation.chain === undefined) return noRules
      return (others.get(service) ?? generalRules).filter(rule => looksAt(rule, line))
    },
  }
}

function looksAt({ on, operations, codes }: HintRule, line: RequestLine): boolean {
  if (on !== (line.invocation ? 'invocation' : 'failure')) return false
  if (operations && !operations.includes(line.operation)) return false
  return codes === undefined || (line.error !== undefined && codes.includes(line.error.code))
}
