import { CommandFailure } from '../failure.ts'
import { isRecord } from '../values/record.ts'
import { loadReference } from '../values/unpack.ts'
import type { Operation } from './operation.ts'
import type { OperationArgument, OperationRequest } from './request.ts'

type Customize = (given: readonly OperationArgument[]) => readonly OperationArgument[]

/** Where the AWS CLI departs from what AWS's model alone would give. */
const customizations: Readonly<Record<string, Customize>> = {
  'com.amazonaws.iam#EnableMFADevice': withNumberedCodes,
  'com.amazonaws.iam#ResyncMFADevice': withNumberedCodes,
  'com.amazonaws.lambda#CreateFunction': given => withZipFile(given, 'Code'),
  'com.amazonaws.lambda#PublishLayerVersion': given => withZipFile(given, 'Content'),
  'com.amazonaws.lambda#UpdateFunctionCode': given => given.map(withZipCheck),
  'com.amazonaws.lambda#PublishVersion': given =>
    withAlias(given, { name: 'code-sha256', alias: 'code-sha-256' }),
}

/** Applies the AWS CLI's exceptions for an operation. */
export function customizeArguments(
  operation: Operation,
  given: readonly OperationArgument[],
): readonly OperationArgument[] {
  const customize = customizations[`${operation.schema[1]}#${operation.name}`]
  return customize === undefined ? given : customize(given)
}

/** `--zip-file fileb://code.zip` goes into a structure whose own option then needs no value. */
function withZipFile(given: readonly OperationArgument[], member: string): readonly OperationArgument[] {
  const name = member.toLowerCase()
  const rest = given.map(argument =>
    argument.option.name === name ? withoutZipFile(argument, member) : argument,
  )
  return [...rest, zipFileArgument(member)]
}

function zipFileArgument(member: string): OperationArgument {
  return {
    option: { name: 'zip-file', valueName: '<fileb://…>' },
    assign: ({ input }, value) => {
      const content = loadReference('--zip-file', String(value))
      checkZip(content)
      const existing = input[member]
      input[member] = { ...(isRecord(existing) ? existing : {}), ZipFile: content }
    },
  }
}

function withoutZipFile(argument: OperationArgument, member: string): OperationArgument {
  const option = { ...argument.option, required: false }
  return {
    option,
    assign: (request, value) => {
      const earlier = request.input[member]
      argument.assign(request, value)
      const given = request.input[member]
      if (isRecord(given) && 'ZipFile' in given) {
        throw new CommandFailure(
          `ZipFile cannot be provided as part of the --${option.name} argument.  ` +
            "Please use the '--zip-file' option instead to specify a zip file.",
        )
      }
      request.input[member] = { ...(isRecord(earlier) ? earlier : {}), ...(isRecord(given) ? given : {}) }
    },
  }
}

function withZipCheck(argument: OperationArgument): OperationArgument {
  if (argument.option.name !== 'zip-file') return argument
  return {
    ...argument,
    assign: (request: OperationRequest, value) => {
      argument.assign(request, value)
      const content = request.input.ZipFile
      if (typeof content === 'string' || content instanceof Uint8Array) checkZip(content)
    },
  }
}

/** The record that ends every zip archive, within its last bytes. */
const endOfArchive = Buffer.from('PK\x05\x06', 'latin1')

function checkZip(content: string | Uint8Array): void {
  if (asBuffer(content).lastIndexOf(endOfArchive) !== -1) return
  throw new CommandFailure(
    '--zip-file must be a zip file with the fileb:// prefix.\nExample usage:  --zip-file fileb://path/to/file.zip',
  )
}

function withNumberedCodes(given: readonly OperationArgument[]): readonly OperationArgument[] {
  return [1, 2].reduce(
    (all, number) =>
      withAlias(all, { name: `authentication-code${number}`, alias: `authentication-code-${number}` }),
    given,
  )
}

/** Bytes are looked at where they are: archives may have tens of megabytes. */
function asBuffer(content: string | Uint8Array): Buffer {
  if (typeof content === 'string') return Buffer.from(content)
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}

/** A second, older name for an option; neither is then required by the command line, only by the operation. */
function withAlias(
  given: readonly OperationArgument[],
  { name, alias }: { name: string; alias: string },
): readonly OperationArgument[] {
  return given.flatMap(argument => {
    if (argument.option.name !== name) return [argument]
    const option = { ...argument.option, required: false }
    return [
      { ...argument, option },
      { ...argument, isHidden: true, option: { ...option, name: alias } },
    ]
  })
}
