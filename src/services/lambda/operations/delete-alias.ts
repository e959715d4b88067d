import type { DeleteAliasRequest } from '@aws-sdk/client-lambda'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Takes an alias away with all that belongs to it; one that is not there is fine.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html
 */
export const deleteAlias: LambdaOperation<DeleteAliasRequest, object> = (state, input, context) => {
  const owner = findFunction(state, readReference({ FunctionName: input.FunctionName }, context), context)
  const name = input.Name ?? ''
  if (!owner.aliases.delete(name)) return {}
  for (const settings of [owner.policies, owner.provisioned, owner.eventInvokeConfigs, owner.urls])
    settings.delete(name)
  return {}
}
