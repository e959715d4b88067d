import type { Random } from '../../../../src/core/random.ts'
import type { AwsFailure, Identity, Scenario } from './fake-aws.ts'

/** Environment variables that a client is to be made from. */
export type Surroundings = Readonly<Record<string, string>>

/** Regions of AWS that nobody would write by habit. */
const REGIONS = ['eu-west-1', 'eu-south-2', 'us-west-2', 'sa-east-1', 'ap-south-1', 'ca-central-1']

/** Errors of S3 that no client retries, with AWS's own words. */
const S3_FAILURES: readonly AwsFailure[] = [
  { status: 403, code: 'AccessDenied', message: 'Access Denied' },
  {
    status: 403,
    code: 'InvalidAccessKeyId',
    message: 'The AWS Access Key Id you provided does not exist in our records.',
  },
  {
    status: 403,
    code: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided.',
  },
  { status: 403, code: 'NotSignedUp', message: 'Your account is not signed up for the Amazon S3 service.' },
]

/** Errors of STS that no client retries. */
const STS_FAILURES: readonly AwsFailure[] = [
  {
    status: 403,
    code: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
  },
  {
    status: 403,
    code: 'SignatureDoesNotMatch',
    message: 'The request signature we calculated does not match the signature you provided.',
  },
]

/** An account's number: twelve digits, which on a local cloud may be used as an access key id. */
export function accountNumber(random: Random): string {
  return `${random.integer(100_000, 999_999)}${String(random.integer(0, 999_999)).padStart(6, '0')}`
}

/** A region, but not the excluded one. */
export function regionOtherThan(random: Random, excluded: string): string {
  return random.pick(REGIONS.filter(region => region !== excluded))
}

/** Keys that look like a person's on AWS. */
export function userKeys(random: Random): Surroundings {
  return {
    AWS_ACCESS_KEY_ID: `AKIA${random.hex(16).toUpperCase()}`,
    AWS_SECRET_ACCESS_KEY: random.hex(40),
  }
}

/** Keys that look like a role's on AWS: worth nothing without their token. */
export function roleKeys(random: Random): Surroundings {
  return {
    AWS_ACCESS_KEY_ID: `ASIA${random.hex(16).toUpperCase()}`,
    AWS_SECRET_ACCESS_KEY: random.hex(40),
    AWS_SESSION_TOKEN: `token-${random.hex(48)}`,
  }
}

/** Names for buckets, all different. */
export function bucketNames(random: Random, count: number): string[] {
  const subjects = ['ventas', 'clientes', 'logs', 'eventos', 'informes', 'respaldo']
  return Array.from({ length: count }, () => `${random.pick(subjects)}-${random.hex(10)}`).sort()
}

/** A caller in the account. */
export function identityIn(account: string, random: Random): Identity {
  return {
    account,
    arn: `arn:aws:iam::${account}:user/${random.pick(['ana', 'luis', 'sofia'])}-${random.hex(4)}`,
  }
}

/** A cloud where everything works and which has one page of these buckets. */
export function workingScenario(random: Random, buckets: readonly string[] = []): Scenario {
  return { identity: identityIn(accountNumber(random), random), pages: [buckets] }
}

/** An error of S3. */
export function pickS3Failure(random: Random): AwsFailure {
  return random.pick(S3_FAILURES)
}

/** An error of STS. */
export function pickStsFailure(random: Random): AwsFailure {
  return random.pick(STS_FAILURES)
}
