import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  LambdaClient,
  ResourceNotFoundException,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { PutBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3'
import { zipSync } from 'fflate'
import type { Lab } from '../../../../src/course/lab.ts'

/** Where the program finds the function's code. */
export const codePath = 'lambdas/procesar-csv/index.ts'

/**
 * The source of a function of the grader's that stands in for the student's: it needs two packages, says its mark, and
 * leaves `disparos/<key>` for every object that it is told of.
 */
export function functionSource(mark: string): string {
  return `import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { parse } from 'csv-parse/sync'

interface Evento {
  Records?: { s3: { bucket: { name: string }; object: { key: string } } }[]
}

const s3 = new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL) })

export async function handler(evento: Evento): Promise<unknown> {
  for (const { s3: { bucket, object } } of evento.Records ?? []) {
    const key = decodeURIComponent(object.key.replaceAll('+', ' '))
    if (key.startsWith('disparos/')) continue
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: 'disparos/' + key, Body: '${mark}' }))
  }
  return { marca: '${mark}', filas: parse('a\\n1\\n').length }
}
`
}

/** What a function of {@link functionSource} answers. */
export function answerOf(mark: string): unknown {
  return { marca: mark, filas: 2 }
}

/** A function as Lambda has it; `undefined` when there is none. */
export async function readFunction(lab: Lab, name: string): Promise<FunctionConfiguration | undefined> {
  try {
    const { Configuration } = await lab
      .client(LambdaClient)
      .send(new GetFunctionCommand({ FunctionName: name }))
    return Configuration
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}

/** Lets a bucket tell a function of the grader's of what is not the exercise's, and gives that function's ARN. */
export async function connectOther(lab: Lab, bucket: string): Promise<string> {
  const lambda = lab.client(LambdaClient)
  const FunctionName = lab.name('taller-otra')
  const code = Buffer.from('exports.handler = async () => null\n')
  const { FunctionArn: LambdaFunctionArn } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: roleOf(lab, 'taller-otra'),
      Code: { ZipFile: zipSync({ 'index.js': [code, { mtime: new Date(1980, 0, 1) }] }) },
    }),
  )
  await waitUntilFunctionActiveV2(
    { client: lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 1 },
    { FunctionName },
  )
  const permission = { StatementId: 'otra', Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }
  await lambda.send(
    new AddPermissionCommand({ FunctionName, ...permission, SourceArn: `arn:aws:s3:::${bucket}` }),
  )
  const FilterRules = [{ Name: 'prefix' as const, Value: 'entrada/' }]
  const notification = {
    Id: 'otra',
    LambdaFunctionArn,
    Events: ['s3:ObjectRemoved:*' as const],
    Filter: { Key: { FilterRules } },
  }
  await lab.client(S3Client).send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { LambdaFunctionConfigurations: [notification] },
    }),
  )
  return LambdaFunctionArn ?? ''
}

/** A role of the run's account; where permissions decide nothing, it need not exist. */
export function roleOf({ connection }: Lab, name: string): string {
  return `arn:aws:iam::${connection.accountId}:role/${name}`
}
