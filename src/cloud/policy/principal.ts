/** Who makes a request, as policies see it. */
export type Principal =
  | {
      readonly kind: 'aws'
      /** `arn:aws:iam::1…:user/ana`, `arn:aws:sts::1…:assumed-role/r/s` or `arn:aws:iam::1…:root`. */
      readonly arn: string
      readonly accountId: string
      /** How S3's policies may name the account: 64 hexadecimal digits. */
      readonly canonicalUserId?: string
      /** The role behind an assumed-role session, `arn:aws:iam::1…:role/path/r`. */
      readonly roleArn?: string
    }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'federated'; readonly id: string }
  | { readonly kind: 'anonymous' }

/**
 * How a Principal element names a caller, which decides what else must allow it: the caller itself (a user or a
 * session), its role, its whole account (which only lets that account decide), everyone, or nobody.
 */
export type PrincipalMatch = 'itself' | 'role' | 'account' | 'everyone' | 'none'

/** One entry of a Principal element. */
export interface PrincipalEntry {
  readonly type: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | '*'
  readonly value: string
}

const order: readonly PrincipalMatch[] = ['itself', 'everyone', 'role', 'account', 'none']

/** The match that asks for least besides, of all entries that name the caller. */
export function matchPrincipals(entries: readonly PrincipalEntry[], principal: Principal): PrincipalMatch {
  const matches = entries.map(entry => matchEntry(entry, principal))
  return order.find(match => matches.includes(match)) ?? 'none'
}

function matchEntry({ type, value }: PrincipalEntry, principal: Principal): PrincipalMatch {
  if (type === '*') return 'everyone'
  if (principal.kind === 'service') return type === 'Service' ? matchName(value, principal.name) : 'none'
  if (principal.kind === 'federated') return type === 'Federated' ? matchName(value, principal.id) : 'none'
  if (type === 'CanonicalUser') return isCanonicalUser(value, principal) ? 'account' : 'none'
  if (type !== 'AWS') return 'none'
  if (value === '*') return 'everyone'
  return principal.kind === 'aws' ? matchAws(value, principal) : 'none'
}

function isCanonicalUser(value: string, principal: Principal): boolean {
  return principal.kind === 'aws' && principal.canonicalUserId === value
}

function matchName(value: string, name: string): PrincipalMatch {
  return value === '*' || value === name ? 'itself' : 'none'
}

function matchAws(value: string, principal: Extract<Principal, { kind: 'aws' }>): PrincipalMatch {
  const accountId = accountOfPrincipal(value)
  if (accountId !== undefined) return accountId === principal.accountId ? 'account' : 'none'
  if (value === principal.arn) return 'itself'
  return value === principal.roleArn ? 'role' : 'none'
}

/** The account that a Principal names as a whole, by its number or by its root. */
export function accountOfPrincipal(value: string): string | undefined {
  return /^(?:arn:aws:iam::(\d{12}):root|(\d{12}))$/.exec(value)?.slice(1).find(Boolean)
}
