import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cloud, startCloud } from '../../src/cloud/cloud.ts'
import { defineService } from '../../src/cloud/service.ts'

/** A service that hears, answers and serves a host of its own. */
interface Diary {
  readonly heard: string[]
  closed: number
  resets: number
}

let opened: Diary | undefined

const diary = defineService<{ count: number }, Diary>({
  id: 'diary',
  model: { protocol: 'restJson1', operations: {} },
  scope: 'region',
  createState: () => ({ count: 0 }),
  operations: {},
  open: () => {
    const live = {
      heard: [] as string[],
      closed: 0,
      resets: 0,
      isIdle: () => true,
      idle: async () => undefined,
      reset: async () => {
        live.resets += 1
      },
      close: async () => {
        live.closed += 1
      },
    }
    opened = live
    return live
  },
  listeners: { 'diary:': (event, { live }) => void live.heard.push(event.type) },
  responders: { 'iam:canAssume': ({ roleArn }) => (roleArn === 'known' ? true : undefined) },
  dataPlane: {
    claims: ({ host }) => host === 'page.localhost',
    answer: async ({ address }, { platform }) => {
      platform.stateOf('1', 'r').count += 1
      platform.events.emit({ type: 'diary:read', accountId: '1', region: 'r', time: 0, detail: {} })
      const known = await platform.events.ask('iam:canAssume', { roleArn: 'known', principal: 'p' })
      const unknown = await platform.events.ask('iam:canAssume', { roleArn: 'other', principal: 'p' })
      const body = JSON.stringify({ path: address.path, known, unknown, url: platform.endpoint() })
      return {
        status: 200,
        headers: {},
        body: {
          length: undefined,
          open: async function* () {
            yield Buffer.from(body)
          },
        },
      }
    },
  },
})

let cloud: Cloud
let first: Diary | undefined
beforeAll(async () => {
  cloud = await startCloud([diary], { port: 0 })
  first = opened
})
afterAll(() => cloud.close())

/** Asks for a page of the service's own host, as a page of another site would. */
function readPage(): Promise<{ readonly text: string; readonly encoding: string | undefined }> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'page.localhost', origin: 'https://example.com' }
    const sent = request(`${cloud.url}/a%20b`, { headers }, async response => {
      let text = ''
      for await (const piece of response) text += piece
      resolve({ text, encoding: response.headers['transfer-encoding'] })
    })
    sent.once('error', reject)
    sent.end()
  })
}

describe('an opened service', () => {
  it('answers its own hosts by its own rules, for pages of any origin, in chunks', async () => {
    const answer = await readPage()
    expect(JSON.parse(answer.text)).toEqual({ path: '/a%20b', known: true, url: cloud.url })
    expect(answer.encoding).toBe('chunked')
  })

  it('hears events, and idle waits for that', async () => {
    await readPage()
    await cloud.idle()
    expect(first?.heard).toContain('diary:read')
  })

  it('is reset by the control plane and closed with the cloud', async () => {
    await fetch(`${cloud.url}/_taller/reset`, { method: 'POST' })
    expect(first?.resets).toBe(1)
    const other = await startCloud([diary], { port: 0 })
    await other.close()
    expect(opened?.closed).toBe(1)
  })
})
