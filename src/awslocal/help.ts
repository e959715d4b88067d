import { globalOptions } from './arguments/global-options.ts'
import type { Option } from './arguments/option.ts'
import { shownName } from './arguments/option.ts'
import { exitStatus } from './failure.ts'
import { messages } from './messages.ts'
import { toOptionName } from './naming.ts'
import { operationArguments } from './operation/arguments.ts'
import type { LoadedService, Operation } from './operation/operation.ts'
import type { ServiceFacts } from './services/facts.ts'
import { services } from './services.ts'
import { type Terminal, writeText } from './terminal.ts'

/** `awslocal help`: what services there are. */
export async function printMainHelp(terminal: Terminal): Promise<number> {
  const text = messages()
  const rows = [
    ['s3', text.helpHighLevelS3],
    ...services.map(({ command }) => [command, text.helpMore(`awslocal ${command} help`)]),
  ]
  return print(terminal, [
    text.helpUsage,
    text.helpIntroduction,
    section(text.helpServices, rows),
    section(
      text.helpGlobalOptions,
      globalOptions.map(option => [describeOption(option), text.globals[option.name] ?? '']),
    ),
  ])
}

/** `awslocal SERVICE help`: its operations and waiters. */
export async function printServiceHelp(
  { service, operations, commands, facts }: LoadedService,
  terminal: Terminal,
): Promise<number> {
  const text = messages()
  const waiters = Object.keys(facts.waiters).map(toOptionName)
  return print(terminal, [
    text.helpServiceUsage(service.command),
    section(
      text.helpOperations,
      [...operations.keys(), ...Object.keys(commands)].sort().map(name => [name]),
    ),
    ...(waiters.length > 0
      ? [
          section(
            text.helpWaiters,
            waiters.map(name => [name]),
          ),
        ]
      : []),
    text.helpMore(`awslocal ${service.command} <…> help`),
  ])
}

/** `awslocal SERVICE OPERATION help`: its options with their types. */
export async function printOperationHelp(run: {
  operation: Operation
  facts: ServiceFacts
  path: string
  terminal: Terminal
}): Promise<number> {
  const shown = operationArguments(run.operation, run.facts).filter(({ isHidden }) => isHidden !== true)
  return printOptionsHelp(
    run.path,
    shown.map(({ option }) => option),
    run.terminal,
  )
}

/** Help of a command from its options. */
export async function printOptionsHelp(
  path: string,
  options: readonly Option[],
  terminal: Terminal,
): Promise<number> {
  const text = messages()
  const isRequired = (option: Option): boolean => option.required ?? option.positional === true
  const required = options.filter(isRequired)
  const optional = options.filter(option => !isRequired(option))
  const synopsis = [...required.map(describeOption), ...optional.map(option => `[${describeOption(option)}]`)]
  return print(terminal, [
    `${text.helpOperationUsage(path)} ${synopsis.join(' ')}`,
    ...(required.length > 0 ? [section(text.helpRequired, required.map(toRow))] : []),
    ...(optional.length > 0 ? [section(text.helpOptional, optional.map(toRow))] : []),
    text.helpMore('awslocal help'),
  ])
}

function toRow(option: Option): readonly string[] {
  return option.help === undefined ? [describeOption(option)] : [describeOption(option), option.help]
}

function describeOption(option: Option): string {
  const value = option.choices === undefined ? (option.valueName ?? '<valor>') : option.choices.join('|')
  return option.arity === 0 ? shownName(option) : `${shownName(option)} ${value}`
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  const width = Math.min(40, Math.max(...rows.map(([name = '']) => name.length)))
  const lines = rows.map(
    ([name = '', meaning]) => `  ${meaning === undefined ? name : `${name.padEnd(width)}  ${meaning}`}`,
  )
  return [`${title}:`, ...lines].join('\n')
}

async function print(terminal: Terminal, parts: readonly string[]): Promise<number> {
  await writeText(terminal.stdout, `${parts.join('\n\n')}\n`)
  return exitStatus.success
}
