// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the operations are data here
import { Readable } from 'node:stream'
import type { HttpRequest, HttpResponse, StaticOperationSchema } from '@smithy/types'
import type { Random } from '../../../src/core/random.ts'
import { iam } from '../../../src/services/iam/index.ts'
import { lambda } from '../../../src/services/lambda/index.ts'
import { logs } from '../../../src/services/logs/index.ts'
import { s3 } from '../../../src/services/s3/index.ts'
import { sts } from '../../../src/services/sts/index.ts'
import { clientOptions } from './client-options.ts'
import { type ServiceId, sdks } from './error-statuses.ts'
import { faultOf } from './judge.ts'
import { type Learned, learn, makeInput, operationsOf } from './model-inputs.ts'
import type { RawAnswer } from './raw-exchange.ts'
import { mutate } from './wire-mutations.ts'

/** What became of one call. */
export interface CallOutcome {
  /** `undefined` where the client refused to send it. */
  readonly status: number | undefined
  readonly fault: string | undefined
  /** What the operation gave. */
  readonly output: unknown
}

/** A call that is made, but not yet sent. */
interface Planned {
  readonly service: ServiceId
  readonly operation: StaticOperationSchema
  readonly input: Record<string, unknown>
  /** Randomness of its own, so that the order of sending does not matter. */
  readonly random: Random
}

/** Longest that a cloud may take for one answer, in milliseconds: beyond it hangs. */
const patienceMilliseconds = 30_000

