import type { CreateFunctionRequest, FunctionConfiguration } from '@aws-sdk/client-lambda'
import { putInState } from '../../../cloud/put-in-state.ts'
import { invalidParameter, resourceConflict, validationMessage } from '../errors.ts'
import { keepOrDiscard, receiveCode, refuseTooMuch } from '../functions/code.ts'
import { describeVersion } from '../functions/configuration.ts'
import { latestQualifier } from '../functions/find.ts'
import { publishVersion } from '../functions/publish.ts'
import { functionArn, readReference } from '../functions/reference.ts'
import { requireRole } from '../functions/role.ts'
import { checkSettings, newSettings, refuseImpossible } from '../functions/settings.ts'
import { checkTags, readTags } from '../functions/tags.ts'
import { attachLayers } from '../layers/attach.ts'
import { maxFunctionNameLength } from '../limits.ts'
import type { LambdaContext, LambdaOperation } from '../operation.ts'
import type { FunctionVersion, LambdaFunction, LambdaState } from '../state.ts'
import { checkChoice, missing, refuseFailures } from '../validation.ts'

/**
 * Creates a function from a zip.
 * DIFFERS: functions from container images are refused; there is nothing here to run them.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 */
export const createFunction: LambdaOperation<CreateFunctionRequest, FunctionConfiguration> = async (
  state,
  input,
  context,
) => {
  const name = validate(state, input, context)
  await requireRole(input.Role, context)
  const layers = attachLayers(input.Layers ?? [], context)
  const code = await receiveCode(input.Code ?? {}, context)
  keepOrDiscard(code, context, () => {
    refuseTooMuch(code, layers)
    refuseExisting(state, name)
  })
  const latest: FunctionVersion = {
    version: latestQualifier,
    code,
    settings: newSettings(input, { functionName: name, layers }),
    deployment: context.ids.uuid(),
    revisionId: context.ids.uuid(),
    lastModified: context.clock.now(),
    activation: { state: 'Pending' },
  }
  const created = { ...newFunction(name, latest, context), tags: readTags(input.Tags) }
  const owner = putInState(state.functions, name, created)
  context.live.activations.begin(owner.latest)
  return describeVersion(owner, input.Publish ? publishVersion(owner, {}, context) : owner.latest)
}

function validate(state: LambdaState, input: CreateFunctionRequest, context: LambdaContext): string {
  const { name } = readReference(input, context, 'create')
  refuseFailures([
    ...checkSettings(input),
    ...(input.Role === undefined ? [missing('role')] : []),
    ...checkChoice('packageType', input.PackageType, ['Zip', 'Image']),
  ])
  if (name.length > maxFunctionNameLength) {
    const constraint = `Member must have length less than or equal to ${maxFunctionNameLength}`
    throw invalidParameter(
      validationMessage([`Value '${name}' at 'functionName' failed to satisfy constraint: ${constraint}`]),
    )
  }
  refuseImages(input)
  if (input.Runtime === undefined || input.Handler === undefined) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  refuseImpossible(input)
  checkTags(input.Tags)
  refuseExisting(state, name)
  return name
}

function refuseImages({ PackageType, Code }: CreateFunctionRequest): void {
  if (PackageType === 'Image')
    throw invalidParameter(
      'This cloud runs functions from zip archives only: PackageType Image is not supported.',
    )
  if (Code?.ImageUri !== undefined)
    throw invalidParameter("Please don't provide ImageUri when creating a function with packageType Zip.")
}

function refuseExisting(state: LambdaState, name: string): void {
  if (state.functions.has(name)) throw resourceConflict(`Function already exist: ${name}`)
}

function newFunction(name: string, latest: FunctionVersion, context: LambdaContext): LambdaFunction {
  const { accountId, region } = context
  return {
    name,
    arn: functionArn(context, name),
    accountId,
    region,
    latest,
    versions: new Map(),
    lastVersion: 0,
    aliases: new Map(),
    policies: new Map(),
    tags: new Map(),
    provisioned: new Map(),
    eventInvokeConfigs: new Map(),
    urls: new Map(),
    events: new Map(),
  }
}
