import type { Option } from '../arguments/option.ts'

const flag = (name: string, help?: string): Option => ({
  name,
  arity: 0,
  implied: true,
  ...(help === undefined ? {} : { help }),
})

export const recursive = flag('recursive')
const dryrun = flag('dryrun')
const quiet = flag('quiet')
const onlyShowErrors = flag('only-show-errors')
const include: Option = { name: 'include', destination: 'filters', collect: 'filter', arity: 1 }
const exclude: Option = { name: 'exclude', destination: 'filters', collect: 'filter', arity: 1 }
export const pageSize: Option = { name: 'page-size' }
export const requestPayer: Option = {
  name: 'request-payer',
  arity: '?',
  implied: 'requester',
  choices: ['requester'],
}

const acls = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
]

const storageClasses = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
]

const checksumAlgorithms = [
  'CRC64NVME',
  'CRC32',
  'SHA256',
  'SHA1',
  'CRC32C',
  'SHA512',
  'XXHASH64',
  'XXHASH3',
  'XXHASH128',
]

const customerKeyAlgorithm = { arity: '?', implied: 'AES256', choices: ['AES256'] } as const

/** Options that cp, mv and sync share, in the AWS CLI's order. */
export const transferOptions: readonly Option[] = [
  dryrun,
  quiet,
  include,
  exclude,
  { name: 'acl', choices: acls },
  { name: 'follow-symlinks', destination: 'follow-symlinks', arity: 0, implied: true, initial: true },
  { name: 'no-follow-symlinks', destination: 'follow-symlinks', arity: 0, implied: false },
  { name: 'no-guess-mime-type', destination: 'guess-mime-type', arity: 0, implied: false, initial: true },
  { name: 'sse', arity: '?', implied: 'AES256', choices: ['AES256', 'aws:kms'] },
  { name: 'sse-c', ...customerKeyAlgorithm },
  { name: 'sse-c-key' },
  { name: 'sse-kms-key-id' },
  { name: 'sse-c-copy-source', ...customerKeyAlgorithm },
  { name: 'sse-c-copy-source-key' },
  { name: 'storage-class', choices: storageClasses },
  { name: 'grants', arity: '+' },
  { name: 'website-redirect' },
  { name: 'content-type' },
  { name: 'cache-control' },
  { name: 'content-disposition' },
  { name: 'content-encoding' },
  { name: 'content-language' },
  { name: 'expires' },
  { name: 'source-region' },
  onlyShowErrors,
  { name: 'no-progress', destination: 'progress', arity: 0, implied: false, initial: true },
  pageSize,
  flag('ignore-glacier-warnings'),
  flag('force-glacier-transfer'),
  requestPayer,
  { name: 'checksum-mode', choices: ['ENABLED'] },
  { name: 'checksum-algorithm', choices: checksumAlgorithms },
  { name: 'metadata' },
  { name: 'metadata-directive', choices: ['COPY', 'REPLACE'] },
]

/** Options of rm. */
export const removeOptions: readonly Option[] = [
  dryrun,
  quiet,
  recursive,
  requestPayer,
  include,
  exclude,
  onlyShowErrors,
  pageSize,
]

/** What decides in sync whether a file is sent. */
export const syncOptions: readonly Option[] = [flag('size-only'), flag('exact-timestamps'), flag('delete')]
