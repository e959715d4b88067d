/** A statement as far as it tells whether it lets everybody in. */
interface Statement {
  readonly Effect?: string
  readonly Principal?: string | { readonly AWS?: string | readonly string[] }
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** Condition keys that narrow "everybody" down, where their values are fixed. */
const narrowingKeys = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
])

/**
 * Whether a valid bucket policy lets everybody in.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(policy: string): boolean {
  const { Statement } = JSON.parse(policy) as { readonly Statement: Statement | readonly Statement[] }
  return [Statement].flat().some(each => isPublicStatement(each as Statement))
}

function isPublicStatement({ Effect, Principal, Condition = {} }: Statement): boolean {
  if (Effect !== 'Allow' || !isEverybody(Principal)) return false
  return !Object.entries(Condition).some(([operator, keys]) =>
    Object.entries(keys).some(([key, values]) => isNarrowing(operator, key, [values].flat())),
  )
}

function isEverybody(principal: Statement['Principal']): boolean {
  const named = typeof principal === 'object' ? principal.AWS : principal
  return [named].flat().includes('*')
}

function isNarrowing(operator: string, key: string, values: readonly unknown[]): boolean {
  if (/not|ifexists|^null$/i.test(operator) || !narrowingKeys.has(key.toLowerCase())) return false
  return values.every(value => {
    const text = String(value)
    if (key.toLowerCase() === 'aws:sourceip') return !isBroadRange(text)
    if (text.includes('${')) return false
    return !/^[*?]*$|^arn:aws:[^:]*:\*/.test(text)
  })
}

/** Ranges of more than /8 of IPv4, or /32 of IPv6, are the internet. */
function isBroadRange(range: string): boolean {
  const [address = '', bits] = range.split('/')
  if (bits === undefined) return false
  return Number(bits) < (address.includes(':') ? 32 : 8)
}
