import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import type { Operation } from '../../../cloud/operation.ts'
import { issueCredentials } from '../../../cloud/session-credentials.ts'
import { formatArn, parseArn } from '../../../core/arn.ts'
import { hashText } from '../../../core/random.ts'
import { invalidRoleArn, validationError } from '../errors.ts'
import { arnLength, assumeRoleSeconds, roleSessionName } from '../limits.ts'
import type { StsState } from '../state.ts'
import { checkNumber, checkText } from '../validation.ts'

/**
 * Issues temporary credentials of a role, which belong to the role's account.
 * DIFFERS: the role need not exist and its trust policy is not asked, as in LocalStack without ENFORCE_IAM.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const assumeRole: Operation<StsState, AssumeRoleRequest, AssumeRoleResponse> = (
  _state,
  input,
  context,
) => {
  const failures = [
    ...checkText('roleArn', input.RoleArn, arnLength),
    ...checkText('roleSessionName', input.RoleSessionName, roleSessionName),
    ...checkNumber('durationSeconds', input.DurationSeconds, assumeRoleSeconds),
  ]
  if (failures.length > 0) throw validationError(failures)
  const role = parseRole(input.RoleArn ?? '')
  const userId = `${roleId(role.arn)}:${input.RoleSessionName}`
  const arn = formatArn({
    service: 'sts',
    accountId: role.accountId,
    resource: `assumed-role/${role.name}/${input.RoleSessionName}`,
  })
  const durationSeconds = input.DurationSeconds ?? assumeRoleSeconds.default
  return {
    Credentials: issueCredentials({ accountId: role.accountId, arn, userId, durationSeconds }, context),
    AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    ...(input.SourceIdentity !== undefined && { SourceIdentity: input.SourceIdentity }),
    ...(input.Policy !== undefined && { PackedPolicySize: Math.ceil((input.Policy.length * 100) / 2048) }),
  }
}

function parseRole(arn: string): { readonly arn: string; readonly accountId: string; readonly name: string } {
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
