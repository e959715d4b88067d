import { type Caller, identifyCaller } from '../../../cloud/caller.ts'
import { createContextKeys } from '../../../cloud/policy/context-keys.ts'
import { decide } from '../../../cloud/policy/decide.ts'
import { parsePolicy } from '../../../cloud/policy/policy.ts'
import type { DataPlaneRequest } from '../../../cloud/service.ts'
import { headerOf } from '../../../wire/http.ts'
import { accessDenied } from '../errors.ts'
import { latestQualifier } from '../functions/find.ts'
import type { LambdaLive } from '../live.ts'
import { policyOf } from '../policies/accepts.ts'
import type { FunctionUrl, LambdaFunction } from '../state.ts'

/** A function URL that was found. */
export interface FoundUrl {
  readonly owner: LambdaFunction
  readonly url: FunctionUrl
  /** An alias; `$LATEST` for the function itself. */
  readonly qualifier: string
}

/** What callers are told who may not use a function URL. */
const forbidden =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'

/**
 * Who calls a function URL. With `NONE` its policy must let everybody; with `AWS_IAM` the caller must sign.
 * Both permissions are needed, as on AWS since October 2025: InvokeFunctionUrl, and InvokeFunction by way of the URL.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 * @throws AwsError AccessDeniedException
 */
export async function requireUrlAccess(
  found: FoundUrl,
  request: DataPlaneRequest,
  { platform }: LambdaLive,
): Promise<Caller> {
  const isPublic = found.url.authType === 'NONE'
  const caller = await identifyCaller(
    {
      signer: {
        accessKeyId: isPublic ? undefined : request.accessKeyId,
        region: undefined,
        service: 'lambda',
        authentication: 'header',
      },
      sessionToken: headerOf(request.wire.headers, 'x-amz-security-token'),
    },
    platform,
    { expired: refuse, invalid: refuse, invalidToken: refuse },
  )
  if (!isPublic && caller.kind === 'nobody') throw accessDenied(forbidden)
  const { enforceIam } = platform
  const mayAll = urlActions.every(action => isAllowed(found, { caller, action, enforceIam }))
  if (!mayAll) throw accessDenied(forbidden)
  return caller
}

function refuse() {
  return accessDenied(forbidden)
}

const urlActions = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const

function isAllowed(
  { owner, url, qualifier }: FoundUrl,
  { caller, action, enforceIam }: { caller: Caller; action: string; enforceIam: boolean },
): boolean {
  const resource = qualifier === latestQualifier ? owner.arn : `${owner.arn}:${qualifier}`
  const policy = policyOf(owner, qualifier)
  const keys = createContextKeys({
    ...caller.facts,
    'lambda:FunctionUrlAuthType': url.authType,
    'lambda:InvokedViaFunctionUrl': 'true',
  })
  const mayByItself = caller.kind === 'account' || (caller.kind === 'limited' && !enforceIam)
  const own = mayByItself ? [everything] : (caller.policies?.identityPolicies ?? [])
  const boundary = enforceIam ? caller.policies?.permissionsBoundary : undefined
  const policies = {
    identity: own.map((document, index) => ({ id: `identity.${index}`, policy: parsePolicy(document) })),
    boundary: boundary === undefined ? undefined : { id: 'boundary', policy: parsePolicy(boundary) },
    resource: policy && { id: 'default', policy },
    resourceAccountId: owner.accountId,
  }
  const request = { principal: caller.principal, action, resource, keys }
  return decide(request, policies).outcome === 'allowed'
}

/** What an account may do by itself. */
const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})
