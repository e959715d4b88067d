import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud.ts'
import { environmentFor, installed, run } from '../s3/others.ts'
import { role, zip } from './lab.ts'

let cloud: LocalCloud
let folder: string
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0 })
  folder = await mkdtemp(join(tmpdir(), 'taller-aws-'))
  await writeFile(join(folder, 'fn.zip'), zip('export const handler = async event => ({ eco: event })'))
})
afterAll(async () => {
  await cloud.close()
  await rm(folder, { recursive: true, force: true })
})

async function aws(...words: string[]): Promise<unknown> {
  const output = await run(
    { file: 'aws', arguments: ['--output', 'json', 'lambda', ...words], cwd: folder },
    environmentFor(cloud.url),
  )
  return output.trim() === '' ? undefined : JSON.parse(output)
}

describe.skipIf(!installed.awsCli)('the AWS CLI', () => {
  it('creates, waits, invokes, permits, updates and deletes', async () => {
    const created = await aws(
      ...['create-function', '--function-name', 'procesar', '--runtime', 'nodejs22.x'],
      ...['--handler', 'index.handler', '--role', role, '--zip-file', 'fileb://fn.zip'],
      ...['--environment', 'Variables={MODO=a}', '--timeout', '10', '--memory-size', '256'],
    )
    expect(created).toMatchObject({ FunctionName: 'procesar', State: 'Pending', MemorySize: 256 })
    await aws('wait', 'function-active', '--function-name', 'procesar')
    const invoked = await aws(
      ...['invoke', '--function-name', 'procesar', '--payload', '{"n":1}'],
      'salida.json',
    )
    expect(invoked).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' })
    expect(JSON.parse(await readFile(join(folder, 'salida.json'), 'utf8'))).toEqual({ eco: { n: 1 } })
    const permitted = await aws(
      ...['add-permission', '--function-name', 'procesar', '--statement-id', 's3'],
      ...['--action', 'lambda:InvokeFunction', '--principal', 's3.amazonaws.com'],
      ...['--source-arn', 'arn:aws:s3:::datalake', '--source-account', '000000000000'],
    )
    expect(JSON.parse((permitted as { Statement: string }).Statement)).toMatchObject({ Sid: 's3' })
    await aws('update-function-code', '--function-name', 'procesar', '--zip-file', 'fileb://fn.zip')
    await aws('wait', 'function-updated', '--function-name', 'procesar')
    const published = await aws('publish-version', '--function-name', 'procesar')
    expect(published).toMatchObject({ Version: '1' })
    await aws('delete-function', '--function-name', 'procesar')
    expect(await aws('list-functions')).toEqual({ Functions: [] })
  })

  it('shows errors as it shows those of AWS', async () => {
    const failure = await aws('get-function', '--function-name', 'nadie').catch(
      (error: { stderr: string }) => error.stderr,
    )
    expect(failure).toContain(
      'An error occurred (ResourceNotFoundException) when calling the GetFunction operation: Function not found: arn:aws:lambda:us-east-1:000000000000:function:nadie',
    )
  })
})
