import { defineService } from '../../cloud/service.ts'
import { describeCall } from './describe.ts'
import { elementOrder } from './element-order.ts'
import { stsModel } from './model.ts'
import { assumeRole } from './operations/assume-role.ts'
import { getCallerIdentity } from './operations/get-caller-identity.ts'
import { getSessionToken } from './operations/get-session-token.ts'
import { permissions } from './permissions.ts'
import { createStsState } from './state.ts'

/** AWS Security Token Service. */
export const sts = defineService({
  id: 'sts',
  model: { ...stsModel, elementOrder },
  scope: 'global',
  createState: createStsState,
  permissions,
  describe: describeCall,
  operations: {
    AssumeRole: assumeRole,
    GetCallerIdentity: getCallerIdentity,
    GetSessionToken: getSessionToken,
  },
})
