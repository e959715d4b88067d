import type { ServiceModel } from '../wire/model.ts'
import type { Operation, OperationContext, RequestFacts } from './operation.ts'

/** Operations by their AWS name; each has its own input and output, which the wire gives and takes. */
// biome-ignore lint/suspicious/noExplicitAny: a table of functions with different inputs has no narrower common type
export type OperationTable<State> = Readonly<Record<string, Operation<State, any, any>>>

/** Work that a service does on its own when the clock has moved, e.g. expiring objects. */
export type ClockWork<State> = (state: State, context: OperationContext) => Promise<void> | void

/** A document (XML, JSON) as it was received, before it is read. */
export interface ReceivedDocument {
  readonly operation: string
  readonly bytes: Buffer
  readonly headers: RequestFacts['headers']
}

/** What a service is: a table. */
export interface ServiceDefinition<State> {
  /** AWS's signing name and LocalStack's health name, e.g. `s3`. */
  readonly id: string
  /** The schemas of every operation AWS has; those absent from `operations` answer 501. */
  readonly model: ServiceModel
  /** Creates the state of one account in one region: plain records, Maps and Buffers only, so that it can be saved. */
  readonly createState: () => State
  readonly operations: OperationTable<State>
  /**
   * `region`: one state per account and region. `global`: one per account for all regions (IAM, STS).
   * `partition`: one for everybody, where names are shared by all accounts (S3's buckets).
   */
  readonly scope: 'region' | 'global' | 'partition'
  readonly onClock?: ClockWork<State>
  /**
   * Checks a document that came as a request's body against the digests that its headers announce.
   * Throws AwsError where they do not fit.
   */
  readonly inspectDocument?: (document: ReceivedDocument) => void
}

/** Declares a service; the only thing that its `index.ts` exports. */
export function defineService<State>(definition: ServiceDefinition<State>): ServiceDefinition<State> {
  return definition
}
