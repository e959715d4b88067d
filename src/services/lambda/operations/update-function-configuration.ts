import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { revisionMismatch } from '../errors.ts'
import { refuseWhileChanging } from '../functions/activations.ts'
import { refuseTooMuch } from '../functions/code.ts'
import { describeVersion } from '../functions/configuration.ts'
import { findFunction } from '../functions/find.ts'
import { readReference } from '../functions/reference.ts'
import { requireRole } from '../functions/role.ts'
import { changedSettings, checkSettings, refuseImpossible } from '../functions/settings.ts'
import { replaceLatest } from '../functions/update.ts'
import { attachLayers } from '../layers/attach.ts'
import type { LambdaOperation } from '../operation.ts'
import { refuseFailures } from '../validation.ts'

/**
 * Changes how a function runs; what the call leaves out stays.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
 */
export const updateFunctionConfiguration: LambdaOperation<
  UpdateFunctionConfigurationRequest,
  FunctionConfiguration
> = async (state, input, context) => {
  const { name } = readReference(input, context)
  refuseFailures(checkSettings(input))
  const owner = findFunction(state, { name, qualifier: undefined }, context)
  refuseImpossible(input)
  await requireRole(input.Role, context)
  refuseWhileChanging(owner)
  if (input.RevisionId !== undefined && input.RevisionId !== owner.latest.revisionId)
    throw revisionMismatch('GetFunction/GetAlias')
  const layers = input.Layers && attachLayers(input.Layers, context)
  if (layers) refuseTooMuch(owner.latest.code, layers)
  const old = owner.latest.settings
  const updated = replaceLatest(owner, { settings: changedSettings(old, input, layers) }, context)
  context.live.trash.discard(old.layers.map(({ code }) => code))
  return describeVersion(owner, updated)
}
