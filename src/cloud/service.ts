import type { AwsError } from '../core/aws-error.ts'
import type { WireRequest, WireResponse } from '../wire/http.ts'
import type { ServiceModel } from '../wire/model.ts'
import type { Address } from './address.ts'
import type { CloudEvent } from './events.ts'
import type { HintRule } from './hints/hint.ts'
import type { LivePart, Platform } from './live-part.ts'
import type { Operation, OperationContext, RequestFacts } from './operation.ts'
import type { PermissionTable } from './permission.ts'
import type { Questions } from './questions.ts'
import type { RequestLine } from './timeline.ts'

/** Operations by their AWS name; each has its own input and output, which the wire gives and takes. */
export type OperationTable<State, Live = unknown> = Readonly<
  // biome-ignore lint/suspicious/noExplicitAny: a table of functions with different inputs has no narrower common type
  Record<string, Operation<State, any, any, Live>>
>

/** What a service's listeners and responders work with. */
export interface ServiceAccess<State, Live = unknown> {
  readonly platform: Platform<State>
  readonly live: Live
}

/** Acts upon other services' events, by the prefix of their type. */
export type ListenerTable<State, Live = unknown> = Readonly<
  Record<string, (event: CloudEvent, access: ServiceAccess<State, Live>) => Promise<void> | void>
>

/** Answers to other services' questions; `undefined` where the question is not for this service. */
export type ResponderTable<State, Live = unknown> = {
  readonly [Name in keyof Questions]?: (
    question: Questions[Name]['question'],
    access: ServiceAccess<State, Live>,
  ) => Promise<Questions[Name]['answer'] | undefined> | Questions[Name]['answer'] | undefined
}

/** HTTP that a service answers besides its API, by its own rules: function URLs, websites. */
export interface DataPlane<State, Live = unknown> {
  /** Whether a request to this address is one of them. */
  claims(address: Address): boolean
  answer(request: DataPlaneRequest, access: ServiceAccess<State, Live>): Promise<WireResponse>
}

/** A browser's question whether a page may send a request (`OPTIONS`). */
export interface PreflightRequest {
  readonly origin: string | undefined
  readonly address: Address
  readonly headers: WireRequest['headers']
}

/** A request that a page sends. */
export interface PageRequest {
  readonly origin: string
  readonly method: string
  readonly address: Address
}

/** How an API answers pages by rules of its own (CORS); one without refuses those of other sites. */
export interface CrossOrigin<State> {
  /** Headers that let a page send its request, which is not signed; throws AwsError where it may not. */
  preflight(request: PreflightRequest, state: State): Readonly<Record<string, string>>
  /** Headers that let a page read the answer, or `undefined` when no rule is for it. */
  headersOf(request: PageRequest, state: State): Readonly<Record<string, string>> | undefined
  /** Whether a page of another site may have this answered though it cannot read the answer. */
  isOpenToReaders(request: PageRequest): boolean
}

/** A request to a data plane, as it came. */
export interface DataPlaneRequest {
  readonly id: string
  readonly address: Address
  readonly wire: WireRequest
  /** Raw header lines in order: name, value, name, value… */
  readonly rawHeaders: readonly string[]
  readonly sourceIpAddress: string
  /**
   * Checks the signature as a service's own where signatures are checked; gives the request whose body can still be read.
   * Throws AwsError where it is not right.
   */
  readonly requireSignature: (serviceId: string) => Promise<WireRequest>
  /** The caller's account where the request is signed. */
  readonly accessKeyId: string | undefined
  /** Says what the request turned out to be, for the timeline; what was said before is kept where nothing new is. */
  readonly show: (facts: Partial<ShownRequest>) => void
}

/** A data plane's request as the timeline shows it. */
export interface ShownRequest {
  readonly service: string
  /** As AWS's logs call it, e.g. `WEBSITE.GET.OBJECT`. */
  readonly operation: string
  /** e.g. `sitio/index.html` */
  readonly resource?: string
  /** Whose it is. */
  readonly accountId?: string
  readonly region?: string
  /** What it asks for, as an operation's input would name it. */
  readonly input?: Readonly<Record<string, unknown>>
  /** Why it failed, where the answer is the plane's own. */
  readonly error?: AwsError
}

