import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  GetPolicyCommand,
  PublishVersionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { failureOf, useLambda } from '../lab.ts'

const lab = useLambda()
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`

function permission(FunctionName: string, change: Partial<AddPermissionCommandInput> = {}) {
  return new AddPermissionCommand({
    FunctionName,
    StatementId: 's3',
    Action: 'lambda:InvokeFunction',
    Principal: 's3.amazonaws.com',
    ...change,
  })
}

describe('AddPermission', () => {
  it('answers the statement as AWS writes it, and GetPolicy the whole', async () => {
    const name = await lab.newFunction()
    const { Statement } = await lab.lambda.send(
      permission(name, { SourceArn: 'arn:aws:s3:::datalake', SourceAccount: '000000000000' }),
    )
    const statement =
      `{"Sid":"s3","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction",` +
      `"Resource":"${arnOf(name)}","Condition":{"StringEquals":{"AWS:SourceAccount":"000000000000"},` +
      `"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::datalake"}}}`
    expect(Statement).toBe(statement)
    const { Policy, RevisionId } = await lab.lambda.send(new GetPolicyCommand({ FunctionName: name }))
    expect(Policy).toBe(`{"Version":"2012-10-17","Id":"default","Statement":[${statement}]}`)
    expect(RevisionId).toMatch(/^[0-9a-f-]{36}$/)
  })

  it.each([
    ['123456789012', { AWS: 'arn:aws:iam::123456789012:root' }],
    ['arn:aws:iam::123456789012:role/otro', { AWS: 'arn:aws:iam::123456789012:role/otro' }],
    ['*', '*'],
  ])('writes the principal %s as AWS does', async (Principal, written) => {
    const name = await lab.newFunction()
    const { Statement = '' } = await lab.lambda.send(permission(name, { Principal }))
    expect(JSON.parse(Statement).Principal).toEqual(written)
  })

  const refused: [string, Partial<AddPermissionCommandInput>, number, string, string][] = [
    [
      'an id with a dot',
      { StatementId: 'example.com' },
      400,
      'ValidationException',
      "1 validation error detected: Value 'example.com' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
    ],
    [
      'a principal that is none',
      { Principal: 'nadie.ejemplo' },
      400,
      'InvalidParameterValueException',
      'The provided principal was invalid. Please check the principal and try again.',
    ],
    [
      'the qualifier $LATEST',
      { Qualifier: '$LATEST' },
      400,
      'InvalidParameterValueException',
      'We currently do not support adding policies for $LATEST.',
    ],
    [
      'an outdated revision',
      { RevisionId: 'x' },
      412,
      'PreconditionFailedException',
      'Call the GetPolicy API',
    ],
  ]
  it.each(refused)('refuses %s', async (_what, change, status, code, message) => {
    const name = await lab.newFunction()
    expect(await failureOf(lab.lambda.send(permission(name, change)))).toMatchObject({
      status,
      code,
      message: expect.stringContaining(message),
    })
  })

  it('refuses an id that is taken', async () => {
    const name = await lab.newFunction()
    await lab.lambda.send(permission(name))
    expect(await failureOf(lab.lambda.send(permission(name)))).toMatchObject({
      status: 409,
      code: 'ResourceConflictException',
      message:
        'The statement id (s3) provided already exists. Please provide a new statement id, or remove the existing statement.',
    })
  })

  it('refuses a version or an alias that is not there', async () => {
    const name = await lab.newFunction()
    const version = await failureOf(lab.lambda.send(permission(name, { Qualifier: '42' })))
    expect(version.message).toBe(`Function not found: ${arnOf(name)}:42`)
    const alias = await failureOf(lab.lambda.send(permission(name, { Qualifier: 'prod' })))
    expect(alias.message).toBe(`Cannot find alias arn: ${arnOf(name)}:prod`)
  })
})

describe('policies', () => {
  it('belong to each version by itself', async () => {
    const name = await lab.newFunction()
    await lab.lambda.send(new PublishVersionCommand({ FunctionName: name }))
    await lab.lambda.send(permission(name, { Qualifier: '1' }))
    const { Policy = '' } = await lab.lambda.send(
      new GetPolicyCommand({ FunctionName: name, Qualifier: '1' }),
    )
    expect(JSON.parse(Policy).Statement[0].Resource).toBe(`${arnOf(name)}:1`)
    expect(await failureOf(lab.lambda.send(new GetPolicyCommand({ FunctionName: name })))).toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    })
  })

  it('are gone with their last statement', async () => {
    const name = await lab.newFunction()
    await lab.lambda.send(permission(name))
    const remove = (StatementId: string) =>
      lab.lambda.send(new RemovePermissionCommand({ FunctionName: name, StatementId }))
    expect((await failureOf(remove('otra'))).message).toBe('Statement otra is not found in resource policy.')
    await remove('s3')
    expect((await failureOf(remove('s3'))).message).toBe('No policy is associated with the given resource.')
  })
})
