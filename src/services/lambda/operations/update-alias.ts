import type { AliasConfiguration, UpdateAliasRequest } from '@aws-sdk/client-lambda'
import { describeAlias, readRouting, requireVersion } from '../aliases/alias.ts'
import { notFound, revisionMismatch } from '../errors.ts'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import { maxDescriptionLength } from '../limits.ts'
import type { LambdaOperation } from '../operation.ts'
import type { Alias } from '../state.ts'
import { checkText, refuseFailures } from '../validation.ts'

/**
 * Points an alias elsewhere; what the call leaves out stays.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html
 */
export const updateAlias: LambdaOperation<UpdateAliasRequest, AliasConfiguration> = (
  state,
  input,
  context,
) => {
  refuseFailures(checkText('description', input.Description, { maximum: maxDescriptionLength }))
  const owner = findFunction(state, readReference({ FunctionName: input.FunctionName }, context), context)
  const old = owner.aliases.get(input.Name ?? '')
  if (!old) throw notFound(`Alias not found: ${owner.arn}:${input.Name}`)
  if (input.RevisionId !== undefined && input.RevisionId !== old.revisionId)
    throw revisionMismatch('GetFunction/GetAlias')
  if (input.FunctionVersion !== undefined) requireVersion(owner, input.FunctionVersion)
  const version = input.FunctionVersion ?? old.version
  const additional = input.RoutingConfig ? readRouting(owner, version, input.RoutingConfig) : old.additional
  const alias: Alias = {
    name: old.name,
    description: input.Description ?? old.description,
    version,
    ...(additional && { additional }),
    revisionId: context.ids.uuid(),
  }
  owner.aliases.set(alias.name, alias)
  return describeAlias(owner, alias)
}
