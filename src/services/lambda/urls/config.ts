import type { Cors, CreateFunctionUrlConfigResponse, FunctionUrlConfig } from '@aws-sdk/client-lambda'
import { type Answer, formatTime } from '../functions/configuration.ts'
import { latestQualifier } from '../functions/find.ts'
import { type FunctionInput, readReference } from '../functions/reference.ts'
import type { LambdaContext } from '../operation.ts'
import type { FunctionUrl, LambdaFunction } from '../state.ts'
import { checkChoice, checkNumber, checkText, complaint, refuseFailures } from '../validation.ts'
import { writeUrl } from './address.ts'

const qualifierPattern = '((?!^\\d+$)^[0-9a-zA-Z-_]+$)'

/** A function URL as a call names it. */
export interface NamedUrl {
  readonly name: string
  /** An alias; `$LATEST` for the function itself. */
  readonly qualifier: string
}

/**
 * Reads which function URL a call means: of the function itself or of an alias.
 * @throws AwsError ValidationException, InvalidParameterValueException
 */
export function readUrlReference(input: FunctionInput, context: LambdaContext): NamedUrl {
  refuseFailures(
    checkText('qualifier', input.Qualifier, {
      minimum: 1,
      maximum: 128,
      pattern: new RegExp(qualifierPattern),
      written: qualifierPattern,
    }),
  )
  const { name, qualifier = latestQualifier } = readReference(input, context)
  return { name, qualifier }
}

/** Complaints about what a call says of a function URL. */
export function checkUrlConfig(input: {
  readonly AuthType?: string | undefined
  readonly InvokeMode?: string | undefined
  readonly Cors?: Cors | undefined
}): string[] {
  const {
    AllowOrigins = [],
    AllowMethods = [],
    AllowHeaders = [],
    ExposeHeaders = [],
    MaxAge,
  } = input.Cors ?? {}
  const lists = { allowHeaders: AllowHeaders, exposeHeaders: ExposeHeaders, allowOrigins: AllowOrigins }
  return [
    ...checkChoice('authType', input.AuthType, ['NONE', 'AWS_IAM']),
    ...checkChoice('invokeMode', input.InvokeMode, ['RESPONSE_STREAM', 'BUFFERED']),
    ...checkNumber('cors.maxAge', MaxAge, { minimum: 0, maximum: 86_400 }),
    ...Object.entries(lists).flatMap(([name, values]) =>
      values.length > 100
        ? [
            complaint(
              `cors.${name}`,
              `[${values.join(', ')}]`,
              'Member must have length less than or equal to 100',
            ),
          ]
        : [],
    ),
    ...(AllowMethods.some(method => method.length > 6)
      ? [
          complaint(
            'cors.allowMethods',
            `[${AllowMethods.join(', ')}]`,
            'Member must satisfy constraint: [Member must have length less than or equal to 6, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: .*]',
          ),
        ]
      : []),
  ]
}

/** A function URL as AWS answers its creation. */
export function describeNewUrl(
  owner: LambdaFunction,
  { qualifier, url }: { readonly qualifier: string; readonly url: FunctionUrl },
  { request, region }: LambdaContext,
): Answer<CreateFunctionUrlConfigResponse> {
  return {
    FunctionUrl: writeUrl(url.id, { region, origin: request.origin }),
    FunctionArn: qualifier === latestQualifier ? owner.arn : `${owner.arn}:${qualifier}`,
    AuthType: url.authType,
    ...(url.cors && { Cors: url.cors }),
    CreationTime: formatTime(url.createdAt),
    InvokeMode: url.invokeMode,
  }
}

/** A function URL as AWS answers it later. */
export function describeUrl(
  owner: LambdaFunction,
  named: { readonly qualifier: string; readonly url: FunctionUrl },
  context: LambdaContext,
): Answer<FunctionUrlConfig> {
  return {
    ...describeNewUrl(owner, named, context),
    LastModifiedTime: formatTime(named.url.lastModified),
  }
}
