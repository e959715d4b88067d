import type { ParsedValue } from '../arguments/option.ts'
import { toOptionName } from '../naming.ts'
import type { Member, Shape } from '../schema/shape.ts'
import type { Pagination, ServiceFacts } from '../services/facts.ts'
import { unpackWords } from '../values/unpack.ts'
import { customizeArguments } from './customizations.ts'
import type { Operation } from './operation.ts'
import type { OperationArgument } from './request.ts'

/** Every option that an operation has on the command line: its input's members, paging, and what all operations share. */
export function operationArguments(operation: Operation, facts: ServiceFacts): readonly OperationArgument[] {
  const members = [...operation.input.members].flatMap(([name, member]) => memberArguments(name, member))
  const paged = withPaging(members, facts.pagination[operation.name])
  const payload = streamedMember(operation.output)
  const shared = payload === undefined ? [inputJson, skeleton] : [outfile]
  return customizeArguments(operation, [...paged, ...shared])
}

/** The member of an answer that is written to a file instead of being printed. */
export function streamedMember(output: Shape): string | undefined {
  for (const [name, member] of output.members) {
    if (member.isPayload && member.shape.kind === 'blob') return name
  }
  return undefined
}

function memberArguments(name: string, member: Member): readonly OperationArgument[] {
  return member.shape.kind === 'boolean' ? flagArguments(name, member) : [valueArgument(name, member)]
}

/** `--flag` and `--no-flag`. */
function flagArguments(member: string, { isRequired }: Member): readonly OperationArgument[] {
  const name = toOptionName(member)
  const assign: OperationArgument['assign'] = ({ input }, value) => {
    input[member] = value
  }
  const flag = { destination: name, arity: 0, valueName: '' } as const
  return [
    { option: { ...flag, name, implied: true, required: isRequired }, assign },
    { option: { ...flag, name: `no-${name}`, implied: false }, assign },
  ]
}

/** An option with a value of the member's type. */
export function valueArgument(
  member: string,
  { shape, isRequired, isIdempotencyToken }: Member,
): OperationArgument {
  const name = toOptionName(member)
  return {
    option: {
      name,
      required: isRequired && !isIdempotencyToken,
      valueName: valueNameOf(shape),
      ...(shape.kind === 'list' ? { arity: '*' as const } : {}),
    },
    assign: ({ input }, value) => {
      input[member] = unpackWords({ option: `--${name}`, shape }, toWords(value))
    },
  }
}

/** The words of a parsed value. */
export function toWords(value: ParsedValue): string | readonly string[] {
  return Array.isArray(value) ? value.map(String) : String(value)
}

function valueNameOf(shape: Shape): string {
  if (shape.kind === 'blob' && shape.isStreaming) return '<archivo>'
  return `<${shape.kind}>`
}

const outfile: OperationArgument = {
  option: { name: 'outfile', positional: true, valueName: '<archivo>' },
  assign: (request, value) => {
    request.outputPath = String(value)
  },
}

const inputJson: OperationArgument = {
  option: { name: 'cli-input-json', valueName: '<json>' },
  assign: (request, value) => {
    request.inputJson = String(value)
  },
}

const skeleton: OperationArgument = {
  option: {
    name: 'generate-cli-skeleton',
    arity: '?',
    implied: 'input',
    choices: ['input', 'output'],
    valueName: '[input|output]',
  },
  assign: (request, value) => {
    request.skeleton = value === 'output' ? 'output' : 'input'
  },
}

/** Adds the AWS CLI's own paging options; an operation's own option of the same name gives way while it pages. */
function withPaging(
  members: readonly OperationArgument[],
  pagination: Pagination | undefined,
): readonly OperationArgument[] {
  if (pagination === undefined) return members
  const paging =
    pagination.limitKey === undefined ? [startingToken, maxItems] : [startingToken, pageSize, maxItems]
  const added = paging.filter(({ option }) => !members.some(member => member.option.name === option.name))
  const manual = manualOptions(pagination)
  const kept = members.map(member => {
    const replacement = paging.find(({ option }) => option.name === member.option.name)
    return replacement ?? (manual.includes(member.option.name) ? { ...member, isHidden: true } : member)
  })
  return [...kept, ...added]
}

/** The operation's own paging options; one of them turns the AWS CLI's paging off. */
export function manualOptions({ inputTokens, limitKey }: Pagination): readonly string[] {
  return [...inputTokens, ...(limitKey === undefined ? [] : [limitKey])].map(toOptionName)
}

const startingToken: OperationArgument = {
  option: { name: 'starting-token', valueName: '<string>' },
  assign: ({ paging }, value) => {
    paging.startingToken = String(value)
  },
}

const pageSize: OperationArgument = {
  option: { name: 'page-size', integer: true, valueName: '<number>' },
  assign: ({ paging }, value) => {
    paging.pageSize = Number(value)
  },
}

const maxItems: OperationArgument = {
  option: { name: 'max-items', integer: true, valueName: '<number>' },
  assign: ({ paging }, value) => {
    paging.maxItems = Number(value)
  },
}
