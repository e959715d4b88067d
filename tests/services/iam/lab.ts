import { IAMClient } from '@aws-sdk/client-iam'
import { afterAll, beforeAll } from 'vitest'
import { type LocalCloud, type LocalCloudOptions, startLocalCloud } from '../../../src/local-cloud.ts'

export const accountId = '000000000000'

/** What signs a client's requests. */
export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** A cloud for the tests of one file. */
export function useCloud(options: LocalCloudOptions = {}): () => LocalCloud {
  let cloud: LocalCloud
  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0, ...options })
  })
  afterAll(() => cloud.close())
  return () => cloud
}

/** A client of the account's root, or of whom the keys belong to. */
export function iamClient(
  cloud: LocalCloud,
  credentials: Keys = { accessKeyId: 'test', secretAccessKey: 'test' },
): IAMClient {
  return new IAMClient({ endpoint: cloud.url, region: 'us-east-1', credentials, maxAttempts: 1 })
}

/** A trust policy that lets a service take on the role. */
export function trustFor(service = 'lambda.amazonaws.com'): string {
  return policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' })
}

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}

/** A policy that allows an action on a resource. */
export function allowing(
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
): string {
  return policy({ Effect: 'Allow', Action: action, Resource: resource })
}
