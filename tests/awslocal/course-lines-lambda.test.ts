import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { runInProcess } from './running/awslocal.ts'
import { missingPython, writeFunction } from './running/functions.ts'
import type { Outcome } from './running/outcome.ts'
import { splitWords } from './running/words.ts'
import { makeWorkplace } from './running/workplace.ts'

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:procesar-csv'

/** The lines as the course prints them, but for the runtime. */
const createFunction = (runtime: string): string => `awslocal lambda create-function \
    --function-name procesar-csv \
    --runtime ${runtime} \
    --handler procesar_csv.handler \
    --role arn:aws:iam::000000000000:role/lambda-role \
    --zip-file fileb://lambdas/procesar_csv.zip \
    --timeout 60 \
    --memory-size 256`

const addPermission = `awslocal lambda add-permission \
    --function-name procesar-csv \
    --statement-id s3-trigger \
    --action lambda:InvokeFunction \
    --principal s3.amazonaws.com \
    --source-arn arn:aws:s3:::datalake-curso`

const putNotification = `awslocal s3api put-bucket-notification-configuration \
    --bucket datalake-curso \
    --notification-configuration '{
        "LambdaFunctionConfigurations": [{
            "LambdaFunctionArn": "arn:aws:lambda:us-east-1:000000000000:function:procesar-csv",
            "Events": ["s3:ObjectCreated:*"],
            "Filter": {
                "Key": {
                    "FilterRules": [
                        {"Name": "prefix", "Value": "raw/"},
                        {"Name": "suffix", "Value": ".csv"}
                    ]
                }
            }
        }]
    }'`

const filterLogs = `awslocal logs filter-log-events \
    --log-group-name /aws/lambda/procesar-csv`

const languages = [
  { language: 'node', runtime: 'nodejs20.x', missing: [] },
  { language: 'python', runtime: 'python3.11', missing: missingPython },
] as const

