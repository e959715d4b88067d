import type {
  Architecture,
  Cors,
  FileSystemConfig,
  FunctionUrlAuthType,
  InvokeMode,
  LoggingConfig,
  RecursiveLoop,
  Runtime,
  SnapStartApplyOn,
  TracingMode,
  VpcConfig,
} from '@aws-sdk/client-lambda'
import type { Blob } from '../../cloud/blob-store.ts'

/** What Lambda remembers of one account in one region. */
export interface LambdaState {
  /** By name. */
  readonly functions: Map<string, LambdaFunction>
  /** By name. */
  readonly layers: Map<string, Layer>
}

/** A function with its versions, and all that belongs to them. */
export interface LambdaFunction {
  readonly name: string
  /** Unqualified. */
  readonly arn: string
  readonly accountId: string
  readonly region: string
  latest: FunctionVersion
  /** Published ones by their number, in order. */
  readonly versions: Map<string, FunctionVersion>
  /** The number that was given last; numbers are never used again. */
  lastVersion: number
  readonly aliases: Map<string, Alias>
  /** By qualifier; `$LATEST` for the function itself. */
  readonly policies: Map<string, ResourcePolicy>
  tags: ReadonlyMap<string, string>
  reservedConcurrency?: number
  /** Whether it may go on when it causes its own invocations; `Terminate` when nothing is said. */
  recursiveLoop?: RecursiveLoop
  /** By qualifier: an alias or a version. */
  readonly provisioned: Map<string, ProvisionedConcurrency>
  /** By qualifier; `$LATEST` for the function itself. */
  readonly eventInvokeConfigs: Map<string, EventInvokeConfig>
  /** By qualifier; `$LATEST` for the function itself. */
  readonly urls: Map<string, FunctionUrl>
  /** Asynchronous invocations that wait or are at work, by request id, oldest first. */
  readonly events: Map<string, QueuedEvent>
}

/** A zip that was uploaded. */
export interface StoredZip {
  readonly blob: Blob
  /** SHA-256, base64. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Bytes of what is in it. */
  readonly unpackedSize: number
}

/** `$LATEST` or a published version. */
export interface FunctionVersion {
  /** `$LATEST` or a number. */
  readonly version: string
  readonly code: StoredZip
  readonly settings: FunctionSettings
  /** Another one for each change of code or settings; what the runtime tells environments apart by. */
  readonly deployment: string
  /** Another one for each change that AWS counts, permissions among them. */
  revisionId: string
  /** Milliseconds since the epoch. */
  readonly lastModified: number
  activation: Activation
}

/** Where a version stands: being created, being updated, ready or unable to run. */
export interface Activation {
  readonly state: 'Pending' | 'Active' | 'Failed'
  /** Why it failed, in words. */
  readonly reason?: string
  /** Absent while it is being created. */
  readonly lastUpdate?: 'Successful' | 'InProgress' | 'Failed'
}

/** How a function runs. */
export interface FunctionSettings {
  readonly runtime: Runtime
  readonly handler: string
  readonly role: string
  readonly description: string
  readonly timeoutSeconds: number
  readonly memoryMegabytes: number
  readonly ephemeralMegabytes: number
  /** Absent when none were ever given, which AWS answers differently. */
  readonly variables?: Readonly<Record<string, string>>
  readonly architectures: readonly Architecture[]
  readonly layers: readonly AttachedLayer[]
  readonly logging: LoggingConfig
  readonly tracing: TracingMode
  readonly snapStart: SnapStartApplyOn
  readonly deadLetterArn?: string
  readonly vpc?: VpcConfig
  readonly fileSystems?: readonly FileSystemConfig[]
  readonly kmsKeyArn?: string
}

/** A layer's version as a function uses it, which it still does after the version was deleted. */
export interface AttachedLayer {
  readonly arn: string
  readonly code: StoredZip
}

/** A name for a version, or for two with a share of the calls each. */
export interface Alias {
  readonly name: string
  readonly description: string
  readonly version: string
  /** The other version and its share of the calls in [0, 1]. */
  readonly additional?: { readonly version: string; readonly weight: number }
  revisionId: string
}

/** Statements that let others use a function or a layer, as AWS writes them. */
export interface ResourcePolicy {
  readonly statements: readonly PolicyStatement[]
}

/** One statement, its members in AWS's order. */
export interface PolicyStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: string | Readonly<Record<string, string>>
  readonly Action: string
  readonly Resource: string
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface ProvisionedConcurrency {
  readonly requested: number
  /** Milliseconds since the epoch. */
  readonly lastModified: number
}

/** How asynchronous invocations are retried and where their outcome goes. */
export interface EventInvokeConfig {
  readonly maximumRetryAttempts?: number
  readonly maximumEventAgeSeconds?: number
  readonly onSuccess?: string
  readonly onFailure?: string
  /** Milliseconds since the epoch. */
  readonly lastModified: number
}

/** A function's own HTTP address. */
export interface FunctionUrl {
  /** 32 lower-case letters and digits. */
  readonly id: string
  readonly authType: FunctionUrlAuthType
  readonly invokeMode: InvokeMode
  /** What pages of other sites may do with it. */
  readonly cors?: Cors
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly lastModified: number
}

/** An asynchronous invocation. */
export interface QueuedEvent {
  readonly requestId: string
  /** As it was asked for; an alias is looked up again at each attempt. */
  readonly qualifier?: string | undefined
  /** JSON text. */
  readonly payload: string
  /** What it is about, for the timeline, e.g. `ObjectCreated:Put datalake/raw/ventas.csv`. */
  readonly subject: string
  readonly traceId?: string | undefined
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number
  /** Milliseconds since the epoch; not tried before that. */
  dueAt: number
  /** Calls of the function so far. */
  attempts: number
  /** How often it found no room since it last ran. */
  throttles: number
  /** What the last attempt answered. */
  last?: {
    /** JSON text. */
    readonly payload: string
    readonly executedVersion: string
    readonly functionError: string | undefined
  }
}

/** A layer with its versions. */
export interface Layer {
  readonly name: string
  readonly arn: string
  readonly versions: Map<number, LayerVersion>
  lastVersion: number
}

export interface LayerVersion {
  readonly version: number
  readonly arn: string
  readonly code: StoredZip
  readonly description: string
  readonly licenseInfo?: string
  readonly runtimes: readonly Runtime[]
  readonly architectures: readonly Architecture[]
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  policy?: ResourcePolicy & { readonly revisionId: string }
}

/** The state of an account that has never used Lambda. */
export function createLambdaState(): LambdaState {
  return { functions: new Map(), layers: new Map() }
}
