import type { Platform } from '../../cloud/live-part.ts'
import { defineService } from '../../cloud/service.ts'
import { receiveDelivery } from './asynchronous/receive.ts'
import { lambdaDataPlane } from './data-plane.ts'
import { documentLimit } from './document-limit.ts'
import { hints } from './hints/rules.ts'
import { openLambda } from './live.ts'
import { lambdaModel } from './model.ts'
import { addLayerVersionPermission } from './operations/add-layer-version-permission.ts'
import { addPermission } from './operations/add-permission.ts'
import { createAlias } from './operations/create-alias.ts'
import { createFunction } from './operations/create-function.ts'
import { createFunctionUrlConfig } from './operations/create-function-url-config.ts'
import { deleteAlias } from './operations/delete-alias.ts'
import { deleteFunction } from './operations/delete-function.ts'
import { deleteFunctionConcurrency } from './operations/delete-function-concurrency.ts'
import { deleteFunctionEventInvokeConfig } from './operations/delete-function-event-invoke-config.ts'
import { deleteFunctionUrlConfig } from './operations/delete-function-url-config.ts'
import { deleteLayerVersion } from './operations/delete-layer-version.ts'
import { deleteProvisionedConcurrencyConfig } from './operations/delete-provisioned-concurrency-config.ts'
import { getAccountSettings } from './operations/get-account-settings.ts'
import { getAlias } from './operations/get-alias.ts'
import { getFunction } from './operations/get-function.ts'
import { getFunctionCodeSigningConfig } from './operations/get-function-code-signing-config.ts'
import { getFunctionConcurrency } from './operations/get-function-concurrency.ts'
import { getFunctionConfiguration } from './operations/get-function-configuration.ts'
import { getFunctionEventInvokeConfig } from './operations/get-function-event-invoke-config.ts'
import { getFunctionRecursionConfig } from './operations/get-function-recursion-config.ts'
import { getFunctionUrlConfig } from './operations/get-function-url-config.ts'
import { getLayerVersion } from './operations/get-layer-version.ts'
import { getLayerVersionByArn } from './operations/get-layer-version-by-arn.ts'
import { getLayerVersionPolicy } from './operations/get-layer-version-policy.ts'
import { getPolicy } from './operations/get-policy.ts'
import { getProvisionedConcurrencyConfig } from './operations/get-provisioned-concurrency-config.ts'
import { invoke } from './operations/invoke.ts'
import { invokeAsync } from './operations/invoke-async.ts'
import { invokeWithResponseStream } from './operations/invoke-with-response-stream.ts'
import { listAliases } from './operations/list-aliases.ts'
import { listFunctionEventInvokeConfigs } from './operations/list-function-event-invoke-configs.ts'
import { listFunctionUrlConfigs } from './operations/list-function-url-configs.ts'
import { listFunctions } from './operations/list-functions.ts'
import { listLayerVersions } from './operations/list-layer-versions.ts'
import { listLayers } from './operations/list-layers.ts'
import { listProvisionedConcurrencyConfigs } from './operations/list-provisioned-concurrency-configs.ts'
import { listTags } from './operations/list-tags.ts'
import { listVersionsByFunction } from './operations/list-versions-by-function.ts'
import { publishLayerVersion } from './operations/publish-layer-version.ts'
import { publishVersion } from './operations/publish-version.ts'
import { putFunctionConcurrency } from './operations/put-function-concurrency.ts'
import { putFunctionEventInvokeConfig } from './operations/put-function-event-invoke-config.ts'
import { putFunctionRecursionConfig } from './operations/put-function-recursion-config.ts'
import { putProvisionedConcurrencyConfig } from './operations/put-provisioned-concurrency-config.ts'
import { removeLayerVersionPermission } from './operations/remove-layer-version-permission.ts'
import { removePermission } from './operations/remove-permission.ts'
import { tagResource } from './operations/tag-resource.ts'
import { untagResource } from './operations/untag-resource.ts'
import { updateAlias } from './operations/update-alias.ts'
import { updateFunctionCode } from './operations/update-function-code.ts'
import { updateFunctionConfiguration } from './operations/update-function-configuration.ts'
import { updateFunctionEventInvokeConfig } from './operations/update-function-event-invoke-config.ts'
import { updateFunctionUrlConfig } from './operations/update-function-url-config.ts'
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
    outage: { code: 'ServiceException', statusCode: 500 },
    createState: createLambdaState,
    census: ({ functions }) => ({ functions: functions.size }),
    permissions,
    documentLimit,
    open: platform => openLambda(platform, createRuntime(platform)),
    listeners: { 'delivery:lambda': receiveDelivery },
    responders: { 'target:accepts': answerTarget },
    dataPlane: lambdaDataPlane,
    hints,
    operations: {
      AddLayerVersionPermission: addLayerVersionPermission,
      AddPermission: addPermission,
      CreateAlias: createAlias,
      CreateFunction: createFunction,
      CreateFunctionUrlConfig: createFunctionUrlConfig,
      DeleteAlias: deleteAlias,
      DeleteFunction: deleteFunction,
      DeleteFunctionConcurrency: deleteFunctionConcurrency,
      DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
      DeleteFunctionUrlConfig: deleteFunctionUrlConfig,
      DeleteLayerVersion: deleteLayerVersion,
      DeleteProvisionedConcurrencyConfig: deleteProvisionedConcurrencyConfig,
      GetAccountSettings: getAccountSettings,
      GetAlias: getAlias,
      GetFunction: getFunction,
      GetFunctionCodeSigningConfig: getFunctionCodeSigningConfig,
      GetFunctionConcurrency: getFunctionConcurrency,
      GetFunctionRecursionConfig: getFunctionRecursionConfig,
      GetFunctionConfiguration: getFunctionConfiguration,
      GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
      GetFunctionUrlConfig: getFunctionUrlConfig,
      GetLayerVersion: getLayerVersion,
      GetLayerVersionByArn: getLayerVersionByArn,
      GetLayerVersionPolicy: getLayerVersionPolicy,
      GetPolicy: getPolicy,
      GetProvisionedConcurrencyConfig: getProvisionedConcurrencyConfig,
      Invoke: invoke,
      InvokeAsync: invokeAsync,
      InvokeWithResponseStream: invokeWithResponseStream,
      ListAliases: listAliases,
      ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
      ListFunctionUrlConfigs: listFunctionUrlConfigs,
      ListFunctions: listFunctions,
      ListLayerVersions: listLayerVersions,
      ListLayers: listLayers,
      ListProvisionedConcurrencyConfigs: listProvisionedConcurrencyConfigs,
      ListTags: listTags,
      ListVersionsByFunction: listVersionsByFunction,
      PublishLayerVersion: publishLayerVersion,
      PublishVersion: publishVersion,
      PutFunctionConcurrency: putFunctionConcurrency,
      PutFunctionRecursionConfig: putFunctionRecursionConfig,
      PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
      PutProvisionedConcurrencyConfig: putProvisionedConcurrencyConfig,
      RemoveLayerVersionPermission: removeLayerVersionPermission,
      RemovePermission: removePermission,
      TagResource: tagResource,
      UntagResource: untagResource,
      UpdateAlias: updateAlias,
      UpdateFunctionCode: updateFunctionCode,
      UpdateFunctionConfiguration: updateFunctionConfiguration,
      UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
      UpdateFunctionUrlConfig: updateFunctionUrlConfig,
    },
  })
}

/** AWS Lambda. */
export const lambda = defineLambda(createRuntime)
