import type { OperationContext } from '../../../cloud/operation.ts'
import { formatArn } from '../../../core/arn.ts'
import { accessDenied, invalidParameter, notFound } from '../errors.ts'
import { maxFunctionArnLength } from '../limits.ts'
import { checkText, refuseFailures } from '../validation.ts'

/** A function as a call names it. */
export interface FunctionReference {
  readonly name: string
  /** `$LATEST`, a version or an alias; absent for the function itself. */
  readonly qualifier: string | undefined
}

/** What a call names a function by. */
export interface FunctionInput {
  readonly FunctionName?: string | undefined
  readonly Qualifier?: string | undefined
}

type Where = Pick<OperationContext, 'accountId' | 'region'>

const region = '((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?'

/** The patterns of FunctionName: for changes of a function, and for those that may name any version of it. */
const namePatterns = {
  create: `(arn:(aws[a-zA-Z-]*)?:lambda:)?${region}(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
  any: `(arn:(aws[a-zA-Z-]*)?:lambda:)?${region}(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`,
} as const

const nameParts =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:([a-z]{2}(?:-gov)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([\w-]+)(?::(\$LATEST|[\w-]+))?$/

const qualifierPattern = '\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+'

/** Longest FunctionName of calls that may name any version, in characters. Source: botocore's model. */
const maxReferenceLength = 170

/**
 * Reads how a call names a function: name, partial ARN or ARN, with a qualifier in it, beside it or neither.
 * DIFFERS: a function of another account is refused by name, whatever its policy says; its URL and events do reach it.
 * @throws AwsError ValidationException, InvalidParameterValueException, ResourceNotFoundException, AccessDeniedException
 */
export function readReference(
  { FunctionName = '', Qualifier: given }: FunctionInput,
  context: Where,
  pattern: keyof typeof namePatterns = 'any',
): FunctionReference {
  const [, ofRegion, ofAccount, name = '', inName] = nameParts.exec(FunctionName) ?? []
  if (ofRegion !== undefined && ofRegion !== context.region) {
    throw notFound(`Functions from '${ofRegion}' are not reachable in this region ('${context.region}')`)
  }
  refuseFailures([
    ...checkText('functionName', FunctionName, {
      pattern: nameParts,
      written: namePatterns[pattern],
      maximum: pattern === 'create' ? maxFunctionArnLength : maxReferenceLength,
    }),
    ...checkQualifier(given),
  ])
  if (ofAccount !== undefined && ofAccount !== context.accountId) throw accessDenied(undefined)
  if (given !== undefined && inName !== undefined && given !== inName) {
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    )
  }
  return { name, qualifier: given ?? inName }
}

/** Complaints about a qualifier. */
export function checkQualifier(qualifier: string | undefined): string[] {
  return checkText('qualifier', qualifier, {
    minimum: 1,
    maximum: 128,
    pattern: /^(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_$]+)$/,
    written: qualifierPattern,
  })
}

/** The ARN of a function, of one of its versions or of an alias. */
export function functionArn({ accountId, region }: Where, name: string, qualifier?: string): string {
  const resource = qualifier === undefined ? `function:${name}` : `function:${name}:${qualifier}`
  return formatArn({ service: 'lambda', region, accountId, resource })
}

/** Whether a qualifier is a version's number. */
export function isVersionNumber(qualifier: string): boolean {
  return /^\d+$/.test(qualifier)
}
