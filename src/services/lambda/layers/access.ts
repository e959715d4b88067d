import { createContextKeys } from '../../../cloud/policy/context-keys.ts'
import { decide } from '../../../cloud/policy/decide.ts'
import { parsePolicy } from '../../../cloud/policy/policy.ts'
import { formatArn, parseArn } from '../../../core/arn.ts'
import { accessDenied } from '../errors.ts'
import type { LambdaContext } from '../operation.ts'
import { writePolicy } from '../policies/policy.ts'
import type { LayerVersion } from '../state.ts'

/**
 * Refuses another account's layer that its policy does not give.
 * @throws AwsError AccessDeniedException
 */
export function requireLayerAccess(
  { arn, policy }: Pick<LayerVersion, 'arn' | 'policy'>,
  { accountId }: Pick<LambdaContext, 'accountId'>,
): void {
  const owner = parseArn(arn)?.accountId
  if (owner === accountId) return
  const caller = formatArn({ service: 'iam', accountId, resource: 'root' })
  const everything = { id: 'root', policy: parsePolicy(fullAccess) }
  const request = {
    principal: { kind: 'aws', arn: caller, accountId } as const,
    action: 'lambda:GetLayerVersion',
    resource: arn,
    keys: createContextKeys({}),
  }
  const resource = policy && { id: 'default', policy: parsePolicy(writePolicy(policy)) }
  const decision = decide(request, { identity: [everything], resource, resourceAccountId: owner })
  if (decision.outcome !== 'allowed') {
    throw accessDenied(
      `User: ${caller} is not authorized to perform: lambda:GetLayerVersion on resource: ${arn} because no resource-based policy allows the lambda:GetLayerVersion action`,
    )
  }
}

/** What an account may do by itself; the layer's own policy decides the rest. */
const fullAccess = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})
