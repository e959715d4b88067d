import type { OperationContext } from '../../../cloud/operation.ts'
import { formatArn, parseArn } from '../../../core/arn.ts'

type Place = Pick<OperationContext, 'accountId' | 'region'>

/** ARN of a group, without the `:*` that policies write after it. */
export function groupArn(name: string, { accountId, region }: Place): string {
  return formatArn({ service: 'logs', region, accountId, resource: `log-group:${name}` })
}

/** ARN of a stream. */
export function streamArn(group: string, stream: string, place: Place): string {
  return `${groupArn(group, place)}:log-stream:${stream}`
}

/** The group's name in an ARN of this account and region; `undefined` for any other ARN. */
export function groupOfArn(arn: string, { accountId, region }: Place): string | undefined {
  const parts = parseArn(arn)
  const isOurs = parts?.service === 'logs' && parts.accountId === accountId && parts.region === region
  return isOurs ? /^log-group:([^:]+)$/.exec(parts.resource)?.[1] : undefined
}
