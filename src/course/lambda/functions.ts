import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { createRandom, hashText } from '../../core/random.ts'
import { type Bundle, bundleFunction } from '../functions/bundle-function.ts'
import { zipFunction } from '../functions/zip-function.ts'
import type { Connection, Deployment, DeployOptions, Functions, Invocation, Lab } from '../lab.ts'
import type { OutputLog } from '../student/output-log.ts'
import type { Workspace } from '../workspace.ts'
import { explainInvocation } from './invocation.ts'
import { ownLogLines } from './own-log-lines.ts'
import { createPlaces, type FindPlace } from './source-places.ts'

/** What the functions of a run are made with. */
export interface FunctionsOptions {
  readonly exerciseId: string
  /** The slug of the function that is graded; its folder is `lambdas/<slug>/` of the run's copy. */
  readonly slug: string
  readonly seed: number
  readonly connection: Connection
  readonly workspace: Workspace
  readonly output: OutputLog
}

/** The functions of an exercise's run, shared by its checks. */
export interface FunctionRun {
  /** The functions, deployed and invoked with the grader's client. */
  forClient(client: Lab['client']): Functions
  /** Whether a function has not answered yet. */
  isBusy(): boolean
}

/** Creates the functions of a run; the code is bundled once, and one function serves all who ask for the same. */
export function createFunctions(options: FunctionsOptions): FunctionRun {
  const deployments = new Map<string, Promise<Deployment>>()
  let bundle: Promise<Bundle> | undefined
  let findPlace: FindPlace = () => undefined
  let running = 0
  const deploy = async (client: Lab['client'], wanted: DeployOptions): Promise<Deployment> => {
    bundle ??= bundleGraded(options)
    const code = await bundle
    if (code.kind === 'refused') return { ...code, kind: 'crash' }
    findPlace = createPlaces(Buffer.from(code.files['index.js'] ?? '').toString('utf8'))
    const name = nameFunction(options, wanted)
    return create(client(LambdaClient), { ...options, ...wanted, name, files: code.files })
  }
  return {
    isBusy: () => running > 0,
    forClient: client => ({
      deploy: (wanted = {}) => {
        const key = JSON.stringify(wanted)
        const deployment = deployments.get(key) ?? deploy(client, wanted)
        deployments.set(key, deployment)
        return deployment
      },
      invoke: async <Value>(name: string, event: unknown) => {
        running++
        try {
          const invocation = await invoke(client(LambdaClient), { name, event, findPlace })
          options.output.append(
            Buffer.from(
              ownLogLines(invocation.log)
                .map(line => `${line}\n`)
                .join(''),
            ),
          )
          // What a function answers is whatever its code gave; the check that asked says what it must be.
          return invocation as Invocation<Value>
        } finally {
          running--
        }
      },
    }),
  }
}

async function bundleGraded({ slug, workspace }: FunctionsOptions): Promise<Bundle> {
  const folder = join(workspace.copy, 'lambdas', slug)
  if (!existsSync(join(folder, 'index.ts'))) {
    const file = `lambdas/${slug}/index.ts`
    return { kind: 'refused', message: `no existe ${file}; recupéralo con npm run exercise ${slug} reset` }
  }
  return bundleFunction({ entry: 'index.ts', folder, packages: workspace.packages })
}

/** Repeats with the seed, as every name of a run. */
function nameFunction(
  { seed, connection, exerciseId, slug }: FunctionsOptions,
  wanted: DeployOptions,
): string {
  const key = `${seed}/${connection.accountId}/${exerciseId}/${JSON.stringify(wanted)}`
  return `taller-${wanted.purpose ?? slug}-${createRandom(hashText(key)).hex(6)}`
}

async function create(
  lambda: LambdaClient,
  options: DeployOptions & {
    readonly name: string
    readonly files: Readonly<Record<string, Uint8Array>>
    readonly connection: Connection
  },
): Promise<Deployment> {
  const { name, files, connection, memoryMegabytes = 256, timeoutSeconds = 30, environment = {} } = options
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${connection.accountId}:role/taller-lambda`,
      Code: { ZipFile: zipFunction(files) },
      MemorySize: memoryMegabytes,
      Timeout: timeoutSeconds,
      Environment: { Variables: { ...environment } },
    }),
  )
  const polling = { client: lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 1 }
  await waitUntilFunctionActiveV2(polling, { FunctionName: name })
  return { kind: 'deployed', name, arn: FunctionArn }
}

async function invoke(
  lambda: LambdaClient,
  call: { readonly name: string; readonly event: unknown; readonly findPlace: FindPlace },
): Promise<Invocation<unknown>> {
  const startedAt = performance.now()
  const Payload = Buffer.from(JSON.stringify(call.event))
  const answer = await lambda.send(new InvokeCommand({ FunctionName: call.name, Payload, LogType: 'Tail' }))
  const claim = explainInvocation({
    functionError: answer.FunctionError,
    payload: answer.Payload,
    findPlace: call.findPlace,
    durationMilliseconds: Math.round(performance.now() - startedAt),
  })
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString('utf8')
  return { ...claim, log, requestId: answer.$metadata.requestId ?? '' }
}
