import { functionNotFound, invalidParameter } from '../errors.ts'
import type { LambdaContext } from '../operation.ts'
import type { LambdaFunction, LambdaState } from '../state.ts'
import { complaint, refuseFailures } from '../validation.ts'
import { parseFunctionArn } from './target-arn.ts'

const pattern =
  'arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)'

/**
 * The function whose tags a call means.
 * @throws AwsError ValidationException, InvalidParameterValueException, ResourceNotFoundException
 */
export function findTagged(
  state: LambdaState,
  arn: string,
  context: Pick<LambdaContext, 'accountId' | 'region'>,
): LambdaFunction {
  const target = parseFunctionArn(arn)
  if (!target) {
    refuseFailures([complaint('resource', arn, `Member must satisfy regular expression pattern: ${pattern}`)])
    throw functionNotFound(arn)
  }
  if (target.qualifier !== undefined)
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    )
  const isHere = target.accountId === context.accountId && target.region === context.region
  const owner = isHere ? state.functions.get(target.name) : undefined
  if (!owner) throw functionNotFound(arn)
  return owner
}
