import type { Random } from '../core/random.ts'

/** Where a run's cloud is. `embedded` is our own. */
export type TargetName = 'embedded' | 'localstack' | 'aws'

/** What a student's call answered: a claim, to be compared with the cloud and with the oracle. */
export type Claim<Value> =
  | { readonly kind: 'value'; readonly value: Value; readonly durationMilliseconds: number }
  /** The student's code threw; `where` is the first line of *their* file, e.g. `objetos.ts:14`. */
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly where?: string }
  /** The file does not export that name, or it is not a function. */
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'timeout'; readonly seconds: number; readonly where?: string }
  /** The process ended (exit, out of memory, syntax error) before it answered. */
  | { readonly kind: 'crash'; readonly message: string; readonly where?: string }

/** Stands for a client in a call's arguments: the student's process creates it on the run's endpoint and account. */
export interface ClientArgument {
  readonly $client: 'S3Client' | 'STSClient' | 'KinesisClient' | 'LambdaClient'
}

/** A program run from start to end. */
export interface ProgramResult {
  /** `null` when it was killed. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly durationMilliseconds: number
  /** It did not end in time, and its process tree was killed. */
  readonly timedOut: boolean
  /** The TypeScript could not be compiled; `message` says where. */
  readonly compileError?: string
}

export interface ProgramOptions {
  readonly args?: readonly string[]
  /**
   * Environment on top of the run's own (endpoint, credentials, region); `undefined` removes a variable.
   */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Default 20. */
  readonly timeoutSeconds?: number
}

/** The student's code, in its own process, on a copy, without the grader's environment. */
export interface Student {
  /**
   * Calls an export of the exercise's file in a long-lived process (restarted after a crash or timeout).
   * Arguments and results cross by structured clone; a result that cannot is an `error` claim.
   */
  call<Value>(exportName: string, args: readonly unknown[], options?: CallOptions): Promise<Claim<Value>>
  /**
   * Runs a snippet of the *grader's* (an ES module's source whose default export is
   * `async (student, ...args) => value`, with the student's module as first argument) in the student's process;
   * for what a plain call cannot say, e.g. sending a command with the client that an export returned.
   */
  probe<Value>(source: string, args: readonly unknown[], options?: CallOptions): Promise<Claim<Value>>
  /** Runs the file's own `main` as a program: `node file`, stdin closed. */
  program(options?: ProgramOptions): Promise<ProgramResult>
}

export interface CallOptions {
  /** Default 20. */
  readonly timeoutSeconds?: number
  /** Environment of the process that answers the call, as in ProgramOptions; another environment is another process. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** How a function is deployed; what is not said is the course's usual. */
export interface DeployOptions {
  /** The start of its name, which is new in the run. Default: the exercise's slug. */
  readonly purpose?: string
  /** Default 256. */
  readonly memoryMegabytes?: number
  /** Default 30. */
  readonly timeoutSeconds?: number
  readonly environment?: Readonly<Record<string, string>>
}

/** A function that can be invoked, or why there is none: its code does not compile. */
export type Deployment =
  | { readonly kind: 'deployed'; readonly name: string; readonly arn: string }
  | Extract<Claim<unknown>, { readonly kind: 'crash' }>

/** What a function answered, with what it printed; a `FunctionError` is an `error`, a `timeout` or a `crash`. */
export type Invocation<Value> = Claim<Value> & {
  /** The last 4 KB of the invocation's log. */
  readonly log: string
  /** Empty when the cloud gave none. */
  readonly requestId: string
}

/** The Lambda functions of the run, deployed and invoked by the grader. */
export interface Functions {
  /** Bundles the function that is graded and creates it; resolves once it can be invoked. */
  deploy(options?: DeployOptions): Promise<Deployment>
  /** Invokes a function and waits for its answer, which is whatever its JSON says. */
  invoke<Value>(name: string, event: unknown): Promise<Invocation<Value>>
}

/** Connection facts of the run's account. */
export interface Connection {
  /** Absent on AWS. */
  readonly endpoint: string | undefined
  readonly region: string
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What only our own cloud can do. */
export interface CloudControl {
  /** Moves the cloud's clock forward and waits until the work that this made due is done. */
  advanceDays(days: number): Promise<void>
  /** The cloud's time, milliseconds since the epoch. */
  now(): Promise<number>
  /** Resolves when no event is queued and no function runs. */
  waitUntilIdle(): Promise<void>
}

/** Everything that a check may use; one lab per exercise run, shared by its checks in order. */
export interface Lab {
  /** Repeats the whole run's inputs and names. */
  readonly seed: number
  /** Seeded for this check: the same whatever other checks ran. */
  readonly random: Random
  readonly target: TargetName
  readonly connection: Connection
  readonly student: Student
  readonly functions: Functions
  /** Present on targets with the `clock` capability. */
  readonly control?: CloudControl
  /** A client of the grader's own, on the run's account; path style where S3. Cached per class. */
  client<C>(Client: new (configuration: ClientConfiguration) => C): C
  /** A name that is unique in the run and the same for the same seed, e.g. `taller-ventas-7f3a`. */
  name(prefix: string): string
  /**
   * Writes an input file into the run's folder before a call.
   * @returns its path as the student's process must use it (relative to its working directory, `/` separators).
   */
  writeFile(path: string, content: string | Uint8Array): Promise<string>
  /** Reads a file that the student's code wrote, or gives `undefined`. */
  readFile(path: string): Promise<Buffer | undefined>
  /** Lists the files below a folder of the run, `/` separators, sorted. */
  listFiles(folder: string): Promise<string[]>
  /** Changes a file's modification time. */
  touch(path: string, modified: Date): Promise<void>
}

/** What a grader's client is created with. */
export interface ClientConfiguration {
  readonly endpoint?: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly forcePathStyle?: boolean
}
