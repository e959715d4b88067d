import type { CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse } from '@aws-sdk/client-lambda'
import { notFound, resourceConflict } from '../errors.ts'
import { latestQualifier } from '../functions/find.ts'
import type { LambdaOperation } from '../operation.ts'
import type { FunctionUrl } from '../state.ts'
import { newUrlId } from '../urls/address.ts'
import { checkUrlConfig, describeNewUrl, readUrlReference } from '../urls/config.ts'
import { missing, refuseFailures } from '../validation.ts'

/**
 * Gives a function or an alias an HTTP address of its own.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html
 */
export const createFunctionUrlConfig: LambdaOperation<
  CreateFunctionUrlConfigRequest,
  CreateFunctionUrlConfigResponse
> = (state, input, context) => {
  const { name, qualifier } = readUrlReference(input, context)
  refuseFailures([...(input.AuthType === undefined ? [missing('authType')] : []), ...checkUrlConfig(input)])
  const owner = state.functions.get(name)
  if (!owner) throw notFound('Function does not exist')
  if (owner.urls.has(qualifier)) {
    const arn = qualifier === latestQualifier ? owner.arn : `${owner.arn}:${qualifier}`
    throw resourceConflict(
      `Failed to create function url config for [functionArn = ${arn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    )
  }
  if (qualifier !== latestQualifier && !owner.aliases.has(qualifier))
    throw notFound('Function does not exist')
  const now = context.clock.now()
  const url: FunctionUrl = {
    id: newUrlId(context.ids),
    authType: input.AuthType ?? 'AWS_IAM',
    invokeMode: input.InvokeMode ?? 'BUFFERED',
    ...(input.Cors && { cors: input.Cors }),
    createdAt: now,
    lastModified: now,
  }
  owner.urls.set(qualifier, url)
  return describeNewUrl(owner, { qualifier, url }, context)
}
