import { InvokeCommand } from '@aws-sdk/client-lambda'
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { zip } from '../../services/lambda/lab.ts'
import { createFunction } from './clients.ts'
import { useCloudFolder } from './cloud-process.ts'

const folder = useCloudFolder()
const Bucket = 'datalake-curso'

test('Ctrl-C does not wait for a function at work, and the next cloud finds all', async () => {
  const first = await folder.start()
  await first.s3.send(new CreateBucketCommand({ Bucket }))
  await createFunction(first, 'duerme', {
    Timeout: 900,
    Code: { ZipFile: zip('export const handler = () => new Promise(r => setTimeout(r, 600_000))') },
  })
  const busy = first.lambda.send(new InvokeCommand({ FunctionName: 'duerme' })).catch(error => error)
  await first.lambda.send(new InvokeCommand({ FunctionName: 'duerme', InvocationType: 'Event' }))
  await first.s3.send(new PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }))
  first.command.process.kill('SIGINT')
  // The function works for ten minutes more: the test would run out of time.
  expect(await first.command.ended).toMatchObject({ exitCode: 0, stderr: '' })
  // It was cut short, or had not begun.
  const outcome = await busy
  expect(outcome instanceof Error || outcome.FunctionError !== undefined).toBe(true)
  const second = await folder.start()
  expect((await second.s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toMatchObject([{ Key: 'x' }])
})

test('an event that was at work when the cloud was stopped is delivered again at once, and no attempt is lost', async () => {
  const source = `
    const bucket = process.env.AWS_ENDPOINT_URL + '/${Bucket}/'
    export const handler = async () => {
      const isFirst = !(await fetch(bucket + 'empezado')).ok
      await fetch(bucket + (isFirst ? 'empezado' : 'hecho'), { method: 'PUT', body: 'sí' })
      if (isFirst) await new Promise(resolve => setTimeout(resolve, 600_000))
    }`
  const first = await folder.start()
  await first.s3.send(new CreateBucketCommand({ Bucket }))
  const FunctionName = 'apunta'
  await createFunction(first, FunctionName, { Timeout: 900, Code: { ZipFile: zip(source) } })
  await first.lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' }))
  const keysOf = async (cloud: typeof first) => {
    const { Contents = [] } = await cloud.s3.send(new ListObjectsV2Command({ Bucket }))
    return Contents.map(({ Key }) => Key)
  }
  await expect.poll(() => keysOf(first), { timeout: 30_000 }).toEqual(['empezado'])
  expect(await first.stop()).toMatchObject({ exitCode: 0, stderr: '' })
  const second = await folder.start()
  // A failed attempt would be repeated a minute later.
  await expect.poll(() => keysOf(second), { timeout: 30_000 }).toEqual(['empezado', 'hecho'])
})
