import type { PermissionTable } from '../../cloud/permission.ts'
import type { StsState } from './state.ts'

/**
 * What the calls of STS need. Anybody may ask who it is; AssumeRole asks the role's trust policy itself.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const permissions: PermissionTable<StsState> = {
  AssumeRole: () => [],
  GetCallerIdentity: () => [],
  GetSessionToken: () => [],
}
