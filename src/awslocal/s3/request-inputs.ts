import type { OptionValues } from '../arguments/option-values.ts'
import { CommandFailure, ParameterError } from '../failure.ts'
import { parseJson } from '../values/json.ts'
import { isRecord } from '../values/record.ts'
import { parseShorthand } from '../values/shorthand.ts'

export type Input = Record<string, unknown>

/** What the command's options add to the input of each kind of call. */
export interface RequestInputs {
  readonly put: Input
  readonly get: Input
  readonly head: Input
  readonly headSource: Input
  readonly list: Input
  readonly copy: Input
  readonly delete: Input
  readonly part: Input
}

/** Reads the options that become members of requests. */
export function readRequestInputs(values: OptionValues): RequestInputs {
  const payer = pick(values, { 'request-payer': 'RequestPayer' })
  const customerKey = readCustomerKey(values, 'sse-c', 'SSECustomer')
  const sourceKey = readCustomerKey(values, 'sse-c-copy-source', 'CopySourceSSECustomer')
  const sourceAsOwn = readCustomerKey(values, 'sse-c-copy-source', 'SSECustomer')
  const put = { ...readObjectInput(values), ...customerKey, ...payer }
  const directive = pick(values, { 'metadata-directive': 'MetadataDirective' })
  const replaces = put.Metadata !== undefined && directive.MetadataDirective === undefined
  return {
    put,
    get: { ...customerKey, ...payer, ...pick(values, { 'checksum-mode': 'ChecksumMode' }) },
    head: { ...customerKey, ...payer },
    headSource: { ...sourceAsOwn, ...payer },
    list: payer,
    copy: { ...put, ...directive, ...sourceKey, ...(replaces ? { MetadataDirective: 'REPLACE' } : {}) },
    delete: payer,
    part: { ...customerKey, ...payer },
  }
}

function readObjectInput(values: OptionValues): Input {
  const metadata = values.text('metadata')
  return {
    ...pick(values, {
      acl: 'ACL',
      'storage-class': 'StorageClass',
      'website-redirect': 'WebsiteRedirectLocation',
      'content-type': 'ContentType',
      'cache-control': 'CacheControl',
      'content-disposition': 'ContentDisposition',
      'content-encoding': 'ContentEncoding',
      'content-language': 'ContentLanguage',
      expires: 'Expires',
      sse: 'ServerSideEncryption',
      'sse-kms-key-id': 'SSEKMSKeyId',
      'checksum-algorithm': 'ChecksumAlgorithm',
    }),
    ...readGrants(values.words('grants')),
    ...(metadata === undefined ? {} : { Metadata: readMetadata(metadata) }),
  }
}

function pick(values: OptionValues, names: Readonly<Record<string, string>>): Input {
  const input: Input = {}
  for (const [option, member] of Object.entries(names)) {
    const value = values.text(option)
    if (value) input[member] = value
  }
  return input
}

/** A customer's key and its algorithm come together. */
function readCustomerKey(values: OptionValues, option: string, prefix: string): Input {
  const algorithm = values.text(option)
  const key = values.content(`${option}-key`)
  if (algorithm !== undefined && key === undefined) {
    throw new CommandFailure(`It --${option} is specified, --${option}-key must be specified as well.`)
  }
  if (key !== undefined && algorithm === undefined) {
    throw new CommandFailure(`It --${option}-key is specified, --${option} must be specified as well.`)
  }
  return algorithm === undefined ? {} : { [`${prefix}Algorithm`]: algorithm, [`${prefix}Key`]: key }
}

const grantMembers: Readonly<Record<string, string>> = {
  read: 'GrantRead',
  full: 'GrantFullControl',
  readacl: 'GrantReadACP',
  writeacl: 'GrantWriteACP',
}

function readGrants(grants: readonly string[]): Input {
  const input: Input = {}
  for (const grant of grants) {
    const equals = grant.indexOf('=')
    if (equals === -1) throw new CommandFailure('grants should be of the form permission=principal')
    const member = grantMembers[grant.slice(0, equals)]
    if (member === undefined)
      throw new CommandFailure('permission must be one of: read|readacl|writeacl|full')
    input[member] = grant.slice(equals + 1)
  }
  return input
}

function readMetadata(text: string): unknown {
  if (!/^\s*\{/.test(text)) return readShorthandMap(text)
  const parsed = parseJson(text)
  if (isRecord(parsed)) return parsed
  throw new ParameterError('--metadata', `Invalid JSON:\n${text}`)
}

function readShorthandMap(text: string): unknown {
  try {
    return parseShorthand(text)
  } catch (error) {
    throw new ParameterError('--metadata', error instanceof Error ? error.message : String(error))
  }
}
