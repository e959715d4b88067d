import { AwsError } from '../core/aws-error.ts'
import type { ServiceModel } from '../wire/model.ts'
import type { Caller, CredentialErrors } from './caller.ts'
import type { Permission } from './permission.ts'
import type { Decision, PolicyLayer } from './policy/decide.ts'

/** What of a service its refusals depend on. */
interface RefusingService {
  readonly id: string
  readonly model: ServiceModel
}

const layerNames: Readonly<Record<PolicyLayer, string>> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  resource: 'resource-based policy',
}

/** The answer to a caller that may not, in AWS's words. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(
  service: RefusingService,
  { caller, permission, decision }: { caller: Caller; permission: Permission; decision: Decision },
): AwsError {
  const { action, resource, label, refusalHeaders: headers = {} } = permission
  if (caller.kind === 'nobody') return missingCredentials(service, headers)
  if (service.id === 's3' && isOfOtherAccount(caller, permission)) return missingCredentials(service, headers)
  const named = label ?? (service.id === 's3' ? `"${resource}"` : resource)
  const place = resource === 'arn:aws:s3:::*' ? '' : ` on resource: ${named}`
  const reason = permission.isResourcePolicyRequired ? '' : ` ${reasonOf(decision, action)}`
  const message = `User: ${caller.arn} is not authorized to perform: ${action}${place}${reason}`
  return new AwsError(deniedCode(service), message, { statusCode: deniedStatus(service), headers })
}

function reasonOf(decision: Decision, action: string): string {
  if (decision.outcome === 'implicitDeny')
    return `because no ${layerNames[decision.missing]} allows the ${action} action`
  const layer = decision.by[0]?.layer ?? 'identity'
  return `with an explicit deny in ${layer === 'identity' ? 'an' : 'a'} ${layerNames[layer]}`
}

/** S3 tells the callers of other accounts nothing of its reasons. */
function isOfOtherAccount({ principal }: Caller, { resourceAccountId }: Permission): boolean {
  if (resourceAccountId === undefined || principal.kind !== 'aws') return false
  return principal.accountId !== resourceAccountId
}

function missingCredentials({ id }: RefusingService, headers: Readonly<Record<string, string>>): AwsError {
  const facts = { statusCode: 403, headers }
  if (id === 's3') return new AwsError('AccessDenied', 'Access Denied', facts)
  return new AwsError('MissingAuthenticationToken', 'Missing Authentication Token', facts)
}

function isJson({ model }: RefusingService): boolean {
  return model.protocol !== 'query' && model.protocol !== 'restXml'
}

function deniedCode(service: RefusingService): string {
  return isJson(service) ? 'AccessDeniedException' : 'AccessDenied'
}

function deniedStatus({ model }: RefusingService): number {
  return model.protocol.startsWith('awsJson') ? 400 : 403
}

/** How a service answers credentials that are no longer, or never were, valid. */
export function credentialErrors(service: RefusingService): CredentialErrors {
  if (service.id === 's3') {
    return {
      expired: () => new AwsError('ExpiredToken', 'The provided token has expired.', { statusCode: 400 }),
      invalid: AWSAccessKeyId =>
        new AwsError(
          'InvalidAccessKeyId',
          'The AWS Access Key Id you provided does not exist in our records.',
          { statusCode: 403, members: { AWSAccessKeyId } },
        ),
      invalidToken: token =>
        new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.', {
          statusCode: 400,
          members: { 'Token-0': token },
        }),
    }
  }
  const statusCode = service.model.protocol.startsWith('awsJson') ? 400 : 403
  const [expired, invalid] = isJson(service)
    ? ['ExpiredTokenException', 'UnrecognizedClientException']
    : ['ExpiredToken', 'InvalidClientTokenId']
  const refuse = () =>
    new AwsError(invalid, 'The security token included in the request is invalid.', { statusCode })
  return {
    expired: () =>
      new AwsError(expired, 'The security token included in the request is expired', { statusCode }),
    invalid: refuse,
    invalidToken: refuse,
  }
}