describe.each(languages)('the lines of the course, section 9.3, in $language', given => {
  const { language, runtime, missing } = given
  if (missing.length > 0) {
    it.skip(missing.join(', '), () => undefined)
    return
  }
  const { folder, remove } = makeWorkplace()
  let cloud: LocalCloud

  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0 })
    await writeFunction(folder, language)
    await run('awslocal s3 mb s3://datalake-curso')
  })

  afterAll(async () => {
    await cloud.close()
    remove()
  })

  function run(line: string): Promise<Outcome> {
    return runInProcess(splitWords(line).slice(1), { folder, env: { AWS_ENDPOINT_URL: cloud.url } })
  }

  /** Runs a line that must succeed; gives what it prints. */
  async function print(line: string): Promise<string> {
    const { status, stdout, stderr } = await run(line)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    return stdout
  }

  async function printJson(line: string): Promise<unknown> {
    return JSON.parse(await print(line))
  }

  /** Repeats a line until it prints what is expected. */
  function printSoon(line: string, expected: RegExp): Promise<void> {
    const look = async (): Promise<void> => expect(await print(line)).toMatch(expected)
    return vi.waitFor(look, { timeout: 20_000, interval: 20 })
  }

  it('create-function, with a role that nobody made', async () => {
    expect(await printJson(createFunction(runtime))).toMatchObject({
      FunctionName: 'procesar-csv',
      FunctionArn: functionArn,
      Runtime: runtime,
      Role: 'arn:aws:iam::000000000000:role/lambda-role',
      Handler: 'procesar_csv.handler',
      CodeSize: expect.any(Number),
      Timeout: 60,
      MemorySize: 256,
      Version: '$LATEST',
      State: expect.stringMatching(/^(Pending|Active)$/),
    })
    for (const waiter of ['function-exists', 'function-active', 'function-active-v2', 'function-updated']) {
      expect(await print(`awslocal lambda wait ${waiter} --function-name procesar-csv`)).toBe('')
    }
  })

  it('list-functions and get-function', async () => {
    const configuration = { FunctionName: 'procesar-csv', Handler: 'procesar_csv.handler' }
    expect(await printJson('awslocal lambda list-functions')).toMatchObject({ Functions: [configuration] })
    expect(await printJson('awslocal lambda get-function --function-name procesar-csv')).toMatchObject({
      Configuration: { ...configuration, State: 'Active' },
      Code: { RepositoryType: 'S3', Location: expect.stringMatching(/^http/) },
    })
  })

  it('add-permission', async () => {
    const { Statement } = (await printJson(addPermission)) as { Statement: string }
    expect(JSON.parse(Statement)).toEqual({
      Sid: 's3-trigger',
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: functionArn,
      Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:s3:::datalake-curso' } },
    })
  })

  it('put-bucket-notification-configuration', async () => {
    expect(await print(putNotification)).toBe('')
  })

  it('an upload to raw/ becomes an object in processed/ by itself, and the log tells it', async () => {
    expect(await print('awslocal s3 cp datos/ventas.csv s3://datalake-curso/raw/')).toBe(
      'upload: datos/ventas.csv to s3://datalake-curso/raw/ventas.csv\n',
    )
    await printSoon('awslocal s3 ls s3://datalake-curso', /PRE processed\//)
    expect(await print('awslocal s3 ls s3://datalake-curso/processed/')).toMatch(/ ventas\.parquet\n$/)
    await printSoon(filterLogs, /REPORT RequestId/)
    const { events } = (await printJson(filterLogs)) as { events: { message: string }[] }
    const messages = events.map(({ message }) => message.trim().split('\t').at(-1))
    expect(messages).toEqual(
      expect.arrayContaining([
        'Evento recibido: s3://datalake-curso/raw/ventas.csv',
        'CSV leido: 1 filas, 2 columnas',
        'Parquet guardado: s3://datalake-curso/processed/ventas.parquet',
      ]),
    )
  })

  it('logs tail shows the same lines', async () => {
    const shown = await print('awslocal logs tail /aws/lambda/procesar-csv --format short')
    expect(shown).toMatch(/^\S+ START RequestId: /m)
    expect(shown).toMatch(/Parquet guardado: s3:\/\/datalake-curso\/processed\/ventas\.parquet\n/)
    expect(shown).toMatch(/^\S+ REPORT RequestId: /m)
  })

  it('invoke prints what became of it and leaves the answer in the file', async () => {
    const event = JSON.stringify({
      Records: [{ s3: { bucket: { name: 'datalake-curso' }, object: { key: 'raw/ventas.csv' } } }],
    })
    const line = `awslocal lambda invoke --function-name procesar-csv --cli-binary-format raw-in-base64-out --payload '${event}' out.json --log-type Tail`
    expect(await printJson(line)).toEqual({
      StatusCode: 200,
      LogResult: expect.any(String),
      ExecutedVersion: '$LATEST',
    })
    expect(JSON.parse(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')).body)).toEqual({
      origen: 'raw/ventas.csv',
      destino: 'processed/ventas.parquet',
      filas: 1,
    })
  })

  it('invoke says when the function failed', async () => {
    const line = "awslocal lambda invoke --function-name procesar-csv --payload '{}' out.json"
    expect(await printJson(line)).toEqual({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '$LATEST',
    })
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toMatchObject({
      errorType: expect.stringMatching(/^(TypeError|KeyError)$/),
    })
  })

  it('a zip that is missing, or larger than 50 MB, is refused in words', async () => {
    const missing = createFunction(runtime).replace('lambdas/procesar_csv.zip', 'lambdas/no-esta.zip')
    expect(await run(missing)).toEqual({
      status: 255,
      stdout: '',
      stderr:
        "\nError parsing parameter '--zip-file': Unable to load paramfile fileb://lambdas/no-esta.zip: " +
        "[Errno 2] No such file or directory: 'lambdas/no-esta.zip'\n",
    })
    const large = zipSync({ 'datos.bin': randomBytes(60 << 20) }, { level: 0 })
    writeFileSync(join(folder, 'lambdas', 'grande.zip'), large)
    expect(await run(createFunction(runtime).replace('procesar_csv.zip', 'grande.zip'))).toEqual({
      status: 255,
      stdout: '',
      stderr:
        '\nAn error occurred (RequestEntityTooLargeException) when calling the CreateFunction operation: ' +
        'Request must be smaller than 70167211 bytes for the CreateFunction operation\n',
    })
  })

  it('update-function-code and update-function-configuration', async () => {
    const code =
      'awslocal lambda update-function-code --function-name procesar-csv --zip-file fileb://lambdas/procesar_csv.zip'
    expect(await printJson(code)).toMatchObject({ FunctionName: 'procesar-csv' })
    expect(await print('awslocal lambda wait function-updated --function-name procesar-csv')).toBe('')
    const configuration =
      'awslocal lambda update-function-configuration --function-name procesar-csv --environment Variables={CUBO=datos,CAPA=oro}'
    expect(await printJson(configuration)).toMatchObject({
      Environment: { Variables: { CUBO: 'datos', CAPA: 'oro' } },
    })
    expect(await print('awslocal lambda wait function-updated-v2 --function-name procesar-csv')).toBe('')
  })
})
