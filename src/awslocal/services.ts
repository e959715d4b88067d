import type { ServiceCommand } from './service-command.ts'
import type { Corrections } from './services/corrections.ts'
import type { ServiceFacts } from './services/facts.ts'
import { iamCorrections } from './services/iam-corrections.ts'
import { s3Corrections } from './services/s3-corrections.ts'

/** A service of the command line and where its client comes from; each client is loaded only when it is used. */
export interface Service {
  /** The word on the command line, e.g. `s3api`. */
  readonly command: string
  /** AWS's short name, e.g. `s3`; also in `AWS_ENDPOINT_URL_S3`. */
  readonly id: string
  readonly clientName: string
  readonly loadClient: () => Promise<object>
  readonly loadFacts: () => Promise<{ readonly default: ServiceFacts }>
  /** Operations that the AWS CLI does not have, since their answer is a stream of events. */
  readonly hiddenOperations?: readonly string[]
  readonly corrections?: Corrections
  /** Commands that are no operations, by word. */
  readonly loadCommands?: () => Promise<Readonly<Record<string, ServiceCommand>>>
}

/** Every service, by its word; one entry more is one service more. */
export const services: readonly Service[] = [
  {
    command: 's3api',
    id: 's3',
    clientName: 'S3Client',
    loadClient: () => import('@aws-sdk/client-s3'),
    loadFacts: () => import('./services/s3.json', { with: { type: 'json' } }),
    hiddenOperations: ['SelectObjectContent'],
    corrections: s3Corrections,
  },
  {
    command: 'sts',
    id: 'sts',
    clientName: 'STSClient',
    loadClient: () => import('@aws-sdk/client-sts'),
    loadFacts: () => import('./services/sts.json', { with: { type: 'json' } }),
  },
  {
    command: 'kinesis',
    id: 'kinesis',
    clientName: 'KinesisClient',
    loadClient: () => import('@aws-sdk/client-kinesis'),
    loadFacts: () => import('./services/kinesis.json', { with: { type: 'json' } }),
    hiddenOperations: ['SubscribeToShard'],
  },
  {
    command: 'lambda',
    id: 'lambda',
    clientName: 'LambdaClient',
    loadClient: () => import('@aws-sdk/client-lambda'),
    loadFacts: () => import('./services/lambda.json', { with: { type: 'json' } }),
    hiddenOperations: ['InvokeWithResponseStream'],
  },
  {
    command: 'iam',
    id: 'iam',
    clientName: 'IAMClient',
    loadClient: () => import('@aws-sdk/client-iam'),
    loadFacts: () => import('./services/iam.json', { with: { type: 'json' } }),
    corrections: iamCorrections,
  },
  {
    command: 'logs',
    id: 'logs',
    clientName: 'CloudWatchLogsClient',
    loadClient: () => import('@aws-sdk/client-cloudwatch-logs'),
    loadFacts: () => import('./services/logs.json', { with: { type: 'json' } }),
    hiddenOperations: ['GetLogObject', 'StartLiveTail'],
    loadCommands: async () => (await import('./logs/commands.ts')).logsCommands,
  },
]
