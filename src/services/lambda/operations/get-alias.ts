import type { AliasConfiguration, GetAliasRequest } from '@aws-sdk/client-lambda'
import { describeAlias } from '../aliases/alias.ts'
import { aliasNotFound } from '../errors.ts'
import { functionArn, readReference } from '../functions/reference.ts'
import type { LambdaOperation } from '../operation.ts'

/**
 * Tells what an alias points to.
 * https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html
 */
export const getAlias: LambdaOperation<GetAliasRequest, AliasConfiguration> = (state, input, context) => {
  const { name } = readReference({ FunctionName: input.FunctionName }, context)
  const owner = state.functions.get(name)
  const alias = owner?.aliases.get(input.Name ?? '')
  if (!owner || !alias) throw aliasNotFound(functionArn(context, name, input.Name))
  return describeAlias(owner, alias)
}
