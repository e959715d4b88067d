import { createRandom, type Random } from '../core/random.ts'
import type { RunningCloud } from './cloud.ts'
import type { Connection } from './lab.ts'

const region = 'us-east-1'

/** How a run reaches its cloud: twelve digits as access key id are the account, on our cloud and on LocalStack. */
export function connectionFor(cloud: Pick<RunningCloud, 'endpoint' | 'accountId'>, seed: number): Connection {
  const accountId = cloud.accountId ?? createAccountId(createRandom(seed).fork('account'))
  return { endpoint: cloud.endpoint, region, accountId, accessKeyId: accountId, secretAccessKey: 'test' }
}

/** Twelve digits, the first of which is not zero. */
export function createAccountId(random: Random): string {
  return Array.from({ length: 12 }, (_, index) => random.integer(index === 0 ? 1 : 0, 9)).join('')
}
