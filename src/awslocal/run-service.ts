import { OptionValues } from './arguments/option-values.ts'
import { parseKnownArguments } from './arguments/parse.ts'
import { type Caller, callOperation, openStream } from './client/call.ts'
import { resolveConnection } from './client/connection.ts'
import { createClient, type SdkClient } from './client/create-client.ts'
import type { CommandContext } from './context.ts'
import { CommandFailure } from './failure.ts'
import { printOptionsHelp, printServiceHelp } from './help.ts'
import { toOptionName } from './naming.ts'
import { type LoadedService, loadService, type Operation } from './operation/operation.ts'
import { type OperationRun, runOperation, runWaiter } from './operation/run-operation.ts'
import type { ServiceCall, ServiceCommand } from './service-command.ts'
import type { Service } from './services.ts'
import { validateInput } from './values/validate.ts'

/** Runs `awslocal SERVICE …` from the words after the service; gives the exit status. */
export async function runService(
  service: Service,
  words: readonly string[],
  context: CommandContext,
): Promise<number> {
  const loaded = await loadService(service)
  const names = [
    ...loaded.operations.keys(),
    ...Object.keys(loaded.commands),
    ...(hasWaiters(loaded) ? ['wait'] : []),
    'help',
  ]
  const choice = { name: 'operation', positional: true, choices: names }
  const { values, rest } = parseKnownArguments([choice], words)
  const name = String(values.get('operation'))
  if (name === 'help') return printServiceHelp(loaded, context.terminal)
  if (name === 'wait') return runWait(loaded, rest, context)
  const command = loaded.commands[name]
  if (command !== undefined) return runServiceCommand({ loaded, name, command, words: rest }, context)
  const operation = loaded.operations.get(name)
  if (operation === undefined) throw new CommandFailure(name)
  return withRun(loaded, context, run =>
    runOperation({ ...run, operation, path: `${service.command} ${name}` }, rest),
  )
}

interface CommandRun {
  readonly loaded: LoadedService
  readonly name: string
  readonly command: ServiceCommand
  /** Those after the command's name. */
  readonly words: readonly string[]
}

async function runServiceCommand(
  { loaded, name, command, words }: CommandRun,
  context: CommandContext,
): Promise<number> {
  const options = command.options()
  if (words.length === 1 && words[0] === 'help') {
    return printOptionsHelp(`${loaded.service.command} ${name}`, options, context.terminal)
  }
  const { values, rest } = parseKnownArguments(options, words)
  if (rest.length > 0) throw new CommandFailure(`Unknown options: ${rest.join(',')}`)
  const caller = await openCaller(loaded, context)
  const call: ServiceCall = (operationName, { input, signal }) => {
    const operation = operationNamed(loaded, operationName)
    validateInput(operation.input, input)
    return callOperation(withSignal(caller, signal), operation, input)
  }
  const stream: ServiceCall = (operationName, { input, signal }) => {
    const operation = loaded.streams.get(operationName)
    if (operation === undefined) throw new CommandFailure(`no stream named ${operationName}`)
    validateInput(operation.input, input)
    return openStream(withSignal(caller, signal), operation, input)
  }
  try {
    return await command.run({ values: new OptionValues(values), call, stream, context })
  } finally {
    caller.client.destroy()
  }
}

function withSignal(caller: Caller, signal: AbortSignal | undefined): Caller {
  return signal === undefined ? caller : { ...caller, signal }
}

function hasWaiters({ facts }: LoadedService): boolean {
  return Object.keys(facts.waiters).length > 0
}

async function runWait(
  loaded: LoadedService,
  words: readonly string[],
  context: CommandContext,
): Promise<number> {
  if (words.length === 1 && words[0] === 'help') return printServiceHelp(loaded, context.terminal)
  const waiters = new Map(
    Object.entries(loaded.facts.waiters).map(([name, facts]) => [toOptionName(name), { name, facts }]),
  )
  const choice = { name: 'subcommand', positional: true, arity: '?' as const, choices: [...waiters.keys()] }
  const { values, rest } = parseKnownArguments([choice], words)
  const word = values.get('subcommand')
  const waiter = waiters.get(String(word))
  if (waiter === undefined) {
    throw new CommandFailure(
      'usage: aws [options] <command> <subcommand> [parameters]\naws: error: too few arguments',
    )
  }
  const operation = operationNamed(loaded, waiter.facts.operation)
  const path = `${loaded.service.command} wait ${String(word)}`
  return withRun(loaded, context, run => runWaiter({ ...run, operation, path }, waiter, rest))
}

function operationNamed({ operations }: LoadedService, name: string): Operation {
  const operation = operations.get(toOptionName(name))
  if (operation === undefined) throw new CommandFailure(`no operation named ${name}`)
  return operation
}

/** Gives what running an operation needs, and closes the client that was made for it. */
async function withRun(
  loaded: LoadedService,
  context: CommandContext,
  run: (run: Omit<OperationRun, 'operation' | 'path'>) => Promise<number>,
): Promise<number> {
  let client: SdkClient | undefined
  const connect = async (): Promise<Caller> => {
    const caller = await openCaller(loaded, context)
    client = caller.client
    return caller
  }
  try {
    return await run({ facts: loaded.facts, connect, ...context })
  } finally {
    client?.destroy()
  }
}

/** Makes a service's client for the place where the command goes. */
export async function openCaller(
  loaded: LoadedService,
  { globals, terminal }: CommandContext,
): Promise<Caller> {
  const connection = await resolveConnection(loaded.service, globals, terminal.env)
  const trace = (line: string): void => {
    terminal.stderr.write(`${new Date().toISOString()} - ${loaded.service.id} - DEBUG - ${line}\n`)
  }
  return {
    loaded,
    client: createClient(loaded, connection),
    endpoint: connection.endpoint,
    region: connection.region,
    ...(globals.debug ? { trace } : {}),
  }
}
