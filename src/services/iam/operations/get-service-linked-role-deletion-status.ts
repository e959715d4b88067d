import type {
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse,
} from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import { noSuchEntity } from '../errors.ts'
import type { IamState } from '../state.ts'
import { checkInput } from '../validation.ts'

/**
 * Tells how far the deletion of a service-linked role is.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLinkedRoleDeletionStatus.html
 */
export const getServiceLinkedRoleDeletionStatus: Operation<
  IamState,
  GetServiceLinkedRoleDeletionStatusRequest,
  GetServiceLinkedRoleDeletionStatusResponse
> = (state, input) => {
  checkInput(input, ['DeletionTaskId'])
  if (!state.roleDeletions.has(input.DeletionTaskId))
    throw noSuchEntity(`Deletion task id ${input.DeletionTaskId} cannot be found.`)
  return { Status: 'SUCCEEDED' }
}
