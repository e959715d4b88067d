import type { ServiceAccess } from '../../../cloud/service.ts'
import type { S3State } from '../state.ts'

/** S3's only state, outside of a call: account and region make no difference. */
export function stateOfCloud({ platform }: ServiceAccess<S3State>): S3State {
  return platform.stateOf('000000000000', 'global')
}
