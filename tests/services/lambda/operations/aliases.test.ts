import {
  CreateAliasCommand,
  type CreateAliasCommandInput,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { failureOf, useLambda, zip } from '../lab.ts'

const lab = useLambda({ seed: 7 })
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`

/** A function with versions 1 and 2. */
async function twoVersions(): Promise<string> {
  const FunctionName = await lab.newFunction({ Publish: true })
  await lab.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip('// 2') }))
  await waitUntilFunctionUpdatedV2({ client: lab.lambda, maxWaitTime: 10 }, { FunctionName })
  await lab.lambda.send(new PublishVersionCommand({ FunctionName }))
  return FunctionName
}

function alias(FunctionName: string, change: Partial<CreateAliasCommandInput> = {}) {
  return new CreateAliasCommand({ FunctionName, Name: 'prod', FunctionVersion: '1', ...change })
}

const weights = (other: string, weight: number) => ({ AdditionalVersionWeights: { [other]: weight } })

describe('aliases', () => {
  it('are created, found, changed and deleted', async () => {
    const name = await twoVersions()
    const { $metadata, ...created } = await lab.lambda.send(alias(name, { RoutingConfig: weights('2', 0.2) }))
    expect($metadata.httpStatusCode).toBe(201)
    expect(created).toEqual({
      AliasArn: `${arnOf(name)}:prod`,
      Name: 'prod',
      FunctionVersion: '1',
      Description: '',
      RoutingConfig: weights('2', 0.2),
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
    const updated = await lab.lambda.send(
      new UpdateAliasCommand({ FunctionName: name, Name: 'prod', FunctionVersion: '2', RoutingConfig: {} }),
    )
    expect(updated).toMatchObject({ FunctionVersion: '2' })
    expect(updated.RoutingConfig).toBeUndefined()
    expect(updated.RevisionId).not.toBe(created.RevisionId)
    const { Aliases } = await lab.lambda.send(
      new ListAliasesCommand({ FunctionName: name, FunctionVersion: '1' }),
    )
    expect(Aliases).toEqual([])
    await lab.lambda.send(new DeleteAliasCommand({ FunctionName: name, Name: 'prod' }))
    const gone = await failureOf(lab.lambda.send(new GetAliasCommand({ FunctionName: name, Name: 'prod' })))
    expect(gone.message).toBe(`Cannot find alias arn: ${arnOf(name)}:prod`)
  })

  it('share calls between two versions by their weights', async () => {
    const name = await twoVersions()
    await lab.lambda.send(alias(name, { RoutingConfig: weights('2', 0.25) }))
    const counts = { '1': 0, '2': 0 } as Record<string, number>
    for (let call = 0; call < 200; call++) {
      const { version = '' } = await lab.invoke(name, { Qualifier: 'prod' })
      counts[version] = (counts[version] ?? 0) + 1
    }
    expect(counts['2']).toBeGreaterThan(25)
    expect(counts['2']).toBeLessThan(80)
    expect(lab.runtime.calls.at(-1)?.invocation.invokedFunctionArn).toBe(`${arnOf(name)}:prod`)
  })

  it('name a version wherever a qualifier is asked for', async () => {
    const name = await twoVersions()
    await lab.lambda.send(alias(name, { FunctionVersion: '2' }))
    const { Configuration } = await lab.lambda.send(new GetFunctionCommand({ FunctionName: `${name}:prod` }))
    expect(Configuration).toMatchObject({ Version: '2', FunctionArn: `${arnOf(name)}:prod` })
  })

  const refused: [string, Partial<CreateAliasCommandInput>, string, string][] = [
    [
      'a number as a name',
      { Name: '2024' },
      'ValidationException',
      "1 validation error detected: Value '2024' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: (?!^[0-9]+$)([a-zA-Z0-9-_]+)",
    ],
    [
      'a weight over 1',
      { RoutingConfig: weights('2', 2) },
      'ValidationException',
      "1 validation error detected: Value '{2=2.0}' at 'routingConfig.additionalVersionWeights' failed to satisfy constraint: Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]",
    ],
    [
      'the same version twice',
      { RoutingConfig: weights('1', 0.5) },
      'InvalidParameterValueException',
      'Invalid function version 1. Function version 1 is already included in routing configuration.',
    ],
    [
      '$LATEST with another one',
      { FunctionVersion: '$LATEST', RoutingConfig: weights('1', 0.5) },
      'InvalidParameterValueException',
      '$LATEST is not supported for an alias pointing to more than 1 version',
    ],
    [
      'three versions',
      { RoutingConfig: { AdditionalVersionWeights: { 1: 0.1, 2: 0.1 } } },
      'InvalidParameterValueException',
      'Number of items in AdditionalVersionWeights cannot be greater than 1',
    ],
    [
      'a version that is not there',
      { FunctionVersion: '10' },
      'ResourceNotFoundException',
      'Function not found: ',
    ],
  ]
  it.each(refused)('refuse %s', async (_what, change, code, message) => {
    const name = await twoVersions()
    expect(await failureOf(lab.lambda.send(alias(name, change)))).toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })

  it('refuse a name that is taken', async () => {
    const name = await twoVersions()
    await lab.lambda.send(alias(name))
    expect(await failureOf(lab.lambda.send(alias(name)))).toMatchObject({
      code: 'ResourceConflictException',
      message: `Alias already exists: ${arnOf(name)}:prod`,
    })
  })
})
