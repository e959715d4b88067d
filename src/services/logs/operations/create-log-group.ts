import type { CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation } from '../../../cloud/operation.ts'
import { alreadyExists, invalidParameter, optionNotImplemented } from '../errors.ts'
import { groupArn } from '../groups/arn.ts'
import { checkClass, isKeptClass } from '../groups/class.ts'
import { addGroup } from '../groups/create.ts'
import { checkTags } from '../groups/tags.ts'
import { tags as tagLimits } from '../limits.ts'
import type { LogsState } from '../state.ts'
import { checkGroupName, checkLength, checkPresent, refuse } from '../validation.ts'

/**
 * Creates a log group, whose events never expire until it is told otherwise.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
export const createLogGroup: Operation<LogsState, CreateLogGroupRequest, object> = (
  state,
  input,
  context,
) => {
  const { logGroupName: name = '', logGroupClass = 'STANDARD', tags = {}, kmsKeyId } = input
  refuse(
    checkPresent('logGroupName', input.logGroupName),
    checkGroupName(input.logGroupName),
    checkLength('tags', Object.keys(tags), { minimum: 0, maximum: tagLimits.count }),
    checkClass(logGroupClass),
  )
  if (/^aws\//i.test(name)) throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.')
  checkTags(tags)
  if (state.groups.has(name)) throw alreadyExists('group')
  if (kmsKeyId !== undefined) throw unknownKey(groupArn(name, context))
  if (!isKeptClass(logGroupClass)) throw optionNotImplemented(`logs:CreateLogGroup with ${logGroupClass}`)
  const isDeletionProtected = input.deletionProtectionEnabled
  addGroup(state, { name, logGroupClass, isDeletionProtected, tags }, context.clock.now())
  return {}
}

/** This cloud has no KMS, and so no key. */
function unknownKey(arn: string): Error {
  return invalidParameter(
    `The specified KMS key does not exist or is not allowed to be used with LogGroup '${arn}'`,
  )
}