/** Calls that the SDK's own clients write out of inputs that its models allow, many of them damaged on the way. */
export class ModelCalls {
  readonly #learned: Record<ServiceId, Learned>
  readonly #implemented: Record<ServiceId, StaticOperationSchema[]> = {
    s3: onlyThose(s3.operations, operationsOf('s3')),
    sts: onlyThose(sts.operations, operationsOf('sts')),
    iam: onlyThose(iam.operations, operationsOf('iam')),
    lambda: onlyThose(lambda.operations, operationsOf('lambda')),
    logs: onlyThose(logs.operations, operationsOf('logs')),
  }
  readonly #clients: Record<ServiceId, AnyClient>

  constructor(url: string) {
    this.#clients = createClients(url)
    this.#learned = { s3: new Map(), sts: new Map(), iam: new Map(), lambda: new Map(), logs: new Map() }
  }

  plan(random: Random): Planned {
    const service = random.pick(['s3', 's3', 's3', 'iam', 'lambda', 'logs', 'logs', 'sts'] as const)
    const operation = random.pick(random.next() < 0.9 ? this.#implemented[service] : operationsOf(service))
    const input = makeInput(random, service, operation, this.#learned[service])
    return { service, operation, input, random: random.fork(`${random.next()}`) }
  }

  /** Sends calls at once and learns from their answers in order. */
  async send(planned: readonly Planned[]): Promise<CallOutcome[]> {
    const outcomes = await Promise.all(planned.map(call => this.#sendOne(call)))
    for (const [index, { output }] of outcomes.entries()) {
      const service = planned[index]?.service
      if (service !== undefined) learn(this.#learned[service], output)
    }
    return outcomes
  }

  close(): void {
    for (const client of Object.values(this.#clients)) client.destroy()
  }

  async #sendOne({ service, operation, input, random }: Planned): Promise<CallOutcome> {
    let answer: RawAnswer | undefined
    const isDamaged = random.next() < 0.5
    const name = operation[2]
    const told = `${service} ${name}${isDamaged ? ' (damaged)' : ''} ${describe(input)}`
    const command = new (commandOf(service, name))(input)
    command.middlewareStack.add(
      next => async args => {
        if (isDamaged) mutate(random, args.request)
        tellLength(args.request)
        const result = await next(args)
        answer = await receive(result.response)
        return { ...result, response: { ...result.response, body: Readable.from([answer.body]) } }
      },
      { step: 'deserialize', priority: 'low' },
    )
    try {
      const output = await this.#clients[service].send(command)
      const fault = answer && faultOf(answer)
      return { status: answer?.status, fault: fault && `${told}: ${fault}`, output }
    } catch (error) {
      return {
        ...judgeFailure({ answer, error, service, isDamaged: isDamaged || isAnotherCall(name, input), told }),
        output: undefined,
      }
    }
  }
}

/** A copy that names no source is, on the wire, a PutObject or an UploadPart, and answered as such. */
function isAnotherCall(name: string, input: object): boolean {
  return /^(CopyObject|UploadPartCopy)$/.test(name) && !('CopySource' in input && input.CopySource)
}

/** Says how long the body really is, whatever the input's ContentLength says: a server waits for what is announced. */
function tellLength({ headers, body }: HttpRequest & { readonly body?: unknown }): void {
  if (headers['content-length'] === undefined) return
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
    headers['content-length'] = String(Buffer.byteLength(body ?? ''))
}

function onlyThose(operations: object, schemas: readonly StaticOperationSchema[]): StaticOperationSchema[] {
  return schemas.filter(schema => schema[2] in operations)
}

function createClients(endpoint: string): Record<ServiceId, AnyClient> {
  const options = {
    ...clientOptions(endpoint),
    disableHostPrefix: true,
    requestHandler: {
      requestTimeout: patienceMilliseconds,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 50, keepAlive: true },
    },
  }
  return {
    s3: new sdks.s3.S3Client(options),
    sts: new sdks.sts.STSClient(options),
    iam: new sdks.iam.IAMClient(options),
    lambda: new sdks.lambda.LambdaClient(options),
    logs: new sdks.logs.CloudWatchLogsClient(options),
  } as unknown as Record<ServiceId, AnyClient>
}

interface AnyClient {
  send(command: AnyCommand): Promise<unknown>
  destroy(): void
}

interface AnyCommand {
  readonly middlewareStack: {
    add(middleware: (next: Send) => Send, place: { step: 'deserialize'; priority: 'low' }): void
  }
}

type Send = (args: { request: HttpRequest }) => Promise<{ response: HttpResponse }>

type CommandClass = new (input: object) => AnyCommand

function commandOf(service: ServiceId, name: string): CommandClass {
  return (sdks[service] as Record<string, unknown>)[`${name}Command`] as CommandClass
}

async function receive(response: HttpResponse): Promise<RawAnswer> {
  const stream = response.body as Readable
  const pieces: Buffer[] = []
  if (response.headers['content-type'] === 'application/vnd.amazon.eventstream') {
    // A live tail goes on for hours; whoever has seen it begin goes away.
    stream.destroy()
  } else for await (const piece of stream) pieces.push(piece as Buffer)
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces) }
}

function judgeFailure(failure: {
  readonly answer: RawAnswer | undefined
  readonly error: unknown
  readonly service: ServiceId
  readonly isDamaged: boolean
  readonly told: string
}): Pick<CallOutcome, 'status' | 'fault'> {
  const { answer, error, service, isDamaged, told } = failure
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  if (answer === undefined) {
    // What the model does not allow after all (an empty name in a path, a key of 5,000 bytes in a header) is not sent.
    const isHang = error instanceof Error && error.name === 'TimeoutError'
    const isBroken = /ECONNRESET|EPIPE|socket hang up|Parse Error/.test(text)
    return { status: undefined, fault: isHang || isBroken ? `${told}: ${text}` : undefined }
  }
  const { status } = answer
  const fault = faultOf(answer, isDamaged ? undefined : service)
  if (fault !== undefined) return { status, fault: `${told}: ${fault}` }
  const isRead = status >= 300 || isDamaged || answer.headers['content-type']?.includes('eventstream')
  return {
    status,
    fault: isRead ? undefined : `${told}: answered with ${status}, which the SDK cannot read: ${text}`,
  }
}

function describe(input: unknown): string {
  return (JSON.stringify(input) ?? '').slice(0, 1500)
}
