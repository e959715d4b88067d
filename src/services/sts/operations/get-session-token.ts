import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import type { Operation } from '../../../cloud/operation.ts'
import { issueCredentials } from '../../../cloud/session-credentials.ts'
import { callerOf } from '../caller.ts'
import { validationError } from '../errors.ts'
import { sessionTokenSeconds } from '../limits.ts'
import type { StsState } from '../state.ts'
import { checkNumber } from '../validation.ts'

/**
 * Issues temporary credentials of the caller itself.
 * Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
export const getSessionToken: Operation<StsState, GetSessionTokenRequest, GetSessionTokenResponse> = async (
  _state,
  input,
  context,
) => {
  const failures = checkNumber('durationSeconds', input.DurationSeconds, sessionTokenSeconds)
  if (failures.length > 0) throw validationError(failures)
  const { arn, userId } = await callerOf(context)
  const durationSeconds = input.DurationSeconds ?? sessionTokenSeconds.default
  return {
    Credentials: issueCredentials({ accountId: context.accountId, arn, userId, durationSeconds }, context),
  }
}
