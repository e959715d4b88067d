import { existsSync, readFileSync } from 'node:fs'
import type { GlobalOptions } from '../arguments/global-options.ts'
import { CommandFailure } from '../failure.ts'
import type { Service } from '../services.ts'
import type { Terminal } from '../terminal.ts'
import { readProfile } from './profile.ts'

/** Where a command's calls go and as whom. */
export interface Connection {
  readonly endpoint: string
  readonly region: string
  readonly credentials: Credentials
  readonly signsRequests: boolean
  /** In milliseconds; 0 waits for ever. */
  readonly connectTimeoutMs: number
  readonly readTimeoutMs: number
  readonly tls: { readonly rejectUnauthorized: boolean; readonly ca?: string }
}

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const defaultEndpoint = 'http://localhost:4566'
const defaultRegion = 'us-east-1'
const defaultTimeoutSeconds = 60

/** Settles where to go: options first, then the environment, then the local cloud. */
export async function resolveConnection(
  service: Pick<Service, 'id'>,
  globals: GlobalOptions,
  env: Terminal['env'],
): Promise<Connection> {
  const profile = globals.profile === undefined ? undefined : await readProfile(globals.profile)
  return {
    endpoint: globals.endpointUrl ?? endpointFromEnvironment(service.id, env),
    region: globals.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? profile?.region ?? defaultRegion,
    credentials: profile?.credentials ?? credentialsFromEnvironment(env),
    signsRequests: globals.signsRequests,
    connectTimeoutMs: toMilliseconds(globals.connectTimeoutSeconds),
    readTimeoutMs: toMilliseconds(globals.readTimeoutSeconds),
    tls: { rejectUnauthorized: globals.verifiesTls, ...readCertificate(globals.caBundle) },
  }
}

function endpointFromEnvironment(serviceId: string, env: Terminal['env']): string {
  const specific = env[`AWS_ENDPOINT_URL_${serviceId.toUpperCase().replaceAll('-', '_')}`]
  return specific || env.AWS_ENDPOINT_URL || defaultEndpoint
}

function credentialsFromEnvironment(env: Terminal['env']): Credentials {
  return {
    accessKeyId: env.AWS_ACCESS_KEY_ID || 'test',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY || 'test',
    ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
  }
}

function toMilliseconds(seconds: number | undefined): number {
  return (seconds ?? defaultTimeoutSeconds) * 1000
}

function readCertificate(path: string | undefined): { readonly ca?: string } {
  if (path === undefined) return {}
  if (!existsSync(path)) {
    throw new CommandFailure(`Could not find a suitable TLS CA certificate bundle, invalid path: ${path}`)
  }
  return { ca: readFileSync(path, 'utf8') }
}
