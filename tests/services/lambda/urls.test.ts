import { request as httpRequest } from 'node:http'
import {
  AddPermissionCommand,
  CreateFunctionUrlConfigCommand,
  type CreateFunctionUrlConfigCommandInput,
  DeleteFunctionUrlConfigCommand,
  GetFunctionUrlConfigCommand,
  ListFunctionUrlConfigsCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, it } from 'vitest'
import { failureOf, useLambda } from './lab.ts'

const lab = useLambda()

/** A function with a URL that everybody may use. */
async function publicUrl(
  change: Partial<CreateFunctionUrlConfigCommandInput> = {},
): Promise<{ name: string; url: string; path: string }> {
  const name = await lab.newFunction()
  const created = await lab.lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: name, AuthType: 'NONE', ...change }),
  )
  await permit(name)
  const url = created.FunctionUrl ?? ''
  const id = new URL(url).hostname.split('.', 1)[0]
  return { name, url, path: `${lab.cloud.url}/_lambda-url/${id}` }
}

async function permit(FunctionName: string): Promise<void> {
  await lab.lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'url',
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    }),
  )
  await lab.lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'invoke',
      Action: 'lambda:InvokeFunction',
      Principal: '*',
      InvokedViaFunctionUrl: true,
    }),
  )
}

/** A request by the URL's own host, which need not resolve here. */
function fetchHost(url: string, path: string, headers: Record<string, string> = {}): Promise<string> {
  const { host } = new URL(url)
  return new Promise((resolve, reject) => {
    const sent = httpRequest(lab.cloud.url + path, { headers: { host, ...headers } }, async response => {
      let text = ''
      for await (const piece of response) text += piece
      resolve(text)
    })
    sent.once('error', reject)
    sent.end()
  })
}

const forbidden =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html'

describe('the configuration of a URL', () => {
  it('is created, told, changed, listed and deleted', async () => {
    const FunctionName = await lab.newFunction()
    const FunctionArn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`
    const { $metadata, ...created } = await lab.lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }),
    )
    expect($metadata.httpStatusCode).toBe(201)
    expect(created).toEqual({
      FunctionUrl: expect.stringMatching(/^http:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.localhost:\d+\/$/),
      FunctionArn,
      AuthType: 'NONE',
      InvokeMode: 'BUFFERED',
      CreationTime: expect.any(String),
    })
    const again = lab.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }))
    expect(await failureOf(again)).toMatchObject({
      code: 'ResourceConflictException',
      message: `Failed to create function url config for [functionArn = ${FunctionArn}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    })
    await lab.lambda.send(
      new UpdateFunctionUrlConfigCommand({ FunctionName, AuthType: 'AWS_IAM', Cors: { MaxAge: 5 } }),
    )
    const got = await lab.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }))
    expect(got).toMatchObject({ AuthType: 'AWS_IAM', Cors: { MaxAge: 5 }, FunctionUrl: created.FunctionUrl })
    const { FunctionUrlConfigs } = await lab.lambda.send(new ListFunctionUrlConfigsCommand({ FunctionName }))
    expect(FunctionUrlConfigs?.length).toBe(1)
    await lab.lambda.send(new DeleteFunctionUrlConfigCommand({ FunctionName }))
    const gone = lab.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }))
    expect((await failureOf(gone)).message).toBe('The resource you requested does not exist.')
  })

  it('belongs to functions and aliases, not to versions', async () => {
    const FunctionName = await lab.newFunction()
    const call = lab.lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', Qualifier: '1' }),
    )
    expect(await failureOf(call)).toMatchObject({
      code: 'ValidationException',
      message:
        "1 validation error detected: Value '1' at 'qualifier' failed to satisfy constraint: Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)",
    })
  })
})

