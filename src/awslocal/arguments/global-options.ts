import { CommandFailure } from '../failure.ts'
import type { Option, ParsedValue } from './option.ts'

export type OutputFormat = 'json' | 'text' | 'table'

/** What may stand anywhere on the command line, for every command. */
export interface GlobalOptions {
  readonly endpointUrl?: string
  readonly region?: string
  readonly profile?: string
  readonly output: OutputFormat
  /** JMESPath. */
  readonly query?: string
  readonly paginates: boolean
  readonly signsRequests: boolean
  readonly verifiesTls: boolean
  readonly caBundle?: string
  readonly connectTimeoutSeconds?: number
  readonly readTimeoutSeconds?: number
  readonly debug: boolean
  readonly color: 'on' | 'off' | 'auto'
  /** `base64` reads blobs on the command line as version 2 of the AWS CLI does. */
  readonly binaryFormat: 'base64' | 'raw-in-base64-out'
  /** Ours: work on the state that the last failed grading run saved. */
  readonly usesEvidence: boolean
}

const formats: readonly OutputFormat[] = ['json', 'text', 'table']

const colors = ['on', 'off', 'auto'] as const

/** The options in the AWS CLI's order, those of its version 2 that people write out of habit, and our own. */
export const globalOptions: readonly Option[] = [
  { name: 'debug', arity: 0, implied: true },
  { name: 'endpoint-url' },
  { name: 'no-verify-ssl', arity: 0, implied: true },
  { name: 'no-paginate', arity: 0, implied: true },
  { name: 'output', choices: formats },
  { name: 'query' },
  { name: 'profile' },
  { name: 'region' },
  { name: 'color', choices: colors },
  { name: 'no-sign-request', arity: 0, implied: true },
  { name: 'ca-bundle' },
  { name: 'cli-read-timeout' },
  { name: 'cli-connect-timeout' },
  { name: 'no-cli-pager', arity: 0, implied: true },
  { name: 'cli-binary-format', choices: ['base64', 'raw-in-base64-out'] },
  { name: 'evidencia', arity: 0, implied: true },
  { name: 'version', arity: 0, implied: true },
]

/** Reads the values of the global options; `AWS_DEFAULT_OUTPUT` chooses the format where no option does. */
export function readGlobalOptions(
  values: ReadonlyMap<string, ParsedValue>,
  env: Readonly<Record<string, string | undefined>>,
): GlobalOptions {
  const text = (name: string): string | undefined => {
    const value = values.get(name)
    return typeof value === 'string' ? value : undefined
  }
  return {
    ...optional('endpointUrl', checkEndpoint(text('endpoint-url'))),
    ...optional('region', text('region')),
    ...optional('profile', text('profile')),
    ...optional('query', text('query')),
    ...optional('caBundle', text('ca-bundle')),
    ...optional('connectTimeoutSeconds', toSeconds(text('cli-connect-timeout'))),
    ...optional('readTimeoutSeconds', toSeconds(text('cli-read-timeout'))),
    output: formats.find(format => format === (text('output') ?? env.AWS_DEFAULT_OUTPUT)) ?? 'json',
    paginates: !values.has('no-paginate'),
    signsRequests: !values.has('no-sign-request'),
    verifiesTls: !values.has('no-verify-ssl'),
    debug: values.has('debug'),
    color: colors.find(color => color === text('color')) ?? 'auto',
    binaryFormat: text('cli-binary-format') === 'base64' ? 'base64' : 'raw-in-base64-out',
    usesEvidence: values.has('evidencia'),
  }
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value }
}

function checkEndpoint(url: string | undefined): string | undefined {
  if (url === undefined || /^https?:\/\/[^/]+/i.test(url)) return url
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) throw new CommandFailure(`Invalid endpoint: ${url}`)
  throw new CommandFailure(
    `Bad value for --endpoint-url "${url}": scheme is missing.  Must be of the form ` +
      'http://<hostname>/ or https://<hostname>/',
  )
}

function toSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new CommandFailure(`invalid literal for int() with base 10: '${text}'`)
  return Number(text)
}
