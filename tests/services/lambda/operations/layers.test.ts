import {
  AddLayerVersionPermissionCommand,
  CreateFunctionCommand,
  DeleteLayerVersionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionByArnCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
  RemoveLayerVersionPermissionCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { failureOf, minimal, useLambda, zip } from '../lab.ts'

const lab = useLambda()
let count = 0

async function publish(LayerName = `capa-${++count}`): Promise<{ name: string; arn: string }> {
  const { LayerVersionArn = '' } = await lab.lambda.send(
    new PublishLayerVersionCommand({
      LayerName,
      Content: { ZipFile: zip(`// ${LayerName}`) },
      CompatibleRuntimes: ['nodejs22.x'],
      Description: 'útiles',
    }),
  )
  return { name: LayerName, arn: LayerVersionArn }
}

describe('layers', () => {
  it('are published as versions, told and fetched', async () => {
    const { name, arn } = await publish()
    expect(arn).toBe(`arn:aws:lambda:us-east-1:000000000000:layer:${name}:1`)
    expect((await publish(name)).arn).toBe(`arn:aws:lambda:us-east-1:000000000000:layer:${name}:2`)
    const got = await lab.lambda.send(new GetLayerVersionCommand({ LayerName: name, VersionNumber: 1 }))
    expect(got).toMatchObject({
      Version: 1,
      LayerVersionArn: arn,
      LayerArn: `arn:aws:lambda:us-east-1:000000000000:layer:${name}`,
      Description: 'útiles',
      CompatibleRuntimes: ['nodejs22.x'],
      Content: { CodeSize: zip(`// ${name}`).length },
    })
    const answer = await fetch(got.Content?.Location ?? '')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(zip(`// ${name}`)))
    const byArn = await lab.lambda.send(new GetLayerVersionByArnCommand({ Arn: arn }))
    expect(byArn.Content?.CodeSha256).toBe(got.Content?.CodeSha256)
    const { LayerVersions } = await lab.lambda.send(new ListLayerVersionsCommand({ LayerName: name }))
    expect(LayerVersions?.map(({ Version }) => Version)).toEqual([2, 1])
  })

  it('are listed with their newest version, by runtime', async () => {
    const { name } = await publish()
    await publish(name)
    const { Layers } = await lab.lambda.send(new ListLayersCommand({ CompatibleRuntime: 'nodejs22.x' }))
    expect(Layers?.find(({ LayerName }) => LayerName === name)?.LatestMatchingVersion?.Version).toBe(2)
    const python = await lab.lambda.send(new ListLayersCommand({ CompatibleRuntime: 'python3.12' }))
    expect(python.Layers).toEqual([])
  })

  it('reach the runtime, and stay with their functions when they are deleted', async () => {
    const { name, arn } = await publish()
    const FunctionName = await lab.newFunction({ Layers: [arn] })
    await lab.lambda.send(new DeleteLayerVersionCommand({ LayerName: name, VersionNumber: 1 }))
    const gone = lab.lambda.send(new GetLayerVersionCommand({ LayerName: name, VersionNumber: 1 }))
    expect((await failureOf(gone)).message).toBe('The resource you requested does not exist.')
    const { Layers } = await lab.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
    expect(Layers).toEqual([{ Arn: arn, CodeSize: zip(`// ${name}`).length }])
    await lab.invoke(FunctionName)
    expect(lab.runtime.calls.at(-1)?.deployment.layers).toMatchObject([
      { codeSha256: expect.any(String), code: { size: zip(`// ${name}`).length } },
    ])
  })

  it('of one function are five at most, each once', async () => {
    const { arn } = await publish()
    const create = (Layers: string[]) =>
      failureOf(lab.lambda.send(new CreateFunctionCommand({ ...minimal('con-capas'), Layers })))
    expect((await create([arn, arn])).message).toBe(
      `Two different versions of the same layer are not allowed to be referenced in the same function. ${arn} and ${arn} are versions of the same layer.`,
    )
    expect((await create(Array.from({ length: 6 }, () => arn))).message).toBe(
      'Cannot reference more than 5 layers.',
    )
    expect((await create([arn.replace(/:1$/, '')])).code).toBe('ValidationException')
  })

  it('are used by another account when their policy gives them', async () => {
    const { name, arn } = await publish()
    const other = lab.client({ accessKeyId: '123456789012' })
    const read = () => other.send(new GetLayerVersionByArnCommand({ Arn: arn }))
    expect(await failureOf(read())).toMatchObject({ code: 'AccessDeniedException', status: 403 })
    const version = { LayerName: name, VersionNumber: 1 }
    await lab.lambda.send(
      new AddLayerVersionPermissionCommand({
        ...version,
        StatementId: 'todos',
        Action: 'lambda:GetLayerVersion',
        Principal: '*',
      }),
    )
    expect((await read()).Version).toBe(1)
    const { Policy = '' } = await lab.lambda.send(new GetLayerVersionPolicyCommand(version))
    expect(JSON.parse(Policy).Statement).toEqual([
      { Sid: 'todos', Effect: 'Allow', Principal: '*', Action: 'lambda:GetLayerVersion', Resource: arn },
    ])
    await lab.lambda.send(new RemoveLayerVersionPermissionCommand({ ...version, StatementId: 'todos' }))
    expect((await failureOf(read())).code).toBe('AccessDeniedException')
  })
})
