import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import type { Operation } from '../../../cloud/operation.ts'
import { issueCredentials } from '../../../cloud/session-credentials.ts'
import { formatArn } from '../../../core/arn.ts'
import { validationError } from '../errors.ts'
import { sessionTokenSeconds } from '../limits.ts'
import type { StsState } from '../state.ts'
import { checkNumber } from '../validation.ts'

/**
 * Issues temporary credentials of the caller itself.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken: Operation<StsState, GetSessionTokenRequest, GetSessionTokenResponse> = (
  _state,
  input,
  context,
) => {
  const failures = checkNumber('durationSeconds', input.DurationSeconds, sessionTokenSeconds)
  if (failures.length > 0) throw validationError(failures)
  const { accountId } = context
  const arn = formatArn({ service: 'iam', accountId, resource: 'root' })
  const durationSeconds = input.DurationSeconds ?? sessionTokenSeconds.default
  return { Credentials: issueCredentials({ accountId, arn, userId: accountId, durationSeconds }, context) }
}
