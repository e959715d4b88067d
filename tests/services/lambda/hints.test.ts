import { CreateRoleCommand } from '@aws-sdk/client-iam'
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  PutFunctionRecursionConfigCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda'
import { strToU8, zipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../../src/cloud/cloud.ts'
import { deliveryEvent } from '../../../src/cloud/deliveries.ts'
import type { RequestLine } from '../../../src/cloud/timeline.ts'
import { continueTrace } from '../../../src/services/lambda/asynchronous/loops.ts'
import { defineLambda } from '../../../src/services/lambda/index.ts'
import { awslocal, type HintLab, useHints } from '../../cloud/hints/lab.ts'
import { createFakeRuntime } from './fake-runtime.ts'
import { minimal, zip } from './lab.ts'
import { createSender } from './sender.ts'

let count = 0

async function create(
  { lambda }: Pick<ReturnType<HintLab['clients']>, 'lambda'>,
  input: Partial<CreateFunctionCommandInput> = {},
): Promise<string> {
  const FunctionName = `pista-${++count}`
  await lambda.send(new CreateFunctionCommand({ ...minimal(FunctionName), ...input }))
  const waiting = { client: lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }
  await waitUntilFunctionActiveV2(waiting, { FunctionName })
  return FunctionName
}

const isInvocation = ({ invocation }: RequestLine): boolean => invocation !== undefined

describe('a function that fails', () => {
  const lab = useHints()
  let clients: ReturnType<typeof lab.clients>
  beforeAll(() => {
    clients = lab.clients()
  })
  const invoke = (FunctionName: string) => clients.lambda.send(new InvokeCommand({ FunctionName }))
  const zipOf = (files: Record<string, string>): Uint8Array =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))

  it('for lack of time', async () => {
    const source = 'export const handler = () => new Promise(resolve => setTimeout(resolve, 60_000))'
    const name = await create(clients, { Code: { ZipFile: zip(source) }, Timeout: 1 })
    expect(await lab.hintOf(invoke(name), isInvocation)).toEqual({
      id: 'lambda.timed-out',
      facts: { function: name, seconds: '1', isDefault: 'false' },
      command: `${awslocal(lab)} lambda update-function-configuration --function-name ${name} --timeout 30`,
    })
    const short = await create(clients, { Code: { ZipFile: zip(source) } })
    const byDefault = { seconds: '3', isDefault: 'true' }
    expect(await lab.hintOf(invoke(short), isInvocation)).toMatchObject({ facts: byDefault })
  })

  it.each([
    [
      'lambda.zipped-folder',
      { 'funcion/index.mjs': 'export const handler = () => 1' },
      'index.handler',
      { found: 'funcion/index.mjs', handler: 'index.handler' },
    ],
    [
      'lambda.handler-file-absent',
      { 'main.mjs': 'export const handler = () => 1' },
      'index.handler',
      { file: 'index', files: 'main.mjs' },
    ],
    [
      'lambda.handler-not-exported',
      { 'index.mjs': 'export const manejador = () => 1' },
      'index.handler',
      { file: 'index', property: 'handler' },
    ],
    [
      'lambda.handler-malformed',
      { 'index.mjs': 'export const handler = () => 1' },
      'index',
      { handler: 'index' },
    ],
  ])('%s', async (id, files, Handler, facts) => {
    const name = await create(clients, { Code: { ZipFile: zipOf(files) }, Handler })
    const line = await lab.lineOf(invoke(name), isInvocation)
    expect(line).toMatchObject({
      invocation: { outcome: 'error', error: { type: expect.stringMatching(/^Runtime\./) } },
    })
    expect(line.hint).toMatchObject({ id, facts: { ...facts, handler: Handler } })
  })

  it('for lack of a package, or by itself: that is no known mistake', async () => {
    for (const source of ["require('no-existe')", "exports.handler = () => { throw new Error('x') }"]) {
      const name = await create(clients, { Code: { ZipFile: zipOf({ 'index.js': source }) } })
      const line = await lab.lineOf(invoke(name), isInvocation)
      expect([line.invocation?.outcome, line.hint]).toEqual(['error', undefined])
    }
  })

  it('is not there: in another region, of a name that is nearly one, or not yet', async () => {
    const name = await create(lab.clients({ region: 'eu-west-1' }))
    expect(await lab.hintOf(invoke(name))).toMatchObject({
      id: 'lambda.function-elsewhere',
      facts: { function: name, region: 'us-east-1', otherRegion: 'eu-west-1' },
    })
    await create(clients)
    await clients.lambda.send(new CreateFunctionCommand(minimal('procesar-csv')))
    expect(await lab.hintOf(invoke('procesar-csv'))).toMatchObject({
      id: 'lambda.function-not-ready',
      command: `${awslocal(lab)} lambda wait function-active-v2 --function-name procesar-csv`,
    })
    const get = new GetFunctionCommand({ FunctionName: 'procesar-cvs' })
    expect(await lab.hintOf(clients.lambda.send(get))).toMatchObject({
      id: 'lambda.function-near',
      facts: { function: 'procesar-cvs', existing: 'procesar-csv' },
    })
  })

  it('will on AWS, whose role does not trust Lambda', async () => {
    const Role = await roleFor(clients, 'ec2.amazonaws.com')
    const FunctionName = 'confiada'
    const created = clients.lambda.send(new CreateFunctionCommand({ ...minimal(FunctionName), Role }))
    expect(await lab.hintOf(created)).toMatchObject({
      id: 'lambda.role-does-not-trust-on-aws',
      facts: { role: 'para-ec2' },
      command: `${awslocal(lab)} iam get-role --role-name para-ec2 --query Role.AssumeRolePolicyDocument`,
    })
  })
})

