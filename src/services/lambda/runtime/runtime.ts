import type { Blob } from '../../../cloud/blob-store.ts'
import type { LivePart } from '../../../cloud/live-part.ts'

/** One version of a function as the runtime runs it. */
export interface Deployment {
  readonly accountId: string
  readonly region: string
  readonly functionName: string
  /** Unqualified. */
  readonly functionArn: string
  /** `$LATEST` or a number. */
  readonly version: string
  /** Another one for each change of code or configuration: environments of an older revision take no more invocations. */
  readonly revision: string
  /** e.g. `nodejs22.x`, `python3.12`, `provided.al2023` */
  readonly runtime: string
  /** e.g. `index.handler` */
  readonly handler: string
  readonly memoryMegabytes: number
  readonly timeoutSeconds: number
  /** Size of the private `/tmp`, in MiB. */
  readonly ephemeralMegabytes: number
  readonly variables: Readonly<Record<string, string>>
  readonly roleArn: string
  /** The zip as it was uploaded. */
  readonly code: Blob
  /** SHA-256 of the zip, base64; equal code is unpacked once. */
  readonly codeSha256: string
  /** Zips of the layers, in order; later ones win. */
  readonly layers: readonly { readonly code: Blob; readonly codeSha256: string }[]
  readonly logging: FunctionLogging
}

/** Where and how a function's output is written. */
export interface FunctionLogging {
  /** e.g. `/aws/lambda/procesar-csv` */
  readonly logGroup: string
  readonly format: 'Text' | 'JSON'
  /** Lowest level that is kept of the function's own lines; JSON only. */
  readonly applicationLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL'
  /** Lowest level that is kept of START, END and REPORT; JSON only. */
  readonly systemLevel?: 'DEBUG' | 'INFO' | 'WARN'
}

/** One call of a function. */
export interface Invocation {
  readonly requestId: string
  /** As it was called, with its qualifier. */
  readonly invokedFunctionArn: string
  /** JSON text, UTF-8. */
  readonly payload: Uint8Array
  /** JSON text, decoded. */
  readonly clientContext?: string
  readonly traceId?: string
  /** When set, what a streaming handler writes goes here as it is written; the result's payload is then empty. */
  readonly stream?: ResponseStream
}

/** Takes a streamed response. */
export interface ResponseStream {
  /** Called before the first piece. `contentType` is the handler's, e.g. `application/vnd.awslambda.http-integration-response`. */
  begin(contentType: string): void
  /** Resolves when more can be taken. */
  write(piece: Uint8Array): Promise<void>
}

/** How a call ended. */
export interface InvocationResult {
  /** JSON text: the handler's result, or the error's document. */
  readonly payload: Uint8Array
  /** Set when the function failed, whatever the reason. */
  readonly functionError?: 'Unhandled' | 'Handled'
  /** The last 4 KB of what the call logged. */
  readonly logTail: string
  /** Milliseconds that the handler took. */
  readonly durationMilliseconds: number
}

/** Runs functions in processes of their own. */
export interface Runtime extends LivePart {
  /**
   * Runs one call in a warm environment or a new one; waits for one when too many are at work on this machine.
   * Never rejects for what the function does: that is a result with a `functionError`.
   */
  invoke(deployment: Deployment, invocation: Invocation): Promise<InvocationResult>
  /** Whether this machine can run such functions: a problem in words, e.g. that there is no Python. */
  findProblem(runtime: string): Promise<string | undefined>
  /** Ends the idle environments of a function, and the busy ones after their call; its folders go with the last. */
  retire(functionArn: string): Promise<void>
}
