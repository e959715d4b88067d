import { AwsError } from '../core/aws-error.ts'
import { headerOf } from '../wire/http.ts'
import { isLocalHost, isLocalOrigin } from './address.ts'
import type { Exchange } from './exchange.ts'

/** No page of another site gets in by its own name for this machine. */
export function refuseForeignHosts(
  { acceptsForeignHosts }: { readonly acceptsForeignHosts: boolean },
  { address }: Exchange,
): void {
  if (!acceptsForeignHosts && !isLocalHost(address.host) && !address.host.endsWith('.amazonaws.com')) {
    throw new AwsError(
      'AccessDenied',
      `This cloud answers only to names of this machine, not to ${address.host}`,
      { statusCode: 403 },
    )
  }
}

/** Data planes answer pages of other sites by their own CORS rules; an API never does. */
export function refuseForeignOrigins({ wire }: Exchange): void {
  const origin = headerOf(wire.headers, 'origin')
  if (origin !== undefined && !isLocalOrigin(origin)) {
    throw new AwsError('AccessDenied', `Requests from ${origin} are refused`, { statusCode: 403 })
  }
}
