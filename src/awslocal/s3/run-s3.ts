import type { Option } from '../arguments/option.ts'
import { OptionValues } from '../arguments/option-values.ts'
import { parseKnownArguments } from '../arguments/parse.ts'
import type { CommandContext } from '../context.ts'
import { CommandFailure, exitStatus } from '../failure.ts'
import { printOptionsHelp } from '../help.ts'
import { messages } from '../messages.ts'
import { writeText } from '../terminal.ts'
import { makeBucket, removeBucket } from './buckets.ts'
import { list } from './list.ts'
import { pageSize, recursive, removeOptions, requestPayer, syncOptions, transferOptions } from './options.ts'
import { presign } from './presign.ts'
import { runTransfer } from './run-transfer.ts'
import { openS3, type S3Api } from './s3-api.ts'
import { setWebsite } from './website.ts'

/** One run of a high-level command. */
export interface S3Call {
  readonly values: OptionValues
  readonly api: S3Api
  readonly context: CommandContext
}

interface S3Command {
  readonly options: readonly Option[]
  readonly run: (call: S3Call) => Promise<number>
}

const path: Option = { name: 'path', positional: true, valueName: '<S3Uri>' }
const onePath: Option = { name: 'paths', positional: true, arity: 1, valueName: '<S3Uri>' }
const twoPaths: Option = { name: 'paths', positional: true, arity: 2, valueName: '<origen> <destino>' }
const caseConflict: Option = {
  name: 'case-conflict',
  choices: ['ignore', 'skip', 'warn', 'error'],
  initial: 'ignore',
}

const commands: Readonly<Record<string, S3Command>> = {
  ls: {
    options: [
      { name: 'paths', positional: true, arity: '?', initial: 's3://', valueName: '<S3Uri>' },
      recursive,
      pageSize,
      { name: 'human-readable', arity: 0 },
      { name: 'summarize', arity: 0 },
      requestPayer,
      { name: 'bucket-name-prefix' },
      { name: 'bucket-region' },
    ],
    run: list,
  },
  website: { options: [onePath, { name: 'index-document' }, { name: 'error-document' }], run: setWebsite },
  cp: {
    options: [twoPaths, ...transferOptions, { name: 'expected-size' }, recursive, caseConflict],
    run: call => runTransfer('cp', call),
  },
  mv: {
    options: [
      twoPaths,
      ...transferOptions,
      recursive,
      { name: 'validate-same-s3-paths', arity: 0 },
      caseConflict,
    ],
    run: call => runTransfer('mv', call),
  },
  rm: { options: [onePath, ...removeOptions], run: call => runTransfer('rm', call) },
  sync: {
    options: [twoPaths, ...transferOptions, caseConflict, ...syncOptions],
    run: call => runTransfer('sync', call),
  },
  mb: { options: [path, { name: 'tags', arity: 2, collect: 'words' }], run: makeBucket },
  rb: { options: [path, { name: 'force', arity: 0 }], run: removeBucket },
  presign: { options: [path, { name: 'expires-in', initial: '3600' }], run: presign },
}

/** Runs `awslocal s3 …` from the words after `s3`; gives the exit status. */
export async function runS3(words: readonly string[], context: CommandContext): Promise<number> {
  if (words.length === 1 && words[0] === 'help') return printS3Help(context)
  const choice: Option = {
    name: 'subcommand',
    positional: true,
    arity: '?',
    choices: Object.keys(commands),
  }
  const { values, rest } = parseKnownArguments([choice], words)
  const name = values.get('subcommand')
  const command = commands[String(name)]
  if (command === undefined) {
    throw new CommandFailure(
      'usage: aws [options] <command> <subcommand> [parameters]\naws: error: too few arguments',
    )
  }
  return runCommand({ name: String(name), command, words: rest }, context)
}

async function runCommand(
  { name, command, words }: { name: string; command: S3Command; words: readonly string[] },
  context: CommandContext,
): Promise<number> {
  if (words.length === 1 && words[0] === 'help') {
    return printOptionsHelp(`s3 ${name}`, command.options, context.terminal)
  }
  const { values, rest } = parseKnownArguments(command.options, words)
  if (rest.length > 0) throw new CommandFailure(`Unknown options: ${rest.join(',')}`)
  const api = await openS3(context)
  try {
    return await command.run({ values: new OptionValues(values), api, context })
  } finally {
    api.close()
  }
}

async function printS3Help({ terminal }: CommandContext): Promise<number> {
  const text = messages()
  const lines = Object.entries(commands).map(([name, { options }]) => {
    const places = options
      .filter(({ positional }) => positional === true)
      .map(({ valueName }) => valueName ?? '')
    return `  ${name.padEnd(8)} ${places.join(' ')}\n`
  })
  const title = `${text.helpServiceUsage('s3')}\n\n${text.helpOperations}:\n`
  await writeText(terminal.stdout, `${title}${lines.join('')}\n${text.helpMore('awslocal s3 <…> help')}\n`)
  return exitStatus.success
}
