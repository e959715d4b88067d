import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readGlobalOptions } from '../../src/awslocal/arguments/global-options.ts'
import { english } from '../../src/awslocal/messages/en.ts'
import { spanish } from '../../src/awslocal/messages/es.ts'
import { loadService } from '../../src/awslocal/operation/operation.ts'
import { readRequest } from '../../src/awslocal/operation/read-request.ts'
import { services } from '../../src/awslocal/services.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { runInProcess } from './running/awslocal.ts'

describe('what awslocal does on its own account', () => {
  let cloud: LocalCloud
  let env: Record<string, string>

  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0 })
    env = { AWS_ENDPOINT_URL: cloud.url }
    await runInProcess(['s3', 'mb', 's3://cubo'], { env })
  })

  afterAll(() => cloud.close())

  it('names the cloud that is missing and how to start it', async () => {
    const nobody = await startLocalCloud({ port: 0 })
    await nobody.close()
    const { status, stdout, stderr } = await runInProcess(['s3', 'ls', '--endpoint-url', nobody.url])
    expect({ status, stdout }).toEqual({ status: 255, stdout: '' })
    expect(stderr).toBe(
      `\nNo hay ninguna nube en ${nobody.url}. Enciéndela en otra terminal con: npm run cloud\n`,
    )
  })

  it.each([
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_S3: '<cloud>' }, []],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, ['--endpoint-url', '<cloud>']],
  ])('goes where the nearest setting says: %j %j', async (given, words) => {
    const fill = (text: string): string => text.replace('<cloud>', cloud.url)
    const filled = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fill(value)]))
    const { stdout } = await runInProcess(['s3', 'ls', ...words.map(fill)], { env: filled })
    expect(stdout).toMatch(/ cubo\n$/)
  })

  it('works as the account whose number is the access key', async () => {
    const words = ['sts', 'get-caller-identity', '--query', 'Account', '--output', 'text']
    const other = await runInProcess(words, { env: { ...env, AWS_ACCESS_KEY_ID: '111122223333' } })
    const usual = await runInProcess(words, { env })
    expect([other.stdout, usual.stdout]).toEqual(['111122223333\n', '000000000000\n'])
  })

  it('takes the output format from AWS_DEFAULT_OUTPUT', async () => {
    const words = ['s3api', 'list-buckets', '--query', 'Buckets[].Name']
    expect((await runInProcess(words, { env: { ...env, AWS_DEFAULT_OUTPUT: 'text' } })).stdout).toBe('cubo\n')
  })

  it('refuses a profile that is nowhere', async () => {
    const { status, stderr } = await runInProcess(['s3', 'ls', '--profile', 'nadie-tiene-este'], { env })
    expect({ status, stderr }).toEqual({
      status: 255,
      stderr: '\nThe config profile (nadie-tiene-este) could not be found\n',
    })
  })

  it('reads blobs as base64 when told', async () => {
    const lambda = services.find(({ id }) => id === 'lambda')
    if (lambda === undefined) throw new Error('lambda is a service of awslocal')
    const { operations, facts } = await loadService(lambda)
    const operation = operations.get('invoke')
    if (operation === undefined) throw new Error('invoke is an operation of lambda')
    const read = (payload: string): unknown => {
      const globals = readGlobalOptions(new Map([['cli-binary-format', 'base64']]), {})
      return readRequest({ operation, facts, globals }, [
        '--function-name',
        'f',
        '--payload',
        payload,
        'fuera',
      ])
    }
    expect(read('eyJhIjoxfQ==')).toMatchObject({
      request: { input: { FunctionName: 'f', Payload: Buffer.from('{"a":1}') } },
    })
    expect(() => read('{"a":1}')).toThrow('Invalid base64: "{"a":1}"')
  })

  it('signs addresses that anyone can open', async () => {
    await runInProcess(['s3', 'cp', '-', 's3://cubo/carpeta con ñ/a+b.txt'], { env, input: 'contenido' })
    const { stdout } = await runInProcess(
      ['s3', 'presign', 's3://cubo/carpeta con ñ/a+b.txt', '--expires-in', '60'],
      { env },
    )
    const response = await fetch(stdout.trim())
    expect({ status: response.status, text: await response.text() }).toEqual({
      status: 200,
      text: 'contenido',
    })
    expect(new URL(stdout).searchParams.get('X-Amz-Expires')).toBe('60')
  })

  it('tells each request with --debug', async () => {
    const { stderr } = await runInProcess(['s3api', 'head-bucket', '--bucket', 'cubo', '--debug'], { env })
    expect(stderr).toMatch(/ - s3 - DEBUG - HeadBucket → 200\n$/)
  })

  describe('help', () => {
    it.each([
      [['help'], /s3api[\s\S]*--endpoint-url/],
      [['s3', 'help'], /sync/],
      [['s3', 'cp', 'help'], /--recursive/],
      [['s3api', 'help'], /list-objects-v2[\s\S]*bucket-exists/],
      [['s3api', 'put-object', 'help'], /--bucket <string>[\s\S]*\[--acl <string>\]/],
      [['s3api', 'wait', 'bucket-exists', 'help'], /--bucket/],
      [['kinesis', 'put-records', 'help'], /--records <list>/],
    ])('%j', async (words, expected) => {
      const { status, stdout, stderr } = await runInProcess(words)
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
      expect(stdout).toMatch(/^uso: /)
      expect(stdout).toMatch(expected)
    })

    it('has the same texts in both languages', () => {
      expect(Object.keys(english)).toEqual(Object.keys(spanish))
      expect(Object.keys(english.globals)).toEqual(Object.keys(spanish.globals))
    })
  })

  describe('--evidencia', () => {
    it('works on the state that is opened for it, and closes it', async () => {
      const saved = await startLocalCloud({ port: 0 })
      await runInProcess(['s3', 'mb', 's3://evidencia'], {
        env: { AWS_ENDPOINT_URL: saved.url, AWS_ACCESS_KEY_ID: '444455556666' },
      })
      let closed = 0
      const openEvidence = async () => ({
        url: saved.url,
        accessKeyId: '444455556666',
        close: async () => {
          closed++
          await saved.close()
        },
      })
      const { status, stdout } = await runInProcess(['--evidencia', 's3', 'ls'], { env, openEvidence })
      expect({ status, stdout, closed }).toEqual({
        status: 0,
        stdout: expect.stringMatching(/ evidencia\n$/),
        closed: 1,
      })
    })

    it.each([
      ['there is none', async () => undefined, spanish.noEvidence],
      ['this installation has no way to open it', undefined, spanish.evidenceUnavailable],
    ])('says when %s', async (_, openEvidence, message) => {
      const options = openEvidence === undefined ? { env } : { env, openEvidence }
      const { status, stderr } = await runInProcess(['s3', 'ls', '--evidencia'], options)
      expect({ status, stderr }).toEqual({ status: 255, stderr: `\n${message}\n` })
    })
  })
})
