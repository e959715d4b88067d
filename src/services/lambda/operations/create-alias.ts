import type { AliasConfiguration, CreateAliasRequest } from '@aws-sdk/client-lambda'
import { checkAliasName, describeAlias, readRouting, requireVersion } from '../aliases/alias.ts'
import { functionNotFound, resourceConflict } from '../errors.ts'
import { functionArn, readReference } from '../functions/reference.ts'
import { maxDescriptionLength } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'
import { checkText, missing, refuseFailures } from '../validation.ts'

/**
 * Gives a version a name, or two versions one.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html
 */
export const createAlias: LambdaOperation<CreateAliasRequest, AliasConfiguration> = (
  state,
  input,
  context,
) => {
  const { name: functionName } = readReference({ FunctionName: input.FunctionName }, context)
  refuseFailures([
    ...checkAliasName(input.Name),
    ...(input.FunctionVersion === undefined ? [missing('functionVersion')] : []),
    ...checkText('description', input.Description, { maximum: maxDescriptionLength }),
  ])
  const { Name: name = '', FunctionVersion: version = '', Description: description = '' } = input
  const owner = state.functions.get(functionName)
  if (!owner) throw functionNotFound(functionArn(context, functionName, version))
  requireVersion(owner, version)
  if (owner.aliases.has(name)) throw resourceConflict(`Alias already exists: ${owner.arn}:${name}`)
  const additional = readRouting(owner, version, input.RoutingConfig)
  const alias = {
    name,
    description,
    version,
    ...(additional && { additional }),
    revisionId: context.ids.uuid(),
  }
  owner.aliases.set(name, alias)
  return describeAlias(owner, alias)
}
