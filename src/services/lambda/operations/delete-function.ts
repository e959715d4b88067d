import type { DeleteFunctionRequest, DeleteFunctionResponse } from '@aws-sdk/client-lambda'
import { invalidParameter, resourceConflict } from '../errors.ts'
import { allVersions, findFunction, latestQualifier } from '../functions/find.ts'
import { isVersionNumber, readReference } from '../functions/reference.ts'
import type { LambdaContext, LambdaOperation } from '../operation.ts'
import type { LambdaFunction, LambdaState } from '../state.ts'

/**
 * Deletes a function with all that belongs to it, or one of its versions.
 * https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html
 */
export const deleteFunction: LambdaOperation<DeleteFunctionRequest, DeleteFunctionResponse> = async (
  state,
  input,
  context,
) => {
  const reference = readReference(input, context)
  const { qualifier, name } = reference
  if (qualifier === latestQualifier)
    throw invalidParameter('$LATEST version cannot be deleted without deleting the function.')
  if (qualifier !== undefined && !isVersionNumber(qualifier))
    throw invalidParameter('Deletion of aliases is not currently supported.')
  const owner = findFunction(state, { name, qualifier: undefined }, context)
  if (qualifier === undefined) await deleteWhole(state, owner, context)
  else deleteVersion(owner, qualifier, context)
  return { StatusCode: 204, $status: 204 }
}

async function deleteWhole(state: LambdaState, owner: LambdaFunction, context: LambdaContext): Promise<void> {
  state.functions.delete(owner.name)
  const codes = allVersions(owner).flatMap(({ code, settings }) => [
    code,
    ...settings.layers.map(layer => layer.code),
  ])
  await context.live.runtime.retire(owner.arn)
  context.live.trash.discard(codes)
}

function deleteVersion(owner: LambdaFunction, number: string, context: LambdaContext): void {
  const alias = [...owner.aliases.values()].find(
    ({ version, additional }) => version === number || additional?.version === number,
  )
  if (alias) {
    throw resourceConflict(
      `Version ${number} is referenced by an alias: ${owner.arn}:${alias.name}. Remove the reference before deleting the version.`,
    )
  }
  const version = owner.versions.get(number)
  if (!version) return
  owner.versions.delete(number)
  for (const settings of [owner.policies, owner.provisioned, owner.eventInvokeConfigs])
    settings.delete(number)
  context.live.trash.discard([version.code, ...version.settings.layers.map(layer => layer.code)])
}
