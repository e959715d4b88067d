import { createRandom } from '../core/random.ts'
import type { Connection } from './lab.ts'

const region = 'us-east-1'

/** The account of a run: twelve digits that are also its access key id, which is how a local cloud knows accounts. */
export function connectionForSeed(endpoint: string, seed: number): Connection {
  const random = createRandom(seed).fork('account')
  const accountId = Array.from({ length: 12 }, (_, index) => random.integer(index === 0 ? 1 : 0, 9)).join('')
  return { endpoint, region, accountId, accessKeyId: accountId, secretAccessKey: 'test' }
}
