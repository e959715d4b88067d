import { parseArn } from '../../../core/arn.ts'

/** A function's ARN, taken apart. */
export interface FunctionArn {
  readonly accountId: string
  readonly region: string
  readonly name: string
  readonly qualifier: string | undefined
}

/** Takes the ARN of a function, a version or an alias apart, or gives `undefined`. */
export function parseFunctionArn(arn: string): FunctionArn | undefined {
  const parts = parseArn(arn)
  const [, name, qualifier] = /^function:([\w-]+)(?::(\$LATEST|[\w-]+))?$/.exec(parts?.resource ?? '') ?? []
  if (parts?.service !== 'lambda' || name === undefined) return undefined
  return { accountId: parts.accountId, region: parts.region, name, qualifier }
}
