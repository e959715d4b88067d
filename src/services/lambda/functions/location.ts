import { createHash } from 'node:crypto'
import type { LambdaContext } from '../operation.ts'
import type { StoredZip } from '../state.ts'

/** Where uploaded zips can be fetched; what follows is the account, the region and a digest that only an answer tells. */
export const codeRoot = '/_lambda-code/'

/** An address from which the zip of a function or a layer can be fetched without credentials. */
export function codeLocation(
  code: StoredZip,
  { accountId, region, request }: Pick<LambdaContext, 'accountId' | 'region' | 'request'>,
): string {
  return `${request.origin}${codeRoot}${accountId}/${region}/${codeKey(code)}.zip`
}

/** What a zip is called in its address. */
export function codeKey({ sha256 }: StoredZip): string {
  return createHash('sha256').update(sha256).digest('hex')
}
