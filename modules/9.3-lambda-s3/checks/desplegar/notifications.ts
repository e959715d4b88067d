import { GetPolicyCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda'
import {
  GetBucketNotificationConfigurationCommand,
  type LambdaFunctionConfiguration,
  S3Client,
} from '@aws-sdk/client-s3'
import type { Lab } from '../../../../src/course/lab.ts'

/** The functions that a bucket tells of its objects. */
export async function readNotifications(lab: Lab, bucket: string): Promise<LambdaFunctionConfiguration[]> {
  const request = new GetBucketNotificationConfigurationCommand({ Bucket: bucket })
  const { LambdaFunctionConfigurations = [] } = await lab.client(S3Client).send(request)
  return LambdaFunctionConfigurations
}

/** The rule of a kind, e.g. what its keys must begin with; `undefined` when every key will do. */
export function ruleOf(
  { Filter }: LambdaFunctionConfiguration,
  kind: 'prefix' | 'suffix',
): string | undefined {
  return Filter?.Key?.FilterRules?.find(({ Name }) => Name?.toLowerCase() === kind)?.Value
}

/** One thing that a function's policy allows. */
export interface Statement {
  readonly Sid?: string
  readonly Effect?: string
  readonly Principal?: unknown
  readonly Action?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** What a function's policy allows; nothing when it has none. */
export async function readStatements(lab: Lab, functionName: string): Promise<Statement[]> {
  try {
    const { Policy = '{}' } = await lab
      .client(LambdaClient)
      .send(new GetPolicyCommand({ FunctionName: functionName }))
    const { Statement = [] }: { readonly Statement?: Statement[] } = JSON.parse(Policy)
    return Statement
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return []
    throw error
  }
}

/** Whether a statement lets S3 invoke the function. */
export function isForS3({ Principal, Action }: Statement): boolean {
  return JSON.stringify([Principal, Action]).includes('s3.amazonaws.com')
}

/** What a statement asks of a key such as `AWS:SourceArn`, whatever its operator and its capitals. */
export function conditionOf({ Condition = {} }: Statement, key: string): unknown {
  for (const values of Object.values(Condition)) {
    for (const [name, value] of Object.entries(values)) {
      if (name.toLowerCase() === key.toLowerCase()) return value
    }
  }
  return undefined
}
