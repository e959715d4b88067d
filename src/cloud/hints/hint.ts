import type { AwsError } from '../../core/aws-error.ts'
import type { BlobStore } from '../blob-store.ts'
import type { EventPort } from '../events.ts'
import type { RequestLine } from '../timeline.ts'

/** What a line of the timeline is likely a sign of; who shows it has the words for its id. */
export interface Hint {
  /** The service and the mistake, e.g. `s3.encoded-key`. */
  readonly id: string
  /** What the words are filled with, e.g. `{ key: 'raw/a+b.csv', existing: 'raw/a b.csv' }`. */
  readonly facts: Readonly<Record<string, string>>
  /** A command that shows it, e.g. `npx awslocal s3api head-object …`. */
  readonly command?: string
  /** How often it was left out since it was shown last; absent when never. */
  readonly omitted?: number
  /** The words, where the cloud was given any. */
  readonly text?: string
}

/** What a request was about, beside its line; nobody keeps it. */
export interface Evidence {
  /** What the operation was called with. */
  readonly input?: Readonly<Record<string, unknown>> | undefined
  readonly output?: Readonly<Record<string, unknown>> | undefined
  readonly error?: AwsError | undefined
  readonly authentication?: 'header' | 'presigned' | 'anonymous' | undefined
  readonly accessKeyId?: string | undefined
}

/** A request as a rule sees it. */
export interface Seen extends Evidence {
  readonly line: RequestLine
}

/** What a rule may look at besides; it changes nothing. */
export interface HintScope<State = unknown> {
  /** The service's own, of the line's account and region. */
  readonly state: State
  readonly accountId: string
  readonly region: string
  /** Every state of the service: those of other accounts and regions. */
  states(): Iterable<{ readonly accountId: string; readonly region: string; readonly state: State }>
  /** What the timeline holds of before, oldest first. */
  earlier(): readonly RequestLine[]
  readonly ask: EventPort['ask']
  readonly blobs: Pick<BlobStore, 'read'>
}

/** What a rule found out. */
export interface Finding {
  readonly facts: Readonly<Record<string, string>>
  /** Arguments of `npx awslocal` that show it. */
  readonly tryIt?: readonly string[]
}

/**
 * A known mistake and how a line shows it. Rules look only at what their `on`, `operations` and `codes` name; those about
 * successes name their operations, so that all other requests cost nothing.
 */
export type HintRule<State = unknown> = {
  readonly id: string
  /** Error codes that it looks at; any when absent. */
  readonly codes?: readonly string[]
  find(seen: Seen, scope: HintScope<State>): Finding | undefined | Promise<Finding | undefined>
} & (
  | { readonly on: 'success'; readonly operations: readonly string[] }
  | { readonly on: 'failure' | 'invocation'; readonly operations?: readonly string[] }
)
