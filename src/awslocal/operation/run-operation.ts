import type { GlobalOptions } from '../arguments/global-options.ts'
import { type Caller, callOperation } from '../client/call.ts'
import { exitStatus } from '../failure.ts'
import { printOperationHelp } from '../help.ts'
import { formatJson } from '../output/json.ts'
import { choosePresentation, type Presentation, printAnswer, printPages } from '../output/print.ts'
import type { WaiterFacts } from '../services/facts.ts'
import { type Terminal, writeText } from '../terminal.ts'
import { validateInput } from '../values/validate.ts'
import { streamedMember } from './arguments.ts'
import type { Operation } from './operation.ts'
import { Pages } from './paging.ts'
import { readRequest } from './read-request.ts'
import type { OperationRequest } from './request.ts'
import { saveStream } from './save-stream.ts'
import { buildSkeleton } from './skeleton.ts'
import { waitUntil } from './wait.ts'

/** Everything that running an operation needs. */
export interface OperationRun {
  readonly operation: Operation
  /** Makes the client when it is first needed: help and skeletons go without. */
  readonly connect: () => Promise<Caller>
  readonly facts: Caller['loaded']['facts']
  readonly globals: GlobalOptions
  readonly terminal: Terminal
  /** The words of the command up to the operation, e.g. `s3api put-object`. */
  readonly path: string
}

/** Runs one operation from the words after its name; gives the exit status. */
export async function runOperation(run: OperationRun, words: readonly string[]): Promise<number> {
  const { operation, globals, terminal } = run
  const presentation = choosePresentation(globals, operation.name)
  const reading = readRequest(run, words)
  if (reading.kind === 'help') return printOperationHelp(run)
  const { request, pages } = reading
  if (request.skeleton !== undefined) return printSkeleton(run, { request, presentation })
  validateInput(operation.input, request.input)
  const caller = await run.connect()
  if (pages) await showPages(run, { request, presentation, caller })
  else await printAnswer(await askOnce(run, { request, presentation, caller }), presentation, terminal)
  return exitStatus.success
}

/** Runs a waiter from the words after its name; gives the exit status. */
export async function runWaiter(
  run: OperationRun,
  waiter: { name: string; facts: WaiterFacts },
  words: readonly string[],
): Promise<number> {
  const { operation } = run
  const reading = readRequest(run, words)
  if (reading.kind === 'help') return printOperationHelp(run)
  validateInput(operation.input, reading.request.input)
  const caller = await run.connect()
  await waitUntil({ ...waiter, ask: () => callOperation(caller, operation, reading.request.input) })
  return exitStatus.success
}

interface Ask {
  readonly request: OperationRequest
  readonly presentation: Presentation
  readonly caller: Caller
}

async function askOnce(
  { operation }: OperationRun,
  { request, caller }: Ask,
): Promise<Record<string, unknown>> {
  const answer = await callOperation(caller, operation, request.input)
  const streamed = streamedMember(operation.output)
  if (streamed === undefined || request.outputPath === undefined) return answer
  const { [streamed]: body, ...rest } = answer
  await saveStream(body, request.outputPath)
  return rest
}

async function showPages({ operation, facts, terminal }: OperationRun, ask: Ask): Promise<void> {
  const pagination = facts.pagination[operation.name]
  if (pagination === undefined) return
  const { request, presentation, caller } = ask
  warnAboutMaxItems(request, terminal)
  const call = (input: Record<string, unknown>): Promise<Record<string, unknown>> =>
    callOperation(caller, operation, input)
  const pages = new Pages({ pagination, input: request.input, ...request.paging, call })
  await printPages(pages, pagination, { presentation, terminal })
}

function warnAboutMaxItems({ paging }: OperationRequest, terminal: Terminal): void {
  if (paging.maxItems === undefined || paging.maxItems > 0) return
  terminal.stderr.write('warning: Non-positive values for --max-items may result in undefined behavior.\n')
}

async function printSkeleton(
  { operation, terminal }: OperationRun,
  { request, presentation }: { request: OperationRequest; presentation: Presentation },
): Promise<number> {
  if (request.skeleton === 'input') {
    await writeText(terminal.stdout, `${formatJson(buildSkeleton(operation.input, 'empty'))}\n`)
    return exitStatus.success
  }
  validateInput(operation.input, request.input)
  await printAnswer(buildSkeleton(operation.output, 'names'), presentation, terminal)
  return exitStatus.success
}
