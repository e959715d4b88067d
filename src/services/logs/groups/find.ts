import type { OperationContext } from '../../../cloud/operation.ts'
import { groupNotFound, mutuallyExclusive, resourceNotFound, streamNotFound, wrongClass } from '../errors.ts'
import type { LogGroup, LogStream, LogsState } from '../state.ts'
import {
  checkGroupIdentifier,
  checkGroupName,
  checkPresent,
  checkResourceArn,
  refuse,
} from '../validation.ts'
import { groupOfArn } from './arn.ts'

/** How many operations name a group: by its name or by its ARN, not by both. */
export interface GroupReference {
  readonly logGroupName?: string | undefined
  readonly logGroupIdentifier?: string | undefined
}

/** @throws AwsError InvalidParameterException, ResourceNotFoundException */
export function findGroup(state: LogsState, name: string | undefined): LogGroup {
  refuse(checkPresent('logGroupName', name), checkGroupName(name))
  const group = state.groups.get(name ?? '')
  if (!group) throw groupNotFound()
  return group
}

/** @throws AwsError InvalidParameterException, ValidationException, ResourceNotFoundException */
export function findReferredGroup(
  state: LogsState,
  { logGroupName, logGroupIdentifier }: GroupReference,
  context: OperationContext,
): LogGroup {
  if (logGroupIdentifier === undefined) return findGroup(state, logGroupName)
  if (logGroupName !== undefined) {
    throw mutuallyExclusive('LogGroup name and LogGroup ARN are mutually exclusive parameters.')
  }
  return findIdentifiedGroup(state, logGroupIdentifier, context)
}

/** @throws AwsError InvalidParameterException, ResourceNotFoundException */
export function findIdentifiedGroup(
  state: LogsState,
  identifier: string,
  context: OperationContext,
): LogGroup {
  refuse(checkGroupIdentifier(identifier))
  const name = identifier.startsWith('arn:') ? groupOfArn(identifier, context) : identifier
  const group = name === undefined ? undefined : state.groups.get(name)
  if (!group) throw groupNotFound()
  return group
}

/** The group of an ARN that can have tags. @throws AwsError InvalidParameterException, ResourceNotFoundException */
export function findTaggable(
  state: LogsState,
  resourceArn: string | undefined,
  context: OperationContext,
): LogGroup {
  refuse(checkResourceArn(resourceArn))
  const group = state.groups.get(groupOfArn(resourceArn ?? '', context) ?? '')
  if (!group) throw resourceNotFound()
  return group
}

/** @throws AwsError ResourceNotFoundException */
export function findStream(group: LogGroup, name: string | undefined): LogStream {
  const stream = group.streams.get(name ?? '')
  if (!stream) throw streamNotFound()
  return stream
}

/** Only groups of the standard class can be read event by event. */
export function refuseOtherClasses({ name, logGroupClass }: LogGroup, operation: string): void {
  if (logGroupClass !== 'STANDARD') throw wrongClass(name, logGroupClass, operation)
}
