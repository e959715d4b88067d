import type { Platform } from '../../cloud/live-part.ts'
import { defineService } from '../../cloud/service.ts'
import { receiveDelivery } from './asynchronous/receive.ts'
import { lambdaDataPlane } from './data-plane.ts'
import { documentLimit } from './document-limit.ts'
import { openLambda } from './live.ts'
import { lambdaModel } from './model.ts'
import { addPermission } from './operations/add-permission.ts'
import { createFunction } from './operations/create-function.ts'
import { deleteFunction } from './operations/delete-function.ts'
import { getFunction } from './operations/get-function.ts'
import { getFunctionConfiguration } from './operations/get-function-configuration.ts'
import { getPolicy } from './operations/get-policy.ts'
import { invoke } from './operations/invoke.ts'
import { listFunctions } from './operations/list-functions.ts'
import { listVersionsByFunction } from './operations/list-versions-by-function.ts'
import { publishVersion } from './operations/publish-version.ts'
import { removePermission } from './operations/remove-permission.ts'
import { updateFunctionCode } from './operations/update-function-code.ts'
import { updateFunctionConfiguration } from './operations/update-function-configuration.ts'
import { permissions } from './permissions.ts'
import { answerTarget } from './policies/answer-target.ts'
import { createRuntime } from './runtime/create-runtime.ts'
import type { Runtime } from './runtime/runtime.ts'
import { createLambdaState, type LambdaState } from './state.ts'

/** AWS Lambda on a given runtime. */
export function defineLambda(createRuntime: (platform: Platform<LambdaState>) => Runtime) {
  return defineService({
    id: 'lambda',
    model: lambdaModel,
    scope: 'region',
    createState: createLambdaState,
    permissions,
    documentLimit,
    open: platform => openLambda(platform, createRuntime(platform)),
    listeners: { 'delivery:lambda': receiveDelivery },
    responders: { 'target:accepts': answerTarget },
    dataPlane: lambdaDataPlane,
    operations: {
      AddPermission: addPermission,
      CreateFunction: createFunction,
      DeleteFunction: deleteFunction,
      GetFunction: getFunction,
      GetFunctionConfiguration: getFunctionConfiguration,
      GetPolicy: getPolicy,
      Invoke: invoke,
      ListFunctions: listFunctions,
      ListVersionsByFunction: listVersionsByFunction,
      PublishVersion: publishVersion,
      RemovePermission: removePermission,
      UpdateFunctionCode: updateFunctionCode,
      UpdateFunctionConfiguration: updateFunctionConfiguration,
    },
  })
}

/** AWS Lambda. */
export const lambda = defineLambda(createRuntime)
