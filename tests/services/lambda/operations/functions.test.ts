import { createHash, randomBytes } from 'node:crypto'
import {
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  paginateListFunctions,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { failureOf, minimal, role, useLambda, zip } from '../lab.ts'

const lab = useLambda()

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64')
}

describe('CreateFunction', () => {
  it('answers a pending function as AWS does', async () => {
    const { $metadata, ...created } = await lab.lambda.send(new CreateFunctionCommand(minimal('nueva')))
    expect($metadata.httpStatusCode).toBe(201)
    expect(created).toEqual({
      FunctionName: 'nueva',
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:nueva',
      Runtime: 'nodejs22.x',
      Role: role,
      Handler: 'index.handler',
      CodeSize: zip().length,
      CodeSha256: sha256(zip()),
      Description: '',
      Timeout: 3,
      MemorySize: 128,
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
      Version: '$LATEST',
      RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      PackageType: 'Zip',
      TracingConfig: { Mode: 'PassThrough' },
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/nueva' },
      RuntimeVersionConfig: {
        RuntimeVersionArn: expect.stringContaining('arn:aws:lambda:us-east-1::runtime:'),
      },
      State: 'Pending',
      StateReason: 'The function is being created.',
      StateReasonCode: 'Creating',
    })
  })

  it('is active when it is asked for', async () => {
    const FunctionName = 'rapida'
    await lab.lambda.send(new CreateFunctionCommand(minimal(FunctionName)))
    const start = performance.now()
    const { State, LastUpdateStatus } = await lab.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    )
    expect({ State, LastUpdateStatus }).toEqual({ State: 'Active', LastUpdateStatus: 'Successful' })
    expect(performance.now() - start).toBeLessThan(5_000)
  })

  it('fails where this machine cannot run it', async () => {
    await lab.lambda.send(new CreateFunctionCommand({ ...minimal('java'), Runtime: 'java21' }))
    const { State, StateReason } = await lab.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: 'java' }),
    )
    expect({ State, StateReason }).toEqual({ State: 'Failed', StateReason: 'This machine has no Java.' })
  })

  it('takes its zip from a bucket', async () => {
    await lab.putObject('codigo', 'fn.zip', zip('// s3'))
    const name = await lab.newFunction({ Code: { S3Bucket: 'codigo', S3Key: 'fn.zip' } })
    const { Configuration, Code } = await lab.lambda.send(new GetFunctionCommand({ FunctionName: name }))
    expect(Configuration?.CodeSha256).toBe(sha256(zip('// s3')))
    const answer = await fetch(Code?.Location ?? '')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(zip('// s3')))
  })

  const base = minimal('mala')
  const refused: [string, Partial<CreateFunctionCommandInput>, string, string][] = [
    [
      'a role that is none',
      { Role: 'r1' },
      'ValidationException',
      "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
    ],
    [
      'an unknown runtime',
      { Runtime: 'cobol' as 'nodejs22.x' },
      'InvalidParameterValueException',
      "Value cobol at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, java8.al2] or be a valid ARN",
    ],
    [
      'a retired runtime',
      { Runtime: 'nodejs12.x' },
      'InvalidParameterValueException',
      'The runtime parameter of nodejs12.x is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.',
    ],
    [
      'no handler',
      { Handler: undefined },
      'InvalidParameterValueException',
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    ],
    [
      'two architectures',
      { Architectures: ['x86_64', 'arm64'] },
      'ValidationException',
      "1 validation error detected: Value '[x86_64, arm64]' at 'architectures' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'too long a timeout',
      { Timeout: 901 },
      'ValidationException',
      "1 validation error detected: Value '901' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to 900",
    ],
    [
      'too little memory',
      { MemorySize: 64 },
      'ValidationException',
      "1 validation error detected: Value '64' at 'memorySize' failed to satisfy constraint: Member must have value greater than or equal to 128",
    ],
    [
      'a name that is too long',
      { FunctionName: 'a'.repeat(65) },
      'InvalidParameterValueException',
      `1 validation error detected: Value '${'a'.repeat(65)}' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    ],
    [
      'a name that is none',
      { FunctionName: 'invalid:function:name' },
      'ValidationException',
      "1 validation error detected: Value 'invalid:function:name' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
    ],
    [
      'an empty zip',
      { Code: { ZipFile: new Uint8Array() } },
      'InvalidParameterValueException',
      'Uploaded file must be a non-empty zip',
    ],
    [
      'a zip that is none',
      { Code: { ZipFile: Buffer.from('no soy un zip') } },
      'InvalidParameterValueException',
      'Could not unzip uploaded file. Please check your file, then try to upload again.',
    ],
    [
      'no code at all',
      { Code: {} },
      'InvalidParameterValueException',
      'Please provide a source for function code.',
    ],
    [
      'a bucket that is not there',
      { Code: { S3Bucket: 'no-hay', S3Key: 'x' } },
      'InvalidParameterValueException',
      'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
    ],
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      'Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: AWS_REGION',
    ],
    [
      'variables that are too large',
      { Environment: { Variables: { LARGA: 'x'.repeat(4096) } } },
      'InvalidParameterValueException',
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: {"LARGA":"${'x'.repeat(4096)}"}`,
    ],
    [
      'a layer that is not there',
      { Layers: ['arn:aws:lambda:us-east-1:000000000000:layer:no-hay:1'] },
      'InvalidParameterValueException',
      'Layer version arn:aws:lambda:us-east-1:000000000000:layer:no-hay:1 does not exist.',
    ],
  ]
  it.each(refused)('refuses %s', async (_what, change, code, message) => {
    const call = lab.lambda.send(new CreateFunctionCommand({ ...base, ...change }))
    expect(await failureOf(call)).toMatchObject({ code, message, status: 400 })
  })

  it('refuses a name that is taken', async () => {
    const FunctionName = await lab.newFunction()
    const failure = await failureOf(lab.lambda.send(new CreateFunctionCommand(minimal(FunctionName))))
    expect(failure).toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
      message: `Function already exist: ${FunctionName}`,
      members: { Type: 'User' },
    })
  })

  it('takes a zip of tens of megabytes, and not one over 50', async () => {
    const large = zipSync({ 'index.mjs': randomBytes(30_000_000) }, { level: 0 })
    const created = await lab.lambda.send(
      new CreateFunctionCommand({ ...minimal('grande'), Code: { ZipFile: large } }),
    )
    expect(created.CodeSha256).toBe(sha256(large))
    const tooLarge = { ...minimal('enorme'), Code: { ZipFile: Buffer.alloc(52_428_801) } }
    expect(await failureOf(lab.lambda.send(new CreateFunctionCommand(tooLarge)))).toMatchObject({
      code: 'RequestEntityTooLargeException',
      status: 413,
      message: 'Zipped size must be smaller than 52428800 bytes',
    })
  })
})

