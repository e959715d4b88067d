import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { InvokeCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { repository } from '../../cli/workshop.ts'
import { zip } from '../../services/lambda/lab.ts'
import { type Clients, clientsOf, createFunction } from './clients.ts'
import { type CloudProcess, useCloudFolder } from './cloud-process.ts'

const folder = useCloudFolder()
const Bucket = 'datalake-curso'

/** Kills a cloud and starts the next one on its port, so that addresses which were given stay right. */
async function killAndStart(
  cloud: CloudProcess,
  env: Readonly<Record<string, string>> = {},
): Promise<CloudProcess> {
  await cloud.kill()
  return folder.start({ port: cloud.port, env })
}

/** Runs a line of our own AWS command line against a cloud. */
function awslocal({ endpoint }: CloudProcess, line: string) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(repository, 'bin/awslocal.mjs'), ...line.split(' ')],
    { encoding: 'utf8', cwd: folder.workshop.root, env: { PATH: '', AWS_ENDPOINT_URL: endpoint } },
  )
  return { line, stdout, stderr, status }
}

describe('asynchronous invocations', () => {
  /** Leaves an object named by its event; `espera` keeps it busy for longer than any test. */
  const source = `
    const { AWS_ENDPOINT_URL: cloud } = process.env
    export const handler = async ({ nombre, espera, exige }) => {
      if (espera) {
        await fetch(cloud + '/${Bucket}/ocupada', { method: 'PUT', body: 'sí' })
        await new Promise(resolve => setTimeout(resolve, 600_000))
      }
      if (exige && !(await fetch(cloud + '/${Bucket}/' + exige)).ok) throw new Error('falta ' + exige)
      await fetch(cloud + '/${Bucket}/' + nombre, { method: 'PUT', body: 'hecho' })
    }`

  async function createNoter(clients: Clients): Promise<string> {
    const FunctionName = 'apunta'
    await clients.s3.send(new CreateBucketCommand({ Bucket }))
    await createFunction(clients, FunctionName, { Timeout: 900, Code: { ZipFile: zip(source) } })
    return FunctionName
  }

  async function invokeLater({ lambda }: Clients, FunctionName: string, event: object): Promise<void> {
    const Payload = Buffer.from(JSON.stringify(event))
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }))
  }

  async function keysOf({ s3 }: Clients): Promise<(string | undefined)[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
    return Contents.map(({ Key }) => Key)
  }

  test('what waited for room, and what was under way, is delivered after the restart', async () => {
    const first = await folder.start()
    const FunctionName = await createNoter(first)
    await first.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }),
    )
    const Payload = Buffer.from('{"nombre": "nunca", "espera": true}')
    const busy = first.lambda.send(new InvokeCommand({ FunctionName, Payload })).catch(error => error)
    await expect.poll(() => keysOf(first), { timeout: 40_000 }).toEqual(['ocupada'])
    for (const nombre of ['uno', 'dos', 'tres']) await invokeLater(first, FunctionName, { nombre })
    expect(await keysOf(first)).toEqual(['ocupada'])
    const second = await killAndStart(first)
    expect(await busy).toBeInstanceOf(Error)
    await expect.poll(() => keysOf(second), { timeout: 40_000 }).toEqual(['dos', 'ocupada', 'tres', 'uno'])
  })

  test('what waited for its retry is tried when that is due', async () => {
    const first = await folder.start()
    const FunctionName = await createNoter(first)
    await invokeLater(first, FunctionName, { nombre: 'reintentado', exige: 'permiso' })
    await first.control('idle')
    const second = await killAndStart(first)
    await second.control('idle')
    expect(await keysOf(second)).toEqual([])
    await second.s3.send(new PutObjectCommand({ Bucket, Key: 'permiso', Body: 'sí' }))
    await second.control('clock', { method: 'POST', body: '{"advanceMilliseconds": 60000}' })
    await second.control('idle')
    expect(await keysOf(second)).toEqual(['permiso', 'reintentado'])
  })
})

