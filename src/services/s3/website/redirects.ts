import type { RoutingRule, WebsiteConfiguration } from '@aws-sdk/client-s3'
import type { Address } from '../../../cloud/address.ts'

/** Where a visitor is sent instead. */
export interface Redirection {
  readonly status: number
  readonly location: string
}

/** Where everything goes in a website that only redirects. */
export function redirectAll(
  { RedirectAllRequestsTo: target }: WebsiteConfiguration,
  { path, query }: Address,
): Redirection | undefined {
  if (target === undefined) return undefined
  const search = query === '' ? '' : `?${query}`
  return { status: 301, location: `${target.Protocol ?? 'http'}://${target.HostName}${path}${search}` }
}

/** What was asked for, and what it came to. */
export interface Visit {
  readonly key: string
  readonly address: Address
  /** Absent before it is known. */
  readonly errorStatus?: number
}

/** Where the first routing rule that fits sends a visitor. */
export function redirectByRule(
  rules: readonly RoutingRule[] | undefined,
  visit: Visit,
): Redirection | undefined {
  const rule = rules?.find(({ Condition = {} }) => {
    const { KeyPrefixEquals: prefix = '', HttpErrorCodeReturnedEquals: errorCode } = Condition
    const wanted = errorCode === undefined ? undefined : Number(errorCode)
    return visit.key.startsWith(prefix) && wanted === visit.errorStatus
  })
  return rule && redirection(rule, visit)
}

function redirection({ Condition, Redirect = {} }: RoutingRule, { key, address }: Visit): Redirection {
  const { Protocol = 'http', HostName, ReplaceKeyWith, ReplaceKeyPrefixWith, HttpRedirectCode } = Redirect
  const host = HostName ?? address.origin.slice('http://'.length)
  const rest = key.slice(Condition?.KeyPrefixEquals?.length ?? 0)
  const replaced = ReplaceKeyPrefixWith === undefined ? key : ReplaceKeyPrefixWith + rest
  const path = (ReplaceKeyWith ?? replaced).split('/').map(encodeURIComponent).join('/')
  return { status: Number(HttpRedirectCode ?? 301), location: `${Protocol}://${host}/${path}` }
}
