import { afterAll, describe, expect, it } from 'vitest'
import { createWorkbench, deploymentOf, zipOf } from './workbench.ts'

const bench = createWorkbench()
afterAll(() => bench.runtime.close())

const layerOf = (files: Record<string, string>) => {
  const bytes = zipOf(files)
  return { code: { kind: 'memory' as const, bytes, size: bytes.length }, codeSha256: JSON.stringify(files) }
}

describe('/tmp', () => {
  it('is the environment’s own, whatever way it is opened', async () => {
    const code = `import fs, { readFileSync, writeFileSync } from 'node:fs'
      import { mkdtemp, open, readFile, readdir, writeFile } from 'node:fs/promises'
      import { tmpdir } from 'node:os'
      import { pipeline } from 'node:stream/promises'
      import { promisify } from 'node:util'
      export const handler = async () => {
        writeFileSync('/tmp/a', 'a'); await writeFile(new URL('file:///tmp/b'), 'b')
        await pipeline([Buffer.from('c')], fs.createWriteStream('/tmp/c'))
        const file = await open('/tmp/d', 'w'); await file.write('d'); await file.close()
        await promisify(fs.copyFile)('/tmp/a', '/tmp/../tmp/e'); fs.renameSync('/tmp/e', '/tmp/f')
        return { folder: tmpdir(), made: await mkdtemp('/tmp/x-'), exists: [fs.existsSync('/tmp/f'), fs.existsSync('/tmp/e')],
          read: [readFileSync('/tmp/a', 'utf8'), await readFile('/tmp/b', 'utf8'), await readFile(Buffer.from('/tmp/c'), 'utf8'), readFileSync('/tmp/d', 'utf8')],
          names: (await readdir('/tmp')).filter(name => !name.startsWith('x-')),
          entry: fs.readdirSync('/tmp', { withFileTypes: true }).map(entry => entry.parentPath ?? entry.path)[0] } }`
    const { value } = await bench.invoke(deploymentOf(code))
    expect(value).toMatchObject({
      folder: '/tmp',
      made: expect.stringMatching(/^\/tmp\/x-\w{6}$/),
      exists: [true, false],
      read: ['a', 'b', 'c', 'd'],
      names: ['a', 'b', 'c', 'd', 'f'],
      entry: '/tmp',
    })
  })

  it('is kept for the next call and not shared with another environment', async () => {
    const code = `import fs from 'node:fs'
      export const handler = async () => { const had = fs.existsSync('/tmp/x'); fs.writeFileSync('/tmp/x', ''); return had }`
    const deployment = deploymentOf(code)
    expect((await bench.invoke(deployment)).value).toBe(false)
    expect((await bench.invoke(deployment)).value).toBe(true)
    expect((await bench.invoke({ ...deployment, revision: '2' })).value).toBe(false)
  })

  it('has the size that was asked for, again after files are removed', async () => {
    const code = `import fs from 'node:fs'
      const write = name => { try { fs.writeFileSync(name, Buffer.alloc(8e6)); return true } catch (error) { return error.message } }
      export const handler = async () => {
        const first = [1, 2, 3].map(n => write('/tmp/' + n)); fs.rmSync('/tmp/1'); fs.rmSync('/tmp/3', { force: true })
        const stream = fs.createWriteStream('/tmp/4'); const ended = new Promise(r => stream.on('error', e => r(e.code)).on('finish', () => r('bien')))
        stream.end(Buffer.alloc(30e6)); return [...first, write('/tmp/1'), await ended] }`
    const { value } = await bench.invoke(deploymentOf(code, { ephemeralMegabytes: 20 }))
    expect(value).toEqual([true, true, 'ENOSPC: no space left on device, write', true, 'ENOSPC'])
  })

  it('is shown by its name in errors', async () => {
    const code = `import fs from 'node:fs'; export const handler = async () => fs.readFileSync('/tmp/nada')`
    const { value } = await bench.invoke(deploymentOf(code))
    expect(value.errorMessage).toBe("ENOENT: no such file or directory, open '/tmp/nada'")
    expect(value.trace.join('\n')).not.toContain('taller-nube')
  })

  it('is the same for programs that the function starts', async () => {
    const code = `import fs from 'node:fs'; import { execFileSync, execSync, spawn } from 'node:child_process'
      export const handler = async () => {
        fs.writeFileSync('/tmp/q', 'hola')
        const late = await new Promise(r => spawn('cat', ['/tmp/q']).stdout.on('data', d => r(String(d))))
        return [execSync('cat /tmp/q').toString(), execFileSync('cat', ['/tmp/q']).toString(), late] }`
    expect((await bench.invoke(deploymentOf(code))).value).toEqual(['hola', 'hola', 'hola'])
  })
})

describe('the code', () => {
  it('cannot be written, as on AWS', async () => {
    const code = `import fs from 'node:fs'
      const codes = ['otro.txt', '/var/task/otro.txt', '/opt/x', process.env.LAMBDA_TASK_ROOT + '/index.mjs']
      export const handler = async () => codes.map(name => { try { fs.writeFileSync(name, ''); return 'escrito' } catch (e) { return e.message } })`
    const { value } = await bench.invoke(deploymentOf(code))
    expect(value).toEqual([
      "EROFS: read-only file system, open 'otro.txt'",
      "EROFS: read-only file system, open '/var/task/otro.txt'",
      "EROFS: read-only file system, open '/opt/x'",
      "EROFS: read-only file system, open '/var/task/index.mjs'",
    ])
  })

  it('is found under /var/task, and layers under /opt, the last one on top', async () => {
    const code = `import fs from 'node:fs'; import dato from 'paquete'; import { createRequire } from 'node:module'
      export const handler = async () => [fs.readFileSync('/var/task/index.mjs', 'utf8').length > 0, fs.readFileSync('/opt/config.json', 'utf8'), dato,
        createRequire(import.meta.url)('/opt/nodejs/node_modules/paquete/index.js')]`
    const layers = [
      layerOf({
        'config.json': '{"de":"la primera"}',
        'nodejs/node_modules/paquete/index.js': 'module.exports = "del paquete"',
      }),
      layerOf({ 'config.json': '{"de":"la segunda"}' }),
    ]
    const { value } = await bench.invoke(deploymentOf(code, { layers }))
    expect(value).toEqual([true, '{"de":"la segunda"}', 'del paquete', 'del paquete'])
  })

  it('finds packages of layers by NODE_PATH when it is CommonJS', async () => {
    const layers = [layerOf({ 'nodejs/node22/node_modules/uno/index.js': 'module.exports = "uno"' })]
    const code = { 'index.js': 'exports.handler = async () => require("uno")' }
    expect((await bench.invoke(deploymentOf(code, { layers }))).value).toBe('uno')
  })

  it('finds AWS’s SDK without bringing it, its own version first, and nothing else of the workshop', async () => {
    const code = `import { S3Client } from '@aws-sdk/client-s3'; import propio from '@aws-sdk/propio'
      export const handler = async () => [typeof S3Client, propio, await import('csv-parse').catch(e => e.code)]`
    const files = { 'index.mjs': code, 'node_modules/@aws-sdk/propio/index.js': 'module.exports = "propio"' }
    expect((await bench.invoke(deploymentOf(files))).value).toEqual([
      'function',
      'propio',
      'ERR_MODULE_NOT_FOUND',
    ])
    const common = {
      'index.js': 'exports.handler = async () => typeof require("@aws-sdk/client-sts").STSClient',
    }
    expect((await bench.invoke(deploymentOf(common))).value).toBe('function')
  })
})

it('no test above met a bug of ours', () => expect(bench.bugs).toEqual([]))
