import type { FunctionConfiguration, UpdateFunctionCodeRequest } from '@aws-sdk/client-lambda'
import { invalidParameter, revisionMismatch } from '../errors.ts'
import { refuseWhileChanging } from '../functions/activations.ts'
import { keepOrDiscard, receiveCode, refuseTooMuch } from '../functions/code.ts'
import { describeVersion } from '../functions/configuration.ts'
import { findFunction } from '../functions/find.ts'
import { publishVersion } from '../functions/publish.ts'
import { readReference } from '../functions/reference.ts'
import { checkSettings } from '../functions/settings.ts'
import { replaceLatest } from '../functions/update.ts'
import type { LambdaOperation } from '../operation.ts'
import { refuseFailures } from '../validation.ts'

/**
 * Replaces a function's zip.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html
 */
export const updateFunctionCode: LambdaOperation<UpdateFunctionCodeRequest, FunctionConfiguration> = async (
  state,
  input,
  context,
) => {
  const reference = readReference(input, context)
  refuseFailures(checkSettings({ Architectures: input.Architectures }))
  const owner = findFunction(state, { name: reference.name, qualifier: undefined }, context)
  const refuseOutdated = (): void => {
    refuseWhileChanging(owner)
    if (input.RevisionId !== undefined && input.RevisionId !== owner.latest.revisionId)
      throw revisionMismatch('GetFunction/GetAlias')
  }
  refuseOutdated()
  if (input.ImageUri !== undefined)
    throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.")
  const code = await receiveCode(input, context)
  // Another update may have come while this one's zip was received.
  keepOrDiscard(code, context, () => {
    refuseOutdated()
    refuseTooMuch(code, owner.latest.settings.layers)
  })
  const old = owner.latest
  const settings = { ...old.settings, architectures: input.Architectures ?? old.settings.architectures }
  if (input.DryRun) {
    context.blobs.remove(code.blob)
    return describeVersion(owner, { ...old, code, settings })
  }
  const updated = replaceLatest(owner, { code, settings }, context)
  context.live.trash.discard([old.code])
  if (!input.Publish) return describeVersion(owner, updated)
  const published = publishVersion(owner, {}, context)
  return describeVersion(owner, published, published.version)
}
