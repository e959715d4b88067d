import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import type { Operation, OperationContext } from '../../../cloud/operation.ts'
import { findIdentityPolicyFault } from '../../../cloud/policy/identity-faults.ts'
import type { RoleFacts } from '../../../cloud/questions.ts'
import { issueCredentials } from '../../../cloud/session-credentials.ts'
import { formatArn, parseArn } from '../../../core/arn.ts'
import { hashText } from '../../../core/random.ts'
import { invalidRoleArn, malformedPolicyDocument, sessionTooLong, validationError } from '../errors.ts'
import { arnLength, assumeRoleSeconds, roleSessionName } from '../limits.ts'
import type { StsState } from '../state.ts'
import { checkNumber, checkText } from '../validation.ts'

/**
 * Issues temporary credentials of a role, which belong to the role's account.
 * DIFFERS: without ENFORCE_IAM the role need not exist and its trust policy is not asked, as in LocalStack.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole: Operation<StsState, AssumeRoleRequest, AssumeRoleResponse> = async (
  _state,
  input,
  context,
) => {
  checkRequest(input)
  const named = parseRole(input.RoleArn ?? '')
  const known = await context.events.ask('iam:roleOf', { roleArn: named.arn })
  requireTrust(named, known, context)
  const durationSeconds = input.DurationSeconds ?? assumeRoleSeconds.default
  if (known && durationSeconds > known.maxSessionSeconds) throw sessionTooLong()
  const userId = `${known?.id ?? roleId(named.arn)}:${input.RoleSessionName}`
  const arn = formatArn({
    service: 'sts',
    accountId: named.accountId,
    resource: `assumed-role/${named.name}/${input.RoleSessionName}`,
  })
  const session = { accountId: named.accountId, arn, userId, durationSeconds, policy: input.Policy }
  return {
    Credentials: issueCredentials(session, context),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    ...(input.SourceIdentity !== undefined && { SourceIdentity: input.SourceIdentity }),
    ...(input.Policy !== undefined && { PackedPolicySize: Math.ceil((input.Policy.length * 100) / 2048) }),
  }
}

function checkRequest(input: AssumeRoleRequest): void {
  const failures = [
    ...checkText('roleArn', input.RoleArn, arnLength),
    ...checkText('roleSessionName', input.RoleSessionName, roleSessionName),
    ...checkNumber('durationSeconds', input.DurationSeconds, assumeRoleSeconds),
  ]
  if (failures.length > 0) throw validationError(failures)
  const fault = input.Policy === undefined ? undefined : findIdentityPolicyFault(input.Policy)
  if (fault !== undefined) throw malformedPolicyDocument(fault)
}

/** Where permissions decide, the role's trust policy must name the caller; a role that is not there trusts nobody. */
function requireTrust(
  { arn, accountId }: NamedRole,
  known: RoleFacts | undefined,
  { refusalOf }: OperationContext,
): void {
  const refusal = refusalOf?.({
    action: 'sts:AssumeRole',
    resource: arn,
    ...(known && { resourcePolicy: known.trustPolicy }),
    resourceAccountId: accountId,
    isResourcePolicyRequired: true,
  })
  if (refusal) throw refusal
}

interface NamedRole {
  readonly arn: string
  readonly accountId: string
  readonly name: string
}

function parseRole(arn: string): NamedRole {
  const parts = parseArn(arn)
  const isRole =
    parts?.service === 'iam' && parts.resource.startsWith('role/') && /^\d{12}$/.test(parts.accountId)
  if (!isRole) throw invalidRoleArn(arn)
  return { arn, accountId: parts.accountId, name: parts.resource.slice(parts.resource.lastIndexOf('/') + 1) }
}

/** A role's unique id in AWS's form: AROA and 17 characters, the same for the same ARN. */
function roleId(arn: string): string {
  const digits = [arn, `${arn}/`]
    .map(text => hashText(text).toString(36).toUpperCase().padStart(7, '0'))
    .join('')
  return `AROA${digits.padEnd(17, 'X').slice(0, 17)}`
}
