import type { FunctionUrlConfig, UpdateFunctionUrlConfigRequest } from '@aws-sdk/client-lambda'
import { notFound } from '../errors.ts'
import { versionOf } from '../functions/find.ts'
import type { LambdaOperation } from '../operation.ts'
import type { FunctionUrl } from '../state.ts'
import { checkUrlConfig, describeUrl, readUrlReference } from '../urls/config.ts'
import { refuseFailures } from '../validation.ts'

/**
 * Changes who may use a function's HTTP address, and how; what the call leaves out stays.
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html
 */
export const updateFunctionUrlConfig: LambdaOperation<UpdateFunctionUrlConfigRequest, FunctionUrlConfig> = (
  state,
  input,
  context,
) => {
  const { name, qualifier } = readUrlReference(input, context)
  refuseFailures(checkUrlConfig(input))
  const owner = state.functions.get(name)
  if (!owner || !versionOf(owner, qualifier)) throw notFound('Function does not exist')
  const old = owner.urls.get(qualifier)
  if (!old) throw notFound('The resource you requested does not exist.')
  const { cors, ...rest } = old
  const given = input.Cors
  const isEmptied = given !== undefined && Object.keys(given).length === 0
  const kept = isEmptied ? undefined : (given ?? cors)
  const url: FunctionUrl = {
    ...rest,
    authType: input.AuthType ?? old.authType,
    invokeMode: input.InvokeMode ?? old.invokeMode,
    ...(kept && { cors: kept }),
    lastModified: context.clock.now(),
  }
  owner.urls.set(qualifier, url)
  return describeUrl(owner, { qualifier, url }, context)
}
