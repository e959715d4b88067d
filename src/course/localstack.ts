import { randomInt } from 'node:crypto'
import { createRandom } from '../core/random.ts'
import { exitCodes, UserError } from '../core/user-error.ts'
import { createAccountId } from './account.ts'
import type { StartCloud } from './cloud.ts'

const defaultEndpoint = 'http://localhost:4566'
const probeTimeoutMilliseconds = 3000

/**
 * Uses the LocalStack (or any compatible cloud) that is already running at `AWS_ENDPOINT_URL`, each exercise in an
 * account of its own.
 * @throws UserError `no-cloud` when nothing there answers `/_localstack/health`.
 */
export async function attachLocalStack(
  endpoint: string = process.env.AWS_ENDPOINT_URL ?? defaultEndpoint,
): Promise<StartCloud> {
  await probeHealth(endpoint)
  return async () => ({
    endpoint,
    accountId: createAccountId(createRandom(randomInt(0x1_0000_0000))),
    close: async () => undefined,
  })
}

async function probeHealth(endpoint: string): Promise<void> {
  let response: Response
  try {
    response = await fetch(new URL('/_localstack/health', endpoint), {
      signal: AbortSignal.timeout(probeTimeoutMilliseconds),
    })
    await response.body?.cancel()
  } catch (cause) {
    throw noCloud(`No responde ninguna nube en ${endpoint}.`, cause)
  }
  if (!response.ok)
    throw noCloud(`Lo que responde en ${endpoint} no es LocalStack (dice ${response.status}).`)
}

function noCloud(message: string, cause?: unknown): UserError {
  return new UserError({
    code: 'no-cloud',
    message,
    nextStep: 'docker compose -f docker-compose.localstack.yml up -d',
    exitCode: exitCodes.environment,
    cause,
  })
}
