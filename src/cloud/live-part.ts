import type { Clock } from '../core/clock.ts'
import type { IdSource } from '../core/ids.ts'
import type { Random } from '../core/random.ts'
import type { BlobStore } from './blob-store.ts'
import type { EventPort } from './events.ts'
import type { OperationContext } from './operation.ts'
import type { Scheduler } from './scheduler.ts'
import type { CredentialSeal } from './session-credentials.ts'
import type { RequestLine } from './timeline.ts'

/** What a service may use of its cloud outside of a request. */
export interface Platform<State = unknown> {
  readonly clock: Clock
  readonly ids: IdSource
  readonly random: Random
  readonly blobs: BlobStore
  readonly events: EventPort
  readonly scheduler: Scheduler
  /** Seals the credentials that are issued. */
  readonly seal: CredentialSeal
  /** Whether functions are confined to their own folders: always when a grader holds the cloud. */
  readonly containment: Containment
  /** Whether permissions decide (`ENFORCE_IAM=1`). */
  readonly enforceIam: boolean
  /** `http://127.0.0.1:4566`: where functions reach the cloud. Known once the cloud listens. */
  endpoint(): string
  /** The service's own state of an account and region, created on first use. */
  stateOf(accountId: string, region: string): State
  /** Every state that the service has so far. */
  states(): Iterable<{ readonly accountId: string; readonly region: string; readonly state: State }>
  /** A context for work that no request asked for. */
  workContext(accountId: string, region: string): OperationContext
  /** Shows something that happened, e.g. an invocation, beside the requests. */
  show(line: Omit<RequestLine, 'requestId'> & { readonly requestId?: string }): void
  /** Reports an exception that nothing should throw. */
  onBug(error: unknown, where: string): void
}

/** `contained`: functions see their own files only and start no other programs. `open`: a student's own machine. */
export type Containment = 'contained' | 'open'

/** What a service keeps beside its state while its cloud runs: processes, sockets, queues at work. */
export interface LivePart {
  /** Whether nothing is under way that would end without the clock being moved. */
  isIdle(): boolean
  /** Resolves when `isIdle` holds. */
  idle(): Promise<void>
  /** Takes up again what a saved state shows as under way; called after a snapshot was read. */
  resume?(): void
  /** Ends all that is under way and forgets it: every state has been emptied. */
  reset(): Promise<void>
  /** Ends all that is under way; nothing of it outlives this. */
  close(): Promise<void>
}