describe('credentials', () => {
  const env = { ENFORCE_IAM: '1', TALLER_VERIFY_SIGNATURES: '1' }
  const mayWrite = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/*` }],
  })

  async function expectWriter({ s3 }: Clients): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket, Key: 'raw/x', Body: 'x' }))
    await expect(s3.send(new DeleteObjectCommand({ Bucket, Key: 'raw/x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    })
  }

  test('temporary ones and access keys go on, with what they may and may not', async () => {
    const first = await folder.start({ env })
    await first.s3.send(new CreateBucketCommand({ Bucket }))
    const temporary = await assumeWriter(first)
    const lasting = await createUserKey(first)
    const second = await killAndStart(first, env)
    for (const credentials of [temporary, lasting]) {
      const clients = clientsOf(second.endpoint, credentials)
      await expectWriter(clients)
      clients.close()
    }
    const forged = clientsOf(second.endpoint, { ...temporary, secretAccessKey: 'otro' })
    await expect(forged.s3.send(new GetObjectCommand({ Bucket, Key: 'raw/x' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
    })
    forged.close()
  })

  async function assumeWriter({ iam, endpoint }: CloudProcess) {
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:AssumeRole' },
      ],
    })
    const RoleName = 'escritor'
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'escribe', PolicyDocument: mayWrite }))
    const sts = new STSClient({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    })
    const RoleArn = `arn:aws:iam::000000000000:role/${RoleName}`
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'sesion' }))
    sts.destroy()
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  }

  async function createUserKey({ iam }: Clients) {
    const UserName = 'ada'
    await iam.send(new CreateUserCommand({ UserName }))
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'escribe', PolicyDocument: mayWrite }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
    return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' }
  }
})

test('a clock that was moved stays moved', async () => {
  const month = 30 * 24 * 60 * 60 * 1000
  const readAhead = async (cloud: CloudProcess): Promise<number> => {
    const { now } = (await cloud.control('clock')) as { now: number }
    return now - Date.now()
  }
  const first = await folder.start()
  await first.control('clock', { method: 'POST', body: JSON.stringify({ advanceMilliseconds: month }) })
  const second = await killAndStart(first)
  const ahead = await readAhead(second)
  expect(ahead).toBeGreaterThan(month - 60_000)
  expect(ahead).toBeLessThan(month + 60_000)
  await second.control('clock', { method: 'POST', body: JSON.stringify({ advanceMilliseconds: month }) })
  expect(await second.stop()).toMatchObject({ exitCode: 0 })
  expect(await readAhead(await folder.start())).toBeGreaterThan(2 * month - 60_000)
})

test('a presigned URL goes on, and its signature counts', async () => {
  const env = { TALLER_VERIFY_SIGNATURES: '1' }
  const first = await folder.start({ env })
  await first.s3.send(new CreateBucketCommand({ Bucket }))
  await first.s3.send(new PutObjectCommand({ Bucket, Key: 'informe.txt', Body: 'las ventas' }))
  const url = awslocal(first, `s3 presign s3://${Bucket}/informe.txt`).stdout.trim()
  expect(await (await fetch(url)).text()).toBe('las ventas')
  await killAndStart(first, env)
  expect(await (await fetch(url)).text()).toBe('las ventas')
  const forged = await fetch(url.replace('informe.txt', 'otro.txt'))
  expect(forged.status).toBe(403)
  expect(await forged.text()).toContain('SignatureDoesNotMatch')
})

test('awslocal shows the same before and after', async () => {
  const first = await folder.start()
  await first.s3.send(new CreateBucketCommand({ Bucket }))
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await first.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
  for (const Key of ['raw/z.csv', 'raw/á.csv', 'raw/z.csv', 'oro/b', 'raw/a+b c']) {
    await first.s3.send(
      new PutObjectCommand({ Bucket, Key, Body: `${Key} en bruto`, Metadata: { de: 'ada' } }),
    )
  }
  await first.s3.send(new DeleteObjectCommand({ Bucket, Key: 'oro/b' }))
  await first.logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/procesar' }))
  await createFunction(first, 'procesar')
  const lines = [
    's3 ls',
    `s3 ls s3://${Bucket} --recursive`,
    `s3api list-object-versions --bucket ${Bucket}`,
    `s3api head-object --bucket ${Bucket} --key raw/z.csv`,
    'lambda list-functions',
    'logs describe-log-groups',
  ]
  const show = (cloud: CloudProcess) => lines.map(line => awslocal(cloud, line))
  const before = show(first)
  for (const { status, stdout, line } of before)
    expect({ line, status, isEmpty: stdout === '' }).toEqual({ line, status: 0, isEmpty: false })
  expect(show(await killAndStart(first))).toEqual(before)
})
