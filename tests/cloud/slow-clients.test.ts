import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'

let cloud: LocalCloud
const bugs: unknown[] = []

beforeAll(async () => {
  cloud = await startLocalCloud({ port: 0, onBug: error => bugs.push(error) })
  await fetch(`${cloud.url}/fuzz`, { method: 'PUT' })
  await fetch(`${cloud.url}/fuzz/k`, { method: 'PUT', body: 'hola' })
})
afterAll(() => cloud.close())

it('serves others while a hundred slow clients dribble, and forgets them when they go', async () => {
  const slow = Array.from({ length: 100 }, (_each, index) => {
    const socket = connect({ port: cloud.port, host: '127.0.0.1' })
    socket.on('error', () => socket.destroy())
    socket.write(
      index % 2 === 0
        ? 'GET /fuzz HTTP/1.1\r\nhost: loc'
        : 'PUT /fuzz/lento HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\nabc',
    )
    return socket
  })
  await Promise.all(slow.map(socket => once(socket, 'connect')))
  expect((await fetch(`${cloud.url}/fuzz/k`)).status).toBe(200)
  const closed = slow.map(socket => once(socket, 'close'))
  for (const socket of slow) socket.destroy()
  await Promise.all(closed)
  expect((await fetch(`${cloud.url}/fuzz/lento`)).status).toBe(404)
  expect(bugs).toEqual([])
})
