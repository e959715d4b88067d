import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import {
  CreateFunctionCommand,
  type FunctionConfiguration,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  LambdaServiceException,
  ResourceNotFoundException,
  UpdateFunctionCodeCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { createFunctionBundler, type FunctionBundler } from '../../course/functions/bundle-function.ts'
import { zipFunction } from '../../course/functions/zip-function.ts'
import { entryFile, type WorkshopFunction } from './choose-function.ts'
import { type FunctionCloud, isUnanswered } from './function-cloud.ts'

/** How a deployment ended. */
export type Deployment =
  | {
      readonly kind: 'deployed'
      /** What the cloud did: a new function, new code, or the code that it had already. */
      readonly change: 'created' | 'updated' | 'same'
      readonly milliseconds: number
      readonly zipBytes: number
    }
  /** The code is not such that it can be deployed; `where` is `lambdas/x/index.ts:3:5`. */
  | { readonly kind: 'refused'; readonly message: string; readonly where?: string }
  /** The cloud said no, in its own words. */
  | { readonly kind: 'failed'; readonly message: string }
  /** No cloud answered. */
  | { readonly kind: 'unanswered' }

/** What a function is created with; whoever changes it in the cloud keeps the change. */
const initialConfiguration = {
  Runtime: 'nodejs22.x',
  Handler: 'index.handler',
  Role: 'arn:aws:iam::000000000000:role/lambda-role',
  Timeout: 60,
  MemorySize: 256,
  // Stacks name the lines of the source, as the bundle's map has them.
  Environment: { Variables: { NODE_OPTIONS: '--enable-source-maps' } },
} as const

/** How a change is waited for, in seconds: it takes milliseconds here, and some seconds in LocalStack. */
const patience = { maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.5 }

/** Creates the bundler of a function of the workshop. */
export function bundlerOf({ folder }: WorkshopFunction, root: string): FunctionBundler {
  const packages = join(root, 'node_modules')
  return createFunctionBundler({ entry: entryFile, folder: join(root, folder), packages })
}

/** Bundles a function, zips it, and makes it what the cloud runs under its name. */
export async function deployFunction(
  { name, folder }: WorkshopFunction,
  { bundler, cloud }: { readonly bundler: FunctionBundler; readonly cloud: FunctionCloud },
): Promise<Deployment> {
  const start = performance.now()
  const bundle = await bundler.bundle()
  if (bundle.kind === 'refused') {
    const { message, where } = bundle
    return { kind: 'refused', message, ...(where !== undefined && { where: `${folder}/${where}` }) }
  }
  const zip = zipFunction(bundle.files)
  try {
    const change = await upload(name, zip, cloud)
    return {
      kind: 'deployed',
      change,
      milliseconds: performance.now() - start,
      zipBytes: zip.length,
    }
  } catch (error) {
    if (isUnanswered(error)) return { kind: 'unanswered' }
    if (error instanceof LambdaServiceException)
      return { kind: 'failed', message: `${error.name}: ${error.message}` }
    throw error
  }
}

type Change = Extract<Deployment, { kind: 'deployed' }>['change']

/** Makes a zip the code of a function, and waits until it is. */
async function upload(
  FunctionName: string,
  ZipFile: Uint8Array,
  { lambda: client }: FunctionCloud,
): Promise<Change> {
  const known = await readConfiguration(FunctionName, client)
  if (known === undefined) {
    const Code = { ZipFile }
    const input = { FunctionName, Code, PackageType: 'Zip', ...initialConfiguration } as const
    const { State } = await client.send(new CreateFunctionCommand(input))
    if (State !== 'Active') await waitUntilFunctionActiveV2({ client, ...patience }, { FunctionName })
    return 'created'
  }
  if (known.CodeSha256 === createHash('sha256').update(ZipFile).digest('base64')) return 'same'
  const { LastUpdateStatus } = await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }))
  if (LastUpdateStatus !== 'Successful') {
    await waitUntilFunctionUpdatedV2({ client, ...patience }, { FunctionName })
  }
  return 'updated'
}

async function readConfiguration(
  FunctionName: string,
  client: LambdaClient,
): Promise<FunctionConfiguration | undefined> {
  try {
    return await client.send(new GetFunctionConfigurationCommand({ FunctionName }))
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined
    throw error
  }
}
