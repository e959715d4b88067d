import type { Permission, PermissionScope, PermissionTable } from '../../cloud/permission.ts'
import { formatArn } from '../../core/arn.ts'
import { logsModel } from './model.ts'
import type { LogsState } from './state.ts'

/** The members by which calls name what they act on. */
interface Named {
  readonly logGroupName?: string
  readonly logGroupIdentifier?: string
  readonly logGroupIdentifiers?: readonly string[]
  readonly logStreamName?: string
  readonly resourceArn?: string
}

/** Operations on the whole account, which need their action on `*`. */
const ofAccount = /^(DescribeResourcePolicies|PutResourcePolicy|DeleteResourcePolicy|TestMetricFilter)$/

/**
 * What each call needs: the action of its name on its group and stream, in the form that AWS asks about them; on each of
 * the groups that a live tail follows.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
 */
export const permissions: PermissionTable<LogsState> = Object.fromEntries(
  Object.keys(logsModel.operations).map(operation => [
    operation,
    (input: Named, scope: PermissionScope): Permission[] =>
      resourcesOf(operation, input, scope).map(resource => ({ action: `logs:${operation}`, resource })),
  ]),
)

function resourcesOf(operation: string, input: Named, scope: PermissionScope): string[] {
  if (ofAccount.test(operation)) return ['*']
  if (operation !== 'StartLiveTail') return [resourceOf(input, scope)]
  const { logGroupIdentifiers = [''] } = input
  return logGroupIdentifiers.map(logGroupIdentifier => resourceOf({ logGroupIdentifier }, scope))
}

function resourceOf(
  { logGroupName, logGroupIdentifier = '', logStreamName = '', resourceArn }: Named,
  { region, accountId }: PermissionScope,
): string {
  if (resourceArn !== undefined) return resourceArn
  const group = logGroupName ?? logGroupIdentifier.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '')
  const resource = `log-group:${group}:log-stream:${logStreamName}`
  return formatArn({ service: 'logs', region, accountId, resource })
}
