import { readdirSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

let cloud: LocalCloud

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0 })
  await send('PUT', '/cubo')
})
afterAll(() => cloud.close())

/** Sends a path exactly as it is: `fetch` would tidy up dots. */
function send(
  method: string,
  path: string,
  options: { body?: Buffer; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port: cloud.port,
        host: '127.0.0.1',
        method,
        path,
        headers: { host: 'localhost', ...options.headers },
      },
      response => {
        const pieces: Buffer[] = []
        response.on('data', piece => pieces.push(piece))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces) }))
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

const names = [
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/x',
  './.',
  '..',
  '...',
  '%5c..%5c..%5cwindows',
  'a/../../../b',
  '%00/etc',
  'C:%5cx',
  '~/x',
  '%2fetc%2fpasswd',
  'con',
  'aux.txt',
  '.%20',
  '//x//',
]
/** Large enough to be stored as a file. */
const large = Buffer.alloc(1_200_000, 'x')

describe('a key is never a path', () => {
  it.each(names)('%s is stored and read back under its own name, small and large', async name => {
    for (const body of [Buffer.from(name), large]) {
      expect((await send('PUT', `/cubo/${name}`, { body })).status).toBe(200)
      const read = await send('GET', `/cubo/${name}`)
      expect(read.status).toBe(200)
      expect(read.body.equals(body)).toBe(true)
    }
  })

  it('leaves files only in the private folder, under names of its own', () => {
    const folders = readdirSync(tmpdir()).filter(name => name.startsWith(`taller-nube-${process.pid}-`))
    expect(folders.length).toBe(1)
    for (const file of readdirSync(join(tmpdir(), folders[0] as string)))
      expect(file).toMatch(/^[0-9a-z]+-[0-9a-z]+\.blob$/)
    expect(readdirSync(dirname(tmpdir()))).not.toContain('b')
  })
})

describe('neither is a bucket or a header', () => {
  it.each(['..', '%2e%2e', '..%2fx', '.', '%00', 'a%2fb', '-x', 'X_Y'])(
    'bucket %s is refused',
    async bucket => {
      const { status } = await send('PUT', `/${bucket}`)
      expect([400, 404, 405]).toContain(status)
    },
  )

  it.each(['../../etc/passwd', '/../cubo/x', '%2e%2e%2fcubo', 'cubo', '/', 'cubo/../../etc/passwd'])(
    'copy source %s names no file',
    async source => {
      const { status, body } = await send('PUT', '/cubo/copia', { headers: { 'x-amz-copy-source': source } })
      expect([400, 404]).toContain(status)
      expect(body.toString()).not.toContain('root:')
    },
  )
})
