import { PutBucketPolicyCommand } from '@aws-sdk/client-s3'
import { beforeAll, expect, it } from 'vitest'
import { formatAmzDate } from '../../../../src/cloud/signatures/request-time.ts'
import { useS3 } from '../lab.ts'

// Signatures are not checked here, so that they can be made up.
const lab = useS3({ enforceIam: true })
const account = '111122223333'
let Bucket: string

beforeAll(async () => {
  Bucket = await lab.newBucket({ isOpen: true })
  await lab.put(Bucket, 'k')
})

/** Lets the other account do everything where its requests fulfil a condition. */
async function allowWhere(Condition: object): Promise<void> {
  const Resource = `arn:aws:s3:::${Bucket}/*`
  const Statement = { Effect: 'Allow', Principal: { AWS: account }, Action: 's3:*', Resource, Condition }
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement })
  await lab.s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
}

const minutesAgo = (minutes: number): string => formatAmzDate(Date.now() - minutes * 60_000)
const credentialOf = (date: string): string => `${account}/${date.slice(0, 8)}/us-east-1/s3/aws4_request`

const get = (query: string, headers: Record<string, string> = {}) =>
  lab.fetch(`/${Bucket}/k${query}`, { headers })

/** Requests by the way that they are signed. */
const requests = {
  header: (more: Record<string, string> = {}) => {
    const date = minutesAgo(0)
    const authorization = `AWS4-HMAC-SHA256 Credential=${credentialOf(date)}, SignedHeaders=host, Signature=x`
    return get('', { authorization, 'x-amz-date': date, ...more })
  },
  headerVersion2: () => get('', { authorization: `AWS ${account}:x`, date: new Date().toUTCString() }),
  url: (minutes = 1) => {
    const date = minutesAgo(minutes)
    const parameters = {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': credentialOf(date),
      'X-Amz-Date': date,
      'X-Amz-Expires': '3600',
      'X-Amz-SignedHeaders': 'host',
      'X-Amz-Signature': 'x',
    }
    return get(`?${new URLSearchParams(parameters)}`)
  },
  urlVersion2: () => {
    const Expires = String(Math.floor(Date.now() / 1000) + 60)
    return get(`?${new URLSearchParams({ AWSAccessKeyId: account, Expires, Signature: 'x' })}`)
  },
  form: () => {
    const date = minutesAgo(1)
    const form = new FormData()
    const expiration = new Date(Date.now() + 60_000).toISOString()
    const signed = {
      key: 'k',
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': credentialOf(date),
      'x-amz-date': date,
    }
    const conditions = Object.entries({ bucket: Bucket, ...signed }).map(([name, value]) => ({
      [name]: value,
    }))
    const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64')
    const fields = { ...signed, policy, 'x-amz-signature': 'x' }
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    form.append('file', new Blob(['x']))
    return lab.fetch(`/${Bucket}`, { method: 'POST', body: form })
  },
}
type Way = keyof typeof requests
const ways = Object.keys(requests) as Way[]

it.each<[string, object, Way[]]>([
  ['REST-HEADER', { StringEquals: { 's3:authType': 'REST-HEADER' } }, ['header', 'headerVersion2']],
  ['REST-QUERY-STRING', { StringEquals: { 's3:authType': 'REST-QUERY-STRING' } }, ['url', 'urlVersion2']],
  ['POST', { StringEquals: { 's3:authType': 'POST' } }, ['form']],
  ['version 2', { StringEquals: { 's3:signatureversion': 'AWS' } }, ['headerVersion2', 'urlVersion2']],
  ['version 4', { StringEquals: { 's3:signatureversion': 'AWS4-HMAC-SHA256' } }, ['header', 'url', 'form']],
  ['an age', { Null: { 's3:signatureAge': 'false' } }, ['url', 'urlVersion2', 'form']],
  ['an age that is always 0', { NumericEquals: { 's3:signatureAge': '0' } }, ['urlVersion2']],
])('a policy may want %s of a signature', async (_name, condition, allowed) => {
  await allowWhere(condition)
  const admitted: Way[] = []
  for (const way of ways) {
    const { status } = await requests[way]()
    if (status < 300) admitted.push(way)
    else expect(status).toBe(403)
  }
  expect(admitted).toEqual(allowed)
})

it('a policy may refuse presigned URLs that are older than it says, in milliseconds', async () => {
  await allowWhere({ NumericLessThan: { 's3:signatureAge': '600000' } })
  expect((await requests.url(5)).status).toBe(200)
  expect((await requests.url(20)).status).toBe(403)
})

it('a policy may refuse a body that is not signed', async () => {
  await allowWhere({ StringNotEquals: { 's3:x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } })
  expect((await requests.header({ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' })).status).toBe(403)
  expect((await requests.header({ 'x-amz-content-sha256': 'a'.repeat(64) })).status).toBe(200)
})