/** Work that a service does on its own when the clock has moved, e.g. expiring objects. */
export type ClockWork<State> = (state: State, context: OperationContext) => Promise<void> | void

/** A document (XML, JSON) as it was received, before it is read. */
export interface ReceivedDocument {
  readonly operation: string
  readonly bytes: Buffer
  readonly headers: RequestFacts['headers']
}

/** How large a document may be. */
export interface DocumentLimit {
  readonly bytes: number
  refuse(): AwsError
}

/** What a form says of its signature, which is over its policy. */
export type SignedForm =
  | {
      readonly version: 4
      readonly policy: string
      readonly algorithm: string
      readonly credential: string
      readonly date: string
      readonly signature: string
    }
  | {
      readonly version: 2
      readonly policy: string
      readonly accessKeyId: string
      readonly signature: string
    }

/** A form that a browser sent, before it is read. */
export interface FormRequest {
  readonly wire: WireRequest
  /** Milliseconds since the epoch. */
  readonly now: number
  /** URL of the bucket as the client addressed it, with a slash at its end. */
  readonly bucketUrl: string
}

/** A form as the call that it stands for. */
export interface FormCall {
  /** Name of the operation that answers. */
  readonly operation: string
  readonly signed: SignedForm | undefined
  /** The call as a program would have sent it. */
  readonly wire: WireRequest
  /** The form's answer, from the call's. */
  answer(stored: WireResponse): WireResponse
  /** Lets go of what the call did not read. */
  abandon(): void
}

/** Calls that come as browsers' forms. */
export interface Forms {
  accepts(wire: WireRequest): boolean
  read(request: FormRequest): Promise<FormCall>
}

/** How many things there are, by their name, e.g. `{ buckets: 2, keys: 1204, functions: 3 }`. */
export type Census = Readonly<Record<string, number>>

/** The error by which a service says that it cannot work just now. */
export interface Outage {
  readonly code: string
  /** HTTP status, 5xx. */
  readonly statusCode: number
}

/** What a service is: a table. */
export interface ServiceDefinition<State, Live = unknown> {
  /** AWS's signing name and LocalStack's health name, e.g. `s3`. */
  readonly id: string
  /** The schemas of every operation AWS has; those absent from `operations` answer 501. */
  readonly model: ServiceModel
  /** Creates the state of one account in one region: plain records, Maps and Buffers only, so that it can be saved. */
  readonly createState: () => State
  readonly operations: OperationTable<State, Live>
  /** How many of its main things a state holds, by their name; without a walk over each of them. */
  readonly census?: (state: State) => Census
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
  /** Largest document that an operation takes, and the error for a larger one; the protocol's own where absent. */
  readonly documentLimit?: (operation: string) => DocumentLimit
  /** How it says that the machine's disk fails it; what AWS's common errors name (`ServiceUnavailable`, 503) where absent. */
  readonly outage?: Outage
  /** Opens what the service keeps beside its state while the cloud runs; called once, when the cloud starts. */
  readonly open?: (platform: Platform<State>) => Live & LivePart
  readonly listeners?: ListenerTable<State, Live>
  readonly responders?: ResponderTable<State, Live>
  /** What each call needs where permissions decide (`ENFORCE_IAM=1`). */
  readonly permissions?: PermissionTable<State>
  readonly dataPlane?: DataPlane<State, Live>
  readonly crossOrigin?: CrossOrigin<State>
  readonly forms?: Forms
  /** What a request is about, for the timeline; the path says it where nothing is given. */
  readonly describe?: (call: DescribedCall) => CallDescription | undefined
  /** Mistakes that are known, and how a line of the timeline shows them. */
  readonly hints?: readonly HintRule<State>[]
}

/** A call that was answered. */
export interface DescribedCall {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  /** Absent where it failed. */
  readonly output: Readonly<Record<string, unknown>> | undefined
}

/** A call as the timeline tells of it. */
export type CallDescription = Partial<Pick<RequestLine, 'resource' | 'page'>>

// biome-ignore lint/suspicious/noExplicitAny: services have different states, which only they read
export type AnyService = ServiceDefinition<any, any>

/** Declares a service; the only thing that its `index.ts` exports. */
export function defineService<State, Live = unknown>(
  definition: ServiceDefinition<State, Live>,
): ServiceDefinition<State, Live> {
  return definition
}
