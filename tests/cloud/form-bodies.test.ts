import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { send } from './signatures/raw-client.ts'

let cloud: LocalCloud
const bugs: unknown[] = []
beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, onBug: error => bugs.push(error) })
})
afterAll(() => cloud.close())

/** What curl says of every body that it is given by `-d`. */
const asForm = { 'content-type': 'application/x-www-form-urlencoded' }

describe('a body that says that it is a form', () => {
  it('is read by S3 as the document that it is, though it was sent to the root', async () => {
    await fetch(`${cloud.url}/lago`, { method: 'PUT' })
    await fetch(`${cloud.url}/lago/k`, { method: 'PUT', body: 'x' })
    const body = Buffer.from('<Delete><Object><Key>k</Key></Object></Delete>')
    const digest = createHash('md5').update(body).digest('base64')
    const headers = { ...asForm, host: 'lago.s3.localhost', 'content-md5': digest }
    const answer = await send(cloud.url, { method: 'POST', target: '/?delete', headers, body })
    expect([answer.status, bugs]).toEqual([200, []])
    expect(answer.text).toContain('<Deleted><Key>k</Key></Deleted>')
  })

  it('is read by a service that its target header names', async () => {
    const answer = await fetch(cloud.url, {
      method: 'POST',
      headers: { ...asForm, 'x-amz-target': 'Logs_20140328.CreateLogGroup' },
      body: '{"logGroupName":"grupo"}',
    })
    expect([answer.status, bugs]).toEqual([200, []])
  })
})

describe('a list in a form', () => {
  const call = (fields: string) =>
    fetch(cloud.url, { method: 'POST', headers: asForm, body: `Version=2010-05-08&${fields}` })

  it('leaves out texts that are something else, and has structures without members', async () => {
    await call('Action=CreateUser&UserName=ana')
    const untagged = await call('Action=UntagUser&UserName=ana&TagKeys.member.1.x=a&TagKeys.member.2=b')
    expect([untagged.status, bugs]).toEqual([200, []])
    const tagged = await call('Action=TagUser&UserName=ana&Tags.member.1.Nada=a')
    expect([tagged.status, bugs]).toEqual([400, []])
    expect(await tagged.text()).toContain('<Code>ValidationError</Code>')
  })
})
