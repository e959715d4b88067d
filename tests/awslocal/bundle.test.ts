import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { services } from '../../src/awslocal/services.ts'
import { type LocalCloud, startLocalCloud } from '../../src/local-cloud.ts'
import { startLogServer } from './running/log-server.ts'
import type { Outcome } from './running/outcome.ts'

describe('the built command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'awslocal-build-'))
  const entry = join(folder, 'awslocal.mjs')
  let cloud: LocalCloud
  let outputs: Metafile['outputs']

  beforeAll(async () => {
    cloud = await startLocalCloud({ port: 0 })
    const { metafile } = await build({
      absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
      entryPoints: { awslocal: 'src/cli/awslocal.ts' },
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      conditions: ['module'],
      external: ['esbuild', 'fsevents'],
      banner: {
        js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
      },
      metafile: true,
      logLevel: 'silent',
    })
    outputs = metafile.outputs
  })

  afterAll(async () => {
    await cloud.close()
    rmSync(folder, { recursive: true })
  })

  it('loads nothing of the SDK before a command needs it', () => {
    const [name = ''] = Object.keys(outputs).filter(path => path.endsWith('/awslocal.mjs'))
    const loaded = loadedAtStart(name, outputs)
    expect(loaded.filter(path => /node_modules\/(@aws-sdk|@smithy|jmespath)\//.test(path))).toEqual([])
  })

  it.each(services.map(({ id }) => id))('keeps the client of %s apart from the others', id => {
    const holders = Object.values(outputs).filter(({ inputs }) =>
      Object.keys(inputs).some(path => path.includes(`@aws-sdk/client-${packageOf(id)}/`)),
    )
    expect(holders.length).toBeGreaterThan(0)
    const others = services.map(service => service.id).filter(other => other !== id)
    for (const { inputs } of holders) {
      const foreign = Object.keys(inputs).filter(path =>
        others.some(other => path.includes(`@aws-sdk/client-${packageOf(other)}/`)),
      )
      expect(foreign).toEqual([])
    }
  })

  it('prints nothing but its answer: no notice about the Node version', async () => {
    const { status, stdout, stderr } = await runBuilt(['sts', 'get-caller-identity', '--query', 'Account'])
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '"000000000000"\n', stderr: '' })
  })

  it('ends with the exit status of the AWS CLI', async () => {
    expect((await runBuilt(['--version'])).status).toBe(0)
    expect((await runBuilt(['s3', 'ls', 's3://nadie-lo-tiene'])).status).toBe(255)
    expect((await runBuilt(['s3api', 'list-bukets'])).status).toBe(2)
  })

  it('is not troubled when whoever reads its output stops reading', async () => {
    const child = spawn(process.execPath, [entry, 's3api', 'help'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    const stderr: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const status = await new Promise(resolve => child.once('close', resolve))
    expect({ status, stderr: Buffer.concat(stderr).toString() }).toEqual({ status: 0, stderr: '' })
  })

  it('follows logs until Ctrl-C, which is no failure', async () => {
    const server = await startLogServer()
    server.events.push({ eventId: '1', timestamp: Date.now(), logStreamName: 'flujo', message: 'hola' })
    const child = spawn(process.execPath, [entry, 'logs', 'tail', 'grupo', '--follow'], {
      env: { ...environment(), AWS_ENDPOINT_URL: server.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    child.stdout.on('data', (chunk: Buffer) => {
      output.push(chunk)
      child.kill('SIGINT')
    })
    const ending = await new Promise(resolve => child.once('close', (...how) => resolve(how)))
    await server.close()
    expect(ending).toEqual([0, null])
    expect(Buffer.concat(output).toString()).toMatch(/^\S+ flujo hola\n$/)
  })

  it('stops following when whoever reads its output stops reading', async () => {
    const server = await startLogServer()
    server.events.push({ eventId: '1', timestamp: Date.now(), logStreamName: 'flujo', message: 'hola' })
    const child = spawn(process.execPath, [entry, 'logs', 'tail', 'grupo', '--follow'], {
      env: { ...environment(), AWS_ENDPOINT_URL: server.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout.once('data', () => {
      child.stdout.destroy()
      server.events.push({ eventId: '2', timestamp: Date.now(), logStreamName: 'flujo', message: 'adiós' })
    })
    const status = await new Promise(resolve => child.once('exit', resolve))
    await server.close()
    expect(status).toBe(0)
  })

  function runBuilt(words: readonly string[]): Promise<Outcome> {
    const child = spawn(process.execPath, [entry, ...words], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    return new Promise(resolve => {
      child.once('close', status => {
        resolve({
          status: status ?? -1,
          stdout: Buffer.concat(stdout).toString(),
          stderr: Buffer.concat(stderr).toString(),
        })
      })
    })
  }

  function environment(): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, HOME: folder, AWS_ENDPOINT_URL: cloud.url }
  }
})

/** The SDK names most clients after AWS's short name of the service. */
function packageOf(id: string): string {
  return id === 'logs' ? 'cloudwatch-logs' : id
}

/** The sources in a file and in all that it imports at once. */
function loadedAtStart(
  name: string,
  outputs: Metafile['outputs'],
  seen = new Set<string>(),
): readonly string[] {
  const output = outputs[name]
  if (output === undefined || seen.has(name)) return []
  seen.add(name)
  const next = output.imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true)
  return [...Object.keys(output.inputs), ...next.flatMap(({ path }) => loadedAtStart(path, outputs, seen))]
}
