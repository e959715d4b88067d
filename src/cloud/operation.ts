import type { Clock } from '../core/clock.ts'
import type { IdSource } from '../core/ids.ts'
import type { Random } from '../core/random.ts'
import type { BlobStore } from './blob-store.ts'
import type { EventPort } from './events.ts'
import type { RefusalOf } from './permission.ts'
import type { CredentialSeal } from './session-credentials.ts'

/** What an operation may know of the request that called it. */
export interface RequestFacts {
  readonly id: string
  readonly accessKeyId: string
  /** `header`, `presigned` or `anonymous`: how the caller identified itself. */
  readonly authentication: 'header' | 'presigned' | 'anonymous'
  /** Host header without the port, lower case. */
  readonly host: string
  /** `http://host:port` as the client addressed us, for answers that carry URLs. */
  readonly origin: string
  readonly sourceIpAddress: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Everything outside its own state that an operation may use. */
export interface OperationContext<Live = unknown> {
  readonly accountId: string
  readonly region: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly random: Random
  readonly blobs: BlobStore
  readonly events: EventPort
  /** Seals the credentials that are issued, and tells those of this cloud from others. */
  readonly seal: CredentialSeal
  readonly request: RequestFacts
  /** What the service opened when the cloud started; `undefined` for services that keep nothing but their state. */
  readonly live: Live
  /** Whether the caller may do something more, for operations that decide it piece by piece; absent where nothing is refused. */
  readonly refusalOf?: RefusalOf
  /** ARN of the caller; absent where permissions do not decide, because nobody had to find out. */
  readonly callerArn?: string
}

/**
 * One AWS operation: a function of its service's state, its input and its context.
 * Validation is inside it; it throws AwsError with AWS's code and wording.
 */
export type Operation<State, Input, Output, Live = unknown> = (
  state: State,
  input: Input,
  context: OperationContext<Live>,
) => Output | Promise<Output>
