import type { GlobalOptions } from '../arguments/global-options.ts'
import { destinationOf, type ParsedArguments } from '../arguments/option.ts'
import { parseKnownArguments } from '../arguments/parse.ts'
import { CommandFailure, ParameterError, UnknownOptionsError } from '../failure.ts'
import type { Pagination, ServiceFacts } from '../services/facts.ts'
import { decodeRecord } from '../values/base64-blobs.ts'
import { resolveFileReference } from '../values/file-reference.ts'
import { JsonError, parseJson } from '../values/json.ts'
import { isRecord } from '../values/record.ts'
import { manualOptions, operationArguments } from './arguments.ts'
import type { Operation } from './operation.ts'
import type { OperationArgument, OperationRequest } from './request.ts'

/** What a command line asks for: help, or a request and whether its answers are to be paged through. */
export type Reading =
  | { readonly kind: 'help' }
  | { readonly kind: 'request'; readonly request: OperationRequest; readonly pages: boolean }

/** Reads the words after an operation's name. */
export function readRequest(
  { operation, facts, globals }: { operation: Operation; facts: ServiceFacts; globals: GlobalOptions },
  words: readonly string[],
): Reading {
  if (words.length === 1 && words[0] === 'help') return { kind: 'help' }
  const given = operationArguments(operation, facts)
  const parsed = parseOperation(given, words)
  if (parsed.values.get('help') === 'help') return { kind: 'help' }
  const pagination = facts.pagination[operation.name]
  const pages = globals.paginates && !hasManualPaging(parsed, pagination)
  if (pagination !== undefined && !pages) refusePagingOptions(parsed, operation)
  const read = withInputJson(buildRequest(chooseArguments(given, { operation, facts, pages }), parsed))
  const request =
    globals.binaryFormat === 'base64' ? { ...read, input: decodeRecord(operation.input, read.input) } : read
  return { kind: 'request', request, pages: pages && pagination !== undefined }
}

function parseOperation(given: readonly OperationArgument[], words: readonly string[]): ParsedArguments {
  const isRelaxed = words.includes('--cli-input-json') || asksForInputSkeleton(words)
  const options = given.map(({ option }) => (isRelaxed ? { ...option, required: false } : option))
  const parsed = parseKnownArguments([...options, { name: 'help', positional: true, arity: '?' }], words)
  const help = parsed.values.get('help')
  const unknown = help === undefined || help === 'help' ? parsed.rest : [...parsed.rest, String(help)]
  if (unknown.length > 0) throw new UnknownOptionsError(`Unknown options: ${unknown.join(', ')}`)
  return parsed
}

function asksForInputSkeleton(words: readonly string[]): boolean {
  const index = words.indexOf('--generate-cli-skeleton')
  return index !== -1 && words[index + 1] !== 'output'
}

/** An operation's own paging option (a token or a limit) turns the AWS CLI's paging off. */
function hasManualPaging({ values }: ParsedArguments, pagination: Pagination | undefined): boolean {
  if (pagination === undefined) return false
  const manual = [...manualOptions(pagination), ...alsoManual].filter(name => name !== 'max-items')
  return manual.some(name => values.has(name))
}

/** Kinesis' ListStreams takes either of two tokens; AWS's model of its pages names the newer one only. */
const alsoManual = ['exclusive-start-stream-name']

function refusePagingOptions({ values }: ParsedArguments, operation: Operation): void {
  const own = new Set([...operation.input.members.keys()])
  const used = ['starting-token', 'page-size', 'max-items'].filter(
    name => values.has(name) && !(name === 'max-items' && own.has('MaxItems')),
  )
  if (used.length === 0) return
  throw new CommandFailure(
    'Error during pagination: Cannot specify --no-paginate along with pagination arguments: ' +
      used.map(name => `--${name}`).join(', '),
  )
}

/** Without paging, `--max-items` means the operation's own member again, where it has one. */
function chooseArguments(
  given: readonly OperationArgument[],
  { operation, facts, pages }: { operation: Operation; facts: ServiceFacts; pages: boolean },
): readonly OperationArgument[] {
  if (pages || facts.pagination[operation.name] === undefined) return given
  return operationArguments(operation, { ...facts, pagination: {} })
}

function buildRequest(given: readonly OperationArgument[], { values }: ParsedArguments): OperationRequest {
  const request: OperationRequest = { input: {}, paging: {} }
  const done = new Set<string>()
  for (const { option, assign } of given) {
    const destination = destinationOf(option)
    const value = values.get(destination)
    if (value === undefined || done.has(destination)) continue
    done.add(destination)
    assign(request, value)
  }
  return request
}

/** Members that the command line does not name come from `--cli-input-json`. */
function withInputJson(request: OperationRequest): OperationRequest {
  if (request.inputJson === undefined) return request
  const text = String(resolveFileReference(request.inputJson))
  const input = parseInput(text)
  return { ...request, input: { ...request.input, ...omit(input, Object.keys(request.input)) } }
}

function parseInput(text: string): Record<string, unknown> {
  try {
    const parsed = parseJson(text)
    return isRecord(parsed) ? parsed : {}
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    throw new ParameterError('cli-input-json', `Invalid JSON: ${error.message}\nJSON received: ${text}`)
  }
}

function omit(record: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))
}
