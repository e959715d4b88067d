import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWorkshop, type RunningCommand, startCommand, type Workshop } from './workshop.ts'

let workshop: Workshop
let cloud: RunningCommand | undefined

beforeEach(async () => {
  workshop = await createWorkshop()
})

afterEach(async () => {
  cloud?.process.kill('SIGKILL')
  await cloud?.ended
  await workshop.remove()
})

test('the cloud says how to reach it, shows each request, and ends cleanly on Ctrl-C', async () => {
  cloud = startCommand(['cloud', 'port', '0'], { cwd: workshop.root })
  const [, endpoint = ''] = await cloud.waitFor(
    /^ {2}endpoint +(http:\/\/localhost:\d+) +cuenta 000000000000/m,
  )
  await cloud.waitFor(/^ {2}credenciales +AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test$/m)
  await cloud.waitFor(/^ {2}servicios +.*s3 sts/m)

  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true })
  await s3.send(new CreateBucketCommand({ Bucket: 'datalake-curso' }))
  await cloud.waitFor(/^\d\d:\d\d:\d\d s3 +CreateBucket +datalake-curso +200 +\d+ ms$/m)
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'ninguno' }))).rejects.toMatchObject({
    name: 'NotFound',
  })
  await cloud.waitFor(/^\d\d:\d\d:\d\d s3 +HeadBucket +ninguno +404 +\d+ ms$/m)
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'datalake_curso' }))).rejects.toThrow()
  const { port } = new URL(endpoint)
  await cloud.waitFor(
    new RegExp(
      [
        String.raw`^\d\d:\d\d:\d\d s3 +HeadBucket +datalake_curso +404 +\d+ ms`,
        ' {9}→ No hay ningún bucket «datalake_curso», pero sí «datalake-curso»\\.',
        ` {11}npx awslocal --endpoint-url http://localhost:${port} s3 ls$`,
      ].join('\n'),
      'm',
    ),
  )
  const timeline = (await (await fetch(`${endpoint}/_taller/timeline?service=s3`)).json()) as {
    requests: { hint?: { id: string; text: string } }[]
  }
  expect(timeline.requests.at(-1)?.hint).toMatchObject({
    id: 's3.bucket-near',
    text: 'No hay ningún bucket «datalake_curso», pero sí «datalake-curso».',
  })
  s3.destroy()

  cloud.process.kill('SIGINT')
  expect(await cloud.ended).toMatchObject({ exitCode: 0, stderr: '' })
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed')
})
