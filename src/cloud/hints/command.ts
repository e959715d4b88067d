import { defaultAccountId } from '../accounts.ts'

/** Where a command is to look. */
export interface CommandPlace {
  /** The cloud's own, e.g. `http://127.0.0.1:4600`. */
  readonly url: string
  readonly accountId: string
  readonly region: string
}

/** What `npx awslocal` takes where nothing is said. */
const defaults = { port: '4566', region: 'us-east-1' } as const

/** The command that shows what a hint says, as it is typed into a shell: with what differs from `awslocal`'s defaults. */
export function writeCommand(tryIt: readonly string[], { url, accountId, region }: CommandPlace): string {
  const { port } = new URL(url)
  const account = accountId === defaultAccountId ? [] : [`AWS_ACCESS_KEY_ID=${accountId}`]
  const endpoint = port === defaults.port ? [] : ['--endpoint-url', `http://localhost:${port}`]
  const other = region === defaults.region || tryIt.includes('--region') ? [] : ['--region', region]
  return [...account, 'npx awslocal', ...endpoint, ...[...tryIt, ...other].map(quoteArgument)].join(' ')
}

/** Quoted where a shell would read it otherwise. */
function quoteArgument(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument
  return `'${argument.replaceAll("'", `'\\''`)}'`
}
