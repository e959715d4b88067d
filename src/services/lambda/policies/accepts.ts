import { createContextKeys } from '../../../cloud/policy/context-keys.ts'
import { decide } from '../../../cloud/policy/decide.ts'
import { type Policy, parsePolicy } from '../../../cloud/policy/policy.ts'
import type { TargetQuestion } from '../../../cloud/questions.ts'
import { latestQualifier } from '../functions/find.ts'
import type { LambdaFunction, ResourcePolicy } from '../state.ts'
import { writePolicy } from './policy.ts'

const parsed = new WeakMap<ResourcePolicy, Policy>()

/** A function's policy as the evaluator reads it. */
export function policyOf(owner: LambdaFunction, qualifier: string | undefined): Policy | undefined {
  const policy = owner.policies.get(qualifier ?? latestQualifier)
  if (!policy) return undefined
  const known = parsed.get(policy)
  if (known) return known
  const fresh = parsePolicy(writePolicy(policy))
  parsed.set(policy, fresh)
  return fresh
}

/** Whether a function's policy lets a service invoke it for what it says it acts for. */
export function acceptsService(
  owner: LambdaFunction,
  qualifier: string | undefined,
  { principal, sourceArn, sourceAccount }: Omit<TargetQuestion, 'targetArn'>,
): boolean {
  const policy = policyOf(owner, qualifier)
  if (!policy) return false
  const resource = qualifier === undefined ? owner.arn : `${owner.arn}:${qualifier}`
  const keys = createContextKeys({ 'aws:SourceArn': sourceArn, 'aws:SourceAccount': sourceAccount })
  const request = {
    principal: { kind: 'service', name: principal } as const,
    action: 'lambda:InvokeFunction',
    resource,
    keys,
  }
  const policies = { identity: [], resource: { id: 'default', policy }, resourceAccountId: owner.accountId }
  return decide(request, policies).outcome === 'allowed'
}