async function roleFor({ iam }: ReturnType<HintLab['clients']>, Service: string): Promise<string> {
  const RoleName = `para-${Service.split('.')[0]}`
  const Statement = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
  return Role?.Arn ?? ''
}

describe('where permissions decide', () => {
  const lab = useHints({ enforceIam: true })

  it('a role that does not trust Lambda, or is not there, is why a function is refused', async () => {
    const clients = lab.clients()
    const Role = await roleFor(clients, 'ec2.amazonaws.com')
    const withRole = (role: string) =>
      clients.lambda.send(new CreateFunctionCommand({ ...minimal('f'), Role: role }))
    expect(await lab.hintOf(withRole(Role))).toMatchObject({
      id: 'lambda.role-does-not-trust',
      facts: { role: 'para-ec2' },
    })
    expect(await lab.hintOf(withRole(`${Role}-no`))).toMatchObject({
      id: 'lambda.role-absent',
      facts: { role: 'para-ec2-no' },
    })
    const Trusting = await roleFor(clients, 'lambda.amazonaws.com')
    expect(await lab.hintOf(withRole(Trusting))).toBeUndefined()
  })
})

describe('on a runtime of the test', () => {
  const lab = useHints()
  const hints = (name: string): unknown[] =>
    lab.lines.filter(({ operation, hint }) => operation === name && hint).map(({ hint }) => hint?.id)

  const runtime = createFakeRuntime()
  /** Delivers an event as S3 does. */
  let deliver: (name: string, traceId?: string) => Promise<void>
  beforeAll(async () => {
    await lab.cloud.close()
    const sender = createSender()
    const cloud: Cloud = await startCloud([sender.service, defineLambda(() => runtime)], {
      port: 0,
      onRequest: line => void lab.lines.push(line),
    })
    Object.assign(lab, { cloud })
    deliver = async (name, traceId) => {
      const targetArn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`
      const message = {
        targetArn,
        principal: 's3.amazonaws.com',
        sourceArn: 'arn:aws:s3:::lago',
        sourceAccount: '000000000000',
        payload: '{}',
        subject: 'ObjectCreated:Put lago/raw/a.csv',
        ...(traceId !== undefined && { traceId }),
      }
      sender.platform.events.emit(
        deliveryEvent(message, { accountId: '000000000000', region: 'us-east-1', time: 0 }),
      )
      await cloud.idle()
      // An invocation's line is told in the turn after it.
      await new Promise(resolve => setImmediate(resolve))
    }
  })

  async function permitted(): Promise<string> {
    const { lambda } = lab.clients()
    const FunctionName = await create({ lambda })
    const Action = 'lambda:InvokeFunction'
    await lambda.send(
      new AddPermissionCommand({ FunctionName, StatementId: 's3', Action, Principal: 's3.amazonaws.com' }),
    )
    return FunctionName
  }

  it('a function that runs out of memory', async () => {
    const { lambda } = lab.clients()
    const name = await create({ lambda })
    runtime.handlers.set(name, () => {
      throw Object.assign(new Error('signal: killed'), { name: 'Runtime.OutOfMemory' })
    })
    const invoked = lambda.send(new InvokeCommand({ FunctionName: name }))
    expect(await lab.hintOf(invoked, isInvocation)).toEqual({
      id: 'lambda.out-of-memory',
      facts: { function: name, megabytes: '128' },
      command: `${awslocal(lab)} lambda update-function-configuration --function-name ${name} --memory-size 256`,
    })
  })

  it('events that a function causes itself are told once, and that they were ended', async () => {
    const name = await permitted()
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`
    let traceId = 'Root=1-5759e988-bd862e3fe1be46a994272793'
    for (let turn = 0; turn < 17; turn++) {
      await deliver(name, traceId)
      traceId = continueTrace(traceId, arn).traceId
    }
    expect(hints(name)).toEqual(['lambda.recursive-loop', 'lambda.loop-ended'])
    expect(lab.lines.find(({ hint }) => hint?.id === 'lambda.recursive-loop')).toMatchObject({
      invocation: { chain: 2 },
      hint: {
        facts: { function: name, place: 'lago/raw/', times: '16' },
        command: `${awslocal(lab)} s3api get-bucket-notification-configuration --bucket lago`,
      },
    })
  })

  it('events of a function that is meant to call itself are no mistake, nor are those of others', async () => {
    const name = await permitted()
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`
    const { lambda } = lab.clients()
    await lambda.send(new PutFunctionRecursionConfigCommand({ FunctionName: name, RecursiveLoop: 'Allow' }))
    await deliver(name, continueTrace('Root=1-5759e988-bd862e3fe1be46a994272793', arn).traceId)
    const other = await permitted()
    await deliver(other, continueTrace('Root=1-5759e988-bd862e3fe1be46a994272793', arn).traceId)
    expect([...hints(name), ...hints(other)]).toEqual([])
  })

  it('events that do not arrive: refused by the policy, or for nobody', async () => {
    const { lambda } = lab.clients()
    const name = await create({ lambda })
    await deliver(name)
    expect(hints(name)).toEqual(['lambda.delivery-refused'])
    await lambda.send(new DeleteFunctionCommand({ FunctionName: name }))
    await deliver(name)
    expect(hints(name)).toEqual(['lambda.delivery-refused', 'lambda.delivery-to-nobody'])
  })
})