describe('a request to a function URL', () => {
  it('is an event in format 2.0', async () => {
    const { name, path } = await publicUrl()
    const answer = await fetch(`${path}/mi%20ruta?a=1&a=2&b=x%20y`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: 'uno=1; dos=2', 'x-mio': 'sí'.slice(0, 1) },
      body: '{"n":1}',
    })
    const event = (await answer.json()) as Record<string, unknown>
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/mi ruta',
      rawQueryString: 'a=1&a=2&b=x%20y',
      cookies: ['uno=1', 'dos=2'],
      queryStringParameters: { a: '1,2', b: 'x y' },
      headers: { 'content-type': 'application/json', 'x-mio': 's', 'x-forwarded-proto': 'http' },
      requestContext: {
        accountId: 'anonymous',
        http: { method: 'POST', path: '/mi ruta', protocol: 'HTTP/1.1', userAgent: expect.any(String) },
        requestId: answer.headers.get('x-amzn-requestid'),
        routeKey: '$default',
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    })
    await expect
      .poll(() => lab.lines.at(-1))
      .toMatchObject({
        operation: name,
        resource: 'POST /mi%20ruta',
        invocation: { cause: 'url', outcome: 'ok' },
      })
  })

  it('comes by its own host as well, and its binary body as base64', async () => {
    const { url, path } = await publicUrl()
    const event = JSON.parse(await fetchHost(url, '/hola'))
    expect(event).toMatchObject({ rawPath: '/hola', isBase64Encoded: false })
    expect(event.requestContext.domainName).toBe(new URL(url).hostname)
    expect('body' in event).toBe(false)
    const answer = await fetch(path, { method: 'PUT', body: new Uint8Array([0, 255]) })
    expect(await answer.json()).toMatchObject({ body: 'AP8=', isBase64Encoded: true })
  })

  it.each([
    ['a text', () => 'hola', 200, 'hola', 'application/json'],
    ['a list', () => ['a', 3, true], 200, '["a",3,true]', 'application/json'],
    ['a status and a text', () => ({ statusCode: 201, body: 'ok' }), 201, 'ok', 'application/json'],
    [
      'headers and base64',
      () => ({
        statusCode: 200,
        headers: { 'Content-Type': 'text/plain' },
        body: Buffer.from('ñ').toString('base64'),
        isBase64Encoded: true,
      }),
      200,
      'ñ',
      'text/plain',
    ],
    [
      'a document as its body',
      () => ({ statusCode: 400, body: { mal: 1 } }),
      400,
      '{"mal":1}',
      'application/json',
    ],
    ['a status that is none', () => ({ statusCode: 'x' }), 502, 'Internal Server Error', 'application/json'],
  ])('is answered with %s', async (_what, handler, status, text, type) => {
    const { name, path } = await publicUrl()
    lab.runtime.handlers.set(name, handler)
    const answer = await fetch(path)
    expect([answer.status, await answer.text(), answer.headers.get('content-type')]).toEqual([
      status,
      text,
      type,
    ])
  })

  it('is answered with cookies, each on a line', async () => {
    const { name, path } = await publicUrl()
    lab.runtime.handlers.set(name, () => ({ statusCode: 204, cookies: ['a=1; Path=/', 'b=2'] }))
    const answer = await fetch(path)
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2'])
  })

  it('of a function that fails, or has no room, says so without its secrets', async () => {
    const { name, path } = await publicUrl()
    lab.runtime.handlers.set(name, () => {
      throw new Error('contraseña: 1234')
    })
    const failed = await fetch(path)
    expect([failed.status, await failed.text()]).toEqual([502, 'Internal Server Error'])
    await lab.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: 0 }),
    )
    const throttled = await fetch(path)
    expect([throttled.status, await throttled.json()]).toEqual([
      429,
      {
        Type: 'User',
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
        message: 'Rate Exceeded.',
      },
    ])
  })

  it('is forbidden until the policy gives both permissions', async () => {
    const FunctionName = await lab.newFunction()
    const { FunctionUrl = '' } = await lab.lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }),
    )
    expect(JSON.parse(await fetchHost(FunctionUrl, '/'))).toEqual({ Message: forbidden })
    await permit(FunctionName)
    expect(JSON.parse(await fetchHost(FunctionUrl, '/'))).toMatchObject({ version: '2.0' })
  })

  it('must be signed where IAM decides', async () => {
    const { path } = await publicUrl({ AuthType: 'AWS_IAM' })
    const unsigned = await fetch(path)
    expect([unsigned.status, await unsigned.json()]).toEqual([403, { Message: forbidden }])
    const signature = 'AWS4-HMAC-SHA256 Credential=test/20261125/us-east-1/lambda/aws4_request, Signature=x'
    const signed = await fetch(path, { headers: { authorization: signature } })
    expect(await signed.json()).toMatchObject({
      requestContext: {
        accountId: '000000000000',
        authorizer: { iam: { accessKey: 'test', userArn: 'arn:aws:iam::000000000000:root' } },
      },
    })
  })

  it('to no function is refused as AWS does', async () => {
    const answer = await fetch(`${lab.cloud.url}/_lambda-url/${'a'.repeat(32)}/`)
    expect([answer.status, await answer.json()]).toEqual([403, { Message: null }])
  })
})

describe('pages of other sites', () => {
  const Cors = {
    AllowOrigins: ['https://ejemplo.es'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['content-type'],
    ExposeHeaders: ['x-mio'],
    MaxAge: 60,
    AllowCredentials: true,
  }

  it('may what the configuration says, whatever the function says', async () => {
    const { name, path } = await publicUrl({ Cors })
    lab.runtime.handlers.set(name, () => ({
      statusCode: 200,
      headers: { 'access-control-allow-origin': '*' },
    }))
    const origin = 'https://ejemplo.es'
    const asked = await fetch(path, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect(Object.fromEntries(asked.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type',
      'access-control-allow-credentials': 'true',
      'access-control-max-age': '60',
    })
    const got = await fetch(path, { headers: { origin } })
    expect(got.headers.get('access-control-allow-origin')).toBe(origin)
    expect(got.headers.get('access-control-expose-headers')).toBe('x-mio')
    const other = await fetch(path, { headers: { origin: 'https://malo.es' } })
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('are the function’s own matter without one', async () => {
    const { name, path } = await publicUrl()
    lab.runtime.handlers.set(name, () => ({
      statusCode: 200,
      headers: { 'access-control-allow-origin': 'https://ejemplo.es' },
    }))
    const got = await fetch(path, { headers: { origin: 'https://ejemplo.es' } })
    expect(got.headers.get('access-control-allow-origin')).toBe('https://ejemplo.es')
  })
})