describe('names of functions', () => {
  it.each([
    ['a partial ARN', '000000000000:function:'],
    ['an ARN', 'arn:aws:lambda:us-east-1:000000000000:function:'],
    ['function: and a name', 'function:'],
  ])('may be %s', async (_what, prefix) => {
    const name = await lab.newFunction()
    const found = await lab.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: prefix + name }))
    expect(found.FunctionName).toBe(name)
  })

  it('may carry a qualifier, which must not contradict the other one', async () => {
    const name = await lab.newFunction()
    const found = await lab.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: `${name}:$LATEST` }),
    )
    expect(found.FunctionArn).toBe(`arn:aws:lambda:us-east-1:000000000000:function:${name}:$LATEST`)
    const call = lab.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: `${name}:$LATEST`, Qualifier: '1' }),
    )
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'The derived qualifier from the function name does not match the specified qualifier.',
    })
  })

  it('of another region are not reachable', async () => {
    const FunctionName = 'arn:aws:lambda:eu-west-1:000000000000:function:x'
    const call = lab.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
    expect(await failureOf(call)).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    })
  })

  it('that are unknown are told with their ARN', async () => {
    const call = lab.lambda.send(new GetFunctionCommand({ FunctionName: 'nadie', Qualifier: '7' }))
    expect(await failureOf(call)).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nadie:7',
      members: { Type: 'User' },
    })
  })
})

describe('UpdateFunctionCode', () => {
  it('replaces the zip', async () => {
    const FunctionName = await lab.newFunction()
    await lab.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip('// 2') }))
    await waitUntilFunctionUpdatedV2({ client: lab.lambda, maxWaitTime: 10 }, { FunctionName })
    const { Configuration, Code } = await lab.lambda.send(new GetFunctionCommand({ FunctionName }))
    expect(Configuration?.CodeSha256).toBe(sha256(zip('// 2')))
    const answer = await fetch(Code?.Location ?? '')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(zip('// 2')))
  })

  it('checks the revision, and changes nothing in a dry run', async () => {
    const FunctionName = await lab.newFunction()
    const { RevisionId, CodeSha256 } = await lab.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName }),
    )
    const wrong = lab.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip('// 3'), RevisionId: 'otra' }),
    )
    expect(await failureOf(wrong)).toMatchObject({
      code: 'PreconditionFailedException',
      status: 412,
      message:
        'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    })
    const dry = await lab.lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip('// 3'), RevisionId, DryRun: true }),
    )
    expect(dry.CodeSha256).toBe(sha256(zip('// 3')))
    const after = await lab.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))
    expect({ sha: after.CodeSha256, revision: after.RevisionId }).toEqual({
      sha: CodeSha256,
      revision: RevisionId,
    })
  })
})

