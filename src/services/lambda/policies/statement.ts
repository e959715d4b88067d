import type { AddPermissionRequest } from '@aws-sdk/client-lambda'
import { formatArn } from '../../../core/arn.ts'
import { invalidParameter } from '../errors.ts'
import type { PolicyStatement } from '../state.ts'
import { checkText, missing, refuseFailures } from '../validation.ts'

/** What AddPermission says, but for the function. */
export type PermissionInput = Omit<AddPermissionRequest, 'FunctionName' | 'Qualifier' | 'RevisionId'>

/**
 * Refuses what the API model does not allow.
 * @throws AwsError ValidationException
 */
export function checkPermission(input: PermissionInput): void {
  refuseFailures([
    ...(input.StatementId === undefined ? [missing('statementId')] : []),
    ...checkText('statementId', input.StatementId, {
      minimum: 1,
      maximum: 100,
      pattern: /^[a-zA-Z0-9-_]+$/,
      written: '([a-zA-Z0-9-_]+)',
    }),
    ...(input.Action === undefined ? [missing('action')] : []),
    ...checkText('action', input.Action, {
      pattern: /^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/,
      written: '(lambda:[*]|lambda:[a-zA-Z]+|[*])',
    }),
    ...(input.Principal === undefined ? [missing('principal')] : []),
    ...checkText('principal', input.Principal, { pattern: /^[^\s]+$/, written: '[^\\s]+' }),
    ...checkText('sourceAccount', input.SourceAccount, { pattern: /^\d{12}$/, written: '\\d{12}' }),
    ...checkText('sourceArn', input.SourceArn, {
      pattern:
        /^arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)$/,
      written:
        'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
    }),
  ])
}

/**
 * The statement that a permission becomes, as AWS writes it.
 * @throws AwsError InvalidParameterValueException for a principal that is none
 */
export function buildStatement(input: PermissionInput, resource: string): PolicyStatement {
  const condition = buildCondition(input)
  return {
    Sid: input.StatementId ?? '',
    Effect: 'Allow',
    Principal: buildPrincipal(input.Principal ?? ''),
    Action: input.Action ?? '',
    Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  }
}

function buildPrincipal(principal: string): PolicyStatement['Principal'] {
  if (principal === '*') return '*'
  if (/^[\w.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: principal }
  if (/^\d{12}$/.test(principal))
    return { AWS: formatArn({ service: 'iam', accountId: principal, resource: 'root' }) }
  if (/^arn:aws[\w-]*:(iam|sts):/.test(principal)) return { AWS: principal }
  throw invalidParameter('The provided principal was invalid. Please check the principal and try again.')
}

function buildCondition(input: PermissionInput): Record<string, Record<string, string>> {
  const equals = {
    ...(input.FunctionUrlAuthType && { 'lambda:FunctionUrlAuthType': input.FunctionUrlAuthType }),
    ...(input.PrincipalOrgID && { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
    ...(input.SourceAccount && { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.EventSourceToken && { 'lambda:EventSourceToken': input.EventSourceToken }),
  }
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(input.InvokedViaFunctionUrl !== undefined && {
      Bool: { 'lambda:InvokedViaFunctionUrl': String(input.InvokedViaFunctionUrl) },
    }),
    ...(input.SourceArn && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
  }
}
