import { createBlobStore } from '../../../src/cloud/blob-store.ts'
import type { EventPort } from '../../../src/cloud/events.ts'
import type { OperationContext } from '../../../src/cloud/operation.ts'
import { createSeal } from '../../../src/cloud/session-credentials.ts'
import type { MovableClock } from '../../../src/core/clock.ts'
import { createSeededIds } from '../../../src/core/ids.ts'
import { createRandom } from '../../../src/core/random.ts'
import type { RequestBody } from '../../../src/wire/body.ts'

/** A context without a cloud, for properties that call operations thousands of times. */
export interface TestContext extends OperationContext {
  readonly clock: MovableClock
}

/** Creates a context whose clock stands still at `startTime` until it is moved. */
export function createTestContext(
  startTime = Date.UTC(2024, 0, 1, 12),
  emit: EventPort['emit'] = () => undefined,
): TestContext {
  const random = createRandom(7)
  let now = startTime
  return {
    accountId: '000000000000',
    region: 'us-east-1',
    clock: {
      now: () => now,
      advance: milliseconds => {
        now += milliseconds
      },
    },
    ids: createSeededIds(random),
    random,
    blobs: createBlobStore(),
    seal: createSeal(createSeededIds(random)),
    events: { emit, ask: async () => undefined },
    live: undefined,
    request: {
      id: '0000000000000000',
      accessKeyId: 'test',
      authentication: 'header',
      host: 'localhost',
      origin: 'http://localhost:4566',
      sourceIpAddress: '127.0.0.1',
      headers: {},
    },
  }
}

/** A request's body that holds `text`. */
export function bodyOf(text: string): RequestBody {
  const bytes = Buffer.from(text)
  return {
    length: bytes.length,
    trailers: {},
    bytes: () => Promise.resolve(bytes),
    async *[Symbol.asyncIterator]() {
      yield bytes
    },
  }
}