describe('UpdateFunctionConfiguration', () => {
  it('changes what it is given and keeps the rest', async () => {
    const FunctionName = await lab.newFunction({ Description: 'vieja', Timeout: 7 })
    const updated = await lab.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        MemorySize: 512,
        Environment: { Variables: { MODO: 'a' } },
        DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:muertas' },
        LoggingConfig: { LogFormat: 'JSON' },
      }),
    )
    expect(updated).toMatchObject({
      Description: 'vieja',
      Timeout: 7,
      MemorySize: 512,
      Environment: { Variables: { MODO: 'a' } },
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-1:000000000000:muertas' },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' },
      LastUpdateStatus: 'InProgress',
    })
    await waitUntilFunctionUpdatedV2({ client: lab.lambda, maxWaitTime: 10 }, { FunctionName })
    const emptied = await lab.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        DeadLetterConfig: {},
        LoggingConfig: { LogFormat: 'Text' },
      }),
    )
    expect(emptied.DeadLetterConfig).toBeUndefined()
    expect(emptied.LoggingConfig).toEqual({ LogFormat: 'Text', LogGroup: `/aws/lambda/${FunctionName}` })
  })
})

describe('versions', () => {
  it('are published once for what is the same', async () => {
    const FunctionName = await lab.newFunction()
    const first = await lab.lambda.send(new PublishVersionCommand({ FunctionName, Description: 'primera' }))
    expect(first).toMatchObject({
      Version: '1',
      Description: 'primera',
      State: 'Active',
      FunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}:1`,
    })
    const again = await lab.lambda.send(new PublishVersionCommand({ FunctionName }))
    expect(again.Version).toBe('1')
    await lab.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip('// v2') }))
    await waitUntilFunctionUpdatedV2({ client: lab.lambda, maxWaitTime: 10 }, { FunctionName })
    const second = await lab.lambda.send(new PublishVersionCommand({ FunctionName }))
    expect(second.Version).toBe('2')
    const { Versions } = await lab.lambda.send(new ListVersionsByFunctionCommand({ FunctionName }))
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2'])
    expect(Versions?.[0]?.State).toBeUndefined()
  })

  it('are checked against the digest of the code', async () => {
    const FunctionName = await lab.newFunction()
    const call = lab.lambda.send(new PublishVersionCommand({ FunctionName, CodeSha256: 'otro' }))
    expect(await failureOf(call)).toMatchObject({
      code: 'InvalidParameterValueException',
      message: `CodeSHA256 (otro) is different from current CodeSHA256 in $LATEST (${sha256(zip())}). Please try again with the CodeSHA256 in $LATEST.`,
    })
  })

  it('can be deleted one by one; their numbers do not come back', async () => {
    const FunctionName = await lab.newFunction({ Publish: true })
    await lab.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '1' }))
    const call = lab.lambda.send(new GetFunctionCommand({ FunctionName, Qualifier: '1' }))
    expect((await failureOf(call)).code).toBe('ResourceNotFoundException')
    expect((await lab.lambda.send(new PublishVersionCommand({ FunctionName }))).Version).toBe('2')
  })
})

describe('DeleteFunction', () => {
  it('takes the function and its environments away', async () => {
    const FunctionName = await lab.newFunction()
    const { $metadata } = await lab.lambda.send(new DeleteFunctionCommand({ FunctionName }))
    expect($metadata.httpStatusCode).toBe(204)
    expect(lab.runtime.retired).toContain(`arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`)
    const call = lab.lambda.send(new DeleteFunctionCommand({ FunctionName }))
    expect(await failureOf(call)).toMatchObject({ code: 'ResourceNotFoundException', status: 404 })
  })

  it('refuses $LATEST and aliases', async () => {
    const FunctionName = await lab.newFunction()
    const latest = lab.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: '$LATEST' }))
    expect((await failureOf(latest)).message).toBe(
      '$LATEST version cannot be deleted without deleting the function.',
    )
    const alias = lab.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: 'prod' }))
    expect((await failureOf(alias)).message).toBe('Deletion of aliases is not currently supported.')
  })
})

describe('ListFunctions', () => {
  it('goes through all of an account and region by pages', async () => {
    const client = lab.client({ region: 'eu-west-1', accessKeyId: '123456789012' })
    const names = Array.from({ length: 7 }, (_, index) => `lista-${index}`)
    for (const name of [...names].reverse()) await client.send(new CreateFunctionCommand(minimal(name)))
    const listed: (string | undefined)[] = []
    for await (const { Functions = [] } of paginateListFunctions({ client, pageSize: 3 }, {})) {
      expect(Functions.length).toBeLessThanOrEqual(3)
      listed.push(...Functions.map(({ FunctionName }) => FunctionName))
    }
    expect(listed).toEqual(names)
    const elsewhere = await lab.client({ region: 'eu-west-2' }).send(new ListFunctionsCommand({}))
    expect(elsewhere.Functions).toEqual([])
  })
})
