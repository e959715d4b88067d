import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/core/random.ts'
import { type CsvFunction, csvFunctions, startCsvFunction } from './csv-function.ts'
import { type Meddling, type MeddlingProxy, startMeddlingProxy } from './meddling-proxy.ts'
import { createLateChanges } from './nasty-csv.ts'

describe.each(csvFunctions)('%s, when S3 fails it half-way', name => {
  const event = (bucket: string): { bucket: string; key: string }[] => [{ bucket, key: 'raw/x.csv' }]
  let lambda: CsvFunction
  let proxy: MeddlingProxy | undefined

  beforeAll(async () => {
    lambda = await startCsvFunction(name)
  })
  afterEach(() => proxy?.close())
  afterAll(() => lambda.close())

  async function meddle(meddling: Meddling): Promise<string> {
    proxy = await startMeddlingProxy(lambda.cloudUrl, meddling)
    return proxy.url
  }

  it.each([
    ['a part', (method: string, path: string) => method === 'PUT' && path.includes('partNumber=2')],
    [
      'the end of the upload',
      (method: string, path: string) => method === 'POST' && path.includes('uploadId='),
    ],
  ])(
    'leaves no upload when %s is refused',
    async (what, isRefused) => {
      const bucket = `lago-${what.replaceAll(' ', '-')}`
      await lambda.createBucket(bucket)
      const rows = Array.from({ length: 900_000 }, (_, row) => `${row},${row * 7919},texto ${row * 31}`)
      await lambda.put(bucket, 'raw/x.csv', `a,b,c\n${rows.join('\n')}\n`)
      let refusals = 0
      const url = await meddle({
        refuse: (method, path) => {
          if (!isRefused(method, path)) return undefined
          refusals++
          return 'InvalidRequest'
        },
      })
      const { answers } = await lambda.send([event(bucket)], { url })
      expect(answers).toMatchObject([{ kind: 'error', name: 'InvalidRequest' }])
      expect(refusals).toBe(1)
      expect(await lambda.keys(bucket)).toEqual(['raw/x.csv'])
      expect(await lambda.unfinishedUploads(bucket)).toBe(0)
    },
    60_000,
  )

  it('does not write a mixture when the object changes between two readings', async () => {
    const bucket = 'lago-cambiante'
    await lambda.createBucket(bucket)
    await lambda.put(bucket, 'raw/x.csv', createLateChanges(createRandom(1)))
    let readings = 0
    const url = await meddle({
      answered: async method => {
        if (method === 'GET' && ++readings === 1) await lambda.put(bucket, 'raw/x.csv', 'otra\n1\n')
      },
    })
    const { answers } = await lambda.send([event(bucket)], { url })
    expect(answers).toMatchObject([{ kind: 'error', name: 'PreconditionFailed' }])
    expect(await lambda.keys(bucket)).toEqual(['raw/x.csv'])
    expect(await lambda.unfinishedUploads(bucket)).toBe(0)
  }, 60_000)
})
