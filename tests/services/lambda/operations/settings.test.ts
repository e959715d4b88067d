import {
  DeleteFunctionConcurrencyCommand,
  DeleteFunctionEventInvokeConfigCommand,
  GetAccountSettingsCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListTagsCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { failureOf, useLambda } from '../lab.ts'

const lab = useLambda()
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`

describe('tags', () => {
  it('are added, replaced and taken away', async () => {
    const Resource = arnOf(await lab.newFunction({ Tags: { equipo: 'datos', curso: '9' } }))
    await lab.lambda.send(new TagResourceCommand({ Resource, Tags: { curso: '9.3', nueva: '' } }))
    await lab.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['equipo', 'otra'] }))
    const { Tags } = await lab.lambda.send(new ListTagsCommand({ Resource }))
    expect(Tags).toEqual({ curso: '9.3', nueva: '' })
  })

  it('belong to functions, not to versions, and are 50 at most', async () => {
    const Resource = arnOf(await lab.newFunction())
    const version = lab.lambda.send(new TagResourceCommand({ Resource: `${Resource}:1`, Tags: { a: 'b' } }))
    expect((await failureOf(version)).message).toBe(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    )
    const Tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']))
    expect(await failureOf(lab.lambda.send(new TagResourceCommand({ Resource, Tags })))).toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'Number of tags exceeds resource tag limit.',
    })
    const unknown = lab.lambda.send(new ListTagsCommand({ Resource: arnOf('nadie') }))
    expect((await failureOf(unknown)).message).toBe(`Function not found: ${arnOf('nadie')}`)
  })
})

describe('reserved concurrency', () => {
  it('is put, told and given back', async () => {
    const FunctionName = await lab.newFunction()
    const before = await lab.lambda.send(new GetAccountSettingsCommand({}))
    const put = await lab.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 10 }),
    )
    expect(put.ReservedConcurrentExecutions).toBe(10)
    const { AccountLimit } = await lab.lambda.send(new GetAccountSettingsCommand({}))
    expect(AccountLimit).toEqual({
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: Number(before.AccountLimit?.UnreservedConcurrentExecutions) - 10,
    })
    await lab.lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
    const { ReservedConcurrentExecutions } = await lab.lambda.send(
      new GetFunctionConcurrencyCommand({ FunctionName }),
    )
    expect(ReservedConcurrentExecutions).toBeUndefined()
  })

  it('leaves 100 for the others', async () => {
    const FunctionName = await lab.newFunction()
    const call = lab.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 901 }),
    )
    expect((await failureOf(call)).message).toBe(
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    )
  })
})

describe('provisioned concurrency', () => {
  it('is ready for a version, and for nothing else', async () => {
    const FunctionName = await lab.newFunction({ Publish: true })
    const put = await lab.lambda.send(
      new PutProvisionedConcurrencyConfigCommand({
        FunctionName,
        Qualifier: '1',
        ProvisionedConcurrentExecutions: 5,
      }),
    )
    expect(put).toMatchObject({ Status: 'IN_PROGRESS', RequestedProvisionedConcurrentExecutions: 5 })
    const got = await lab.lambda.send(
      new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: '1' }),
    )
    expect(got).toMatchObject({ Status: 'READY', AvailableProvisionedConcurrentExecutions: 5 })
    const latest = lab.lambda.send(
      new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier: '$LATEST' }),
    )
    expect((await failureOf(latest)).message).toBe(
      'The function resource provided must be an alias or a published version.',
    )
  })
})

describe('event invoke configs', () => {
  it('are put whole, changed in part and deleted', async () => {
    const FunctionName = await lab.newFunction()
    const OnFailure = { Destination: 'arn:aws:sqs:us-east-1:000000000000:fallos' }
    const put = await lab.lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure },
      }),
    )
    expect(put).toMatchObject({
      FunctionArn: `${arnOf(FunctionName)}:$LATEST`,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnSuccess: {}, OnFailure },
      LastModified: expect.any(Date),
    })
    const updated = await lab.lambda.send(
      new UpdateFunctionEventInvokeConfigCommand({ FunctionName, MaximumEventAgeInSeconds: 60 }),
    )
    expect(updated).toMatchObject({
      MaximumRetryAttempts: 1,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure },
    })
    const { FunctionEventInvokeConfigs } = await lab.lambda.send(
      new ListFunctionEventInvokeConfigsCommand({ FunctionName }),
    )
    expect(FunctionEventInvokeConfigs?.length).toBe(1)
    await lab.lambda.send(new DeleteFunctionEventInvokeConfigCommand({ FunctionName }))
    const gone = lab.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }))
    expect((await failureOf(gone)).message).toBe(
      `The function ${arnOf(FunctionName)}:$LATEST doesn't have an EventInvokeConfig`,
    )
  })

  it.each([
    [{}, 'You must specify at least one of error handling or destination setting.'],
    [
      { DestinationConfig: { OnSuccess: { Destination: arnOf('no-hay') } } },
      `The destination ARN ${arnOf('no-hay')} is invalid.`,
    ],
    [
      { DestinationConfig: { OnFailure: { Destination: 'arn:aws:iam::000000000000:user/x' } } },
      'The provided destination config DestinationConfig(onSuccess=null, onFailure=OnFailure(destination=arn:aws:iam::000000000000:user/x)) is invalid.',
    ],
  ])('refuse %j', async (change, message) => {
    const FunctionName = await lab.newFunction()
    const call = lab.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...change }))
    expect(await failureOf(call)).toMatchObject({ code: 'InvalidParameterValueException', message })
  })
})

it('tells Terraform that code is not signed', async () => {
  const FunctionName = await lab.newFunction()
  const { $metadata, ...rest } = await lab.lambda.send(
    new GetFunctionCodeSigningConfigCommand({ FunctionName }),
  )
  expect($metadata.httpStatusCode).toBe(200)
  expect(rest).toEqual({})
})
