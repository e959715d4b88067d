import type { Permission, PermissionScope, PermissionTable } from '../../cloud/permission.ts'
import { formatArn } from '../../core/arn.ts'
import { latestQualifier } from './functions/find.ts'
import { functionArn, readReference } from './functions/reference.ts'
import { lambdaModel } from './model.ts'
import { writePolicy } from './policies/policy.ts'
import type { LambdaState } from './state.ts'

/** The members by which calls name what they act on. */
interface Named {
  readonly FunctionName?: string
  readonly Qualifier?: string
  readonly LayerName?: string
  readonly VersionNumber?: number
  readonly Resource?: string
  readonly Role?: string
}

/** Operations whose action has another name than theirs. */
const otherNames: Readonly<Record<string, string>> = {
  Invoke: 'InvokeFunction',
  InvokeWithResponseStream: 'InvokeFunction',
  GetLayerVersionByArn: 'GetLayerVersion',
}

/**
 * What each call of Lambda needs; whoever gives a function its role must be allowed to pass it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export const permissions: PermissionTable<LambdaState> = Object.fromEntries(
  Object.keys(lambdaModel.operations).map(operation => [
    operation,
    (input: Named, scope: PermissionScope<LambdaState>): Permission[] => [
      { action: `lambda:${otherNames[operation] ?? operation}`, ...resourceOf(input, scope) },
      ...(input.Role === undefined ? [] : [passRole(input.Role)]),
    ],
  ]),
)

function resourceOf(
  input: Named,
  scope: PermissionScope<LambdaState>,
): Pick<Permission, 'resource' | 'resourcePolicy'> {
  const { FunctionName, LayerName, VersionNumber, Resource = '*' } = input
  if (FunctionName !== undefined) return functionNamed(input, scope)
  if (LayerName === undefined) return { resource: Resource }
  if (LayerName.startsWith('arn:')) return { resource: LayerName }
  const version = VersionNumber === undefined ? '' : `:${VersionNumber}`
  const { region, accountId } = scope
  return {
    resource: formatArn({ service: 'lambda', region, accountId, resource: `layer:${LayerName}${version}` }),
  }
}

function functionNamed(
  input: Named,
  scope: PermissionScope<LambdaState>,
): Pick<Permission, 'resource' | 'resourcePolicy'> {
  const { name, qualifier } = readReference(input, scope)
  const policy = scope.state.functions.get(name)?.policies.get(qualifier ?? latestQualifier)
  return {
    resource: functionArn(scope, name, qualifier),
    ...(policy && { resourcePolicy: writePolicy(policy) }),
  }
}

function passRole(role: string): Permission {
  return {
    action: 'iam:PassRole',
    resource: role,
    keys: { 'iam:PassedToService': 'lambda.amazonaws.com' },
  }
}
