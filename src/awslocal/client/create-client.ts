import { Agent as HttpsAgent } from 'node:https'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Command, MetadataBearer } from '@smithy/types'
import type { LoadedService } from '../operation/operation.ts'
import type { Connection } from './connection.ts'

/** What is used of an SDK client, whichever service it is for. */
export interface SdkClient {
  send(command: SdkCommand, options?: { abortSignal?: AbortSignal }): Promise<Record<string, unknown>>
  destroy(): void
}

export type SdkCommand = Command<object, object, MetadataBearer, MetadataBearer, unknown>

/** A first try and four more, as the AWS CLI. */
export const mostAttempts = 5

/** Creates a service's client. */
export function createClient(loaded: LoadedService, connection: Connection): SdkClient {
  const Client = loaded.client[loaded.service.clientName]
  if (!isConstructor<SdkClient>(Client)) throw new TypeError(`no client named ${loaded.service.clientName}`)
  return new Client(clientOptions(connection))
}

/** Creates the command of an operation, e.g. `PutObjectCommand`. */
export function createCommand(loaded: LoadedService, operationName: string, input: unknown): SdkCommand {
  const OperationCommand = loaded.client[`${operationName}Command`]
  if (!isConstructor<SdkCommand>(OperationCommand)) throw new TypeError(`no command named ${operationName}`)
  return new OperationCommand(input)
}

/** The options that every client of a command gets. */
export function clientOptions(connection: Connection): Readonly<Record<string, unknown>> {
  return {
    endpoint: connection.endpoint,
    region: connection.region,
    credentials: connection.credentials,
    forcePathStyle: true,
    // AWS streams from hosts of their own, e.g. `streaming-logs.…`; a machine's name cannot be prefixed.
    disableHostPrefix: !new URL(connection.endpoint).hostname.includes('.amazonaws.'),
    maxAttempts: mostAttempts,
    // Waiting for "100 Continue" costs a round trip and some local servers never say it.
    expectContinueHeader: false,
    // HTTP/1.1 for every service: not every local server speaks the HTTP/2 that the SDK's Kinesis client would use.
    requestHandler: createHandler(connection),
    ...(connection.signsRequests ? {} : { signer: { sign: async (request: unknown) => request } }),
  }
}

function createHandler({ connectTimeoutMs, readTimeoutMs, tls, endpoint }: Connection): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: connectTimeoutMs,
    requestTimeout: readTimeoutMs,
    ...(endpoint.startsWith('https:')
      ? { httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 50, ...tls }) }
      : {}),
  })
}

function isConstructor<Instance>(value: unknown): value is new (input: unknown) => Instance {
  return typeof value === 'function'
}
