import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'

/** Says so where `moto_server`, another local cloud, is not installed. */
export const missingMoto: readonly string[] =
  spawnSync('moto_server', ['--help']).status === 0 ? [] : ['moto_server is not installed here']

/** Starts `moto_server` on a free port and waits until it answers. */
export async function startMoto(): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const child = spawn('moto_server', ['-p', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Running on')) resolve()
    })
    ended.then(() => reject(new Error('moto_server ended before it listened')))
  })
  const url = `http://127.0.0.1:${port}`
  // Functions answer the same thing always, instead of running in Docker.
  await fetch(`${url}/moto-api/config`, {
    method: 'POST',
    body: JSON.stringify({ lambda: { use_docker: false } }),
  })
  return {
    url,
    stop: async () => {
      child.kill()
      await ended
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
