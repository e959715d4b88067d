/**
 * The two programs that stand between Node and the student's code, as ES module source: they are written beside the
 * run's copy, where the student's process may read but not write. They are texts, so that they survive bundling.
 */

/** File name of {@link guardSource} in the run's folder. */
export const guardFile = 'guard.mjs'

/** File name of {@link harnessSource} in the run's folder. */
export const harnessFile = 'harness.mjs'

/** File descriptor of the pipe between the grader and the harness. */
export const channelDescriptor = 3

/**
 * Loaded before any code of the student's: takes away what Node's permission model leaves open to a process against
 * its parent (signals, the debugger's door). See docs/contencion.md.
 */
export const guardSource = `
const self = process.pid
const signal = process._kill?.bind(process)
const refuse = what => { throw Object.assign(new Error('acceso denegado: ' + what), { code: 'ERR_ACCESS_DENIED' }) }
const lock = (name, value) =>
  Object.defineProperty(process, name, { value, writable: false, configurable: false, enumerable: true })

const kill = process.kill.bind(process)
lock('_kill', (pid, number) => (pid === self ? signal(pid, number) : refuse('process._kill')))
lock('kill', (pid, name) => (pid === self ? kill(pid, name) : refuse('process.kill(' + String(pid) + ')')))
for (const name of ['_debugProcess', '_debugEnd', 'dlopen']) {
  if (name in process) lock(name, () => refuse('process.' + name))
}
// What Node defines natively gives way only when it is deleted before.
delete process.ppid
lock('ppid', 0)
`

/**
 * Answers the grader's calls: loads the student's module once, then for each request runs an export or a probe and
 * sends back what it gave. Requests and answers are frames on descriptor 3: four bytes with the length (big endian),
 * then a value as `v8.serialize` writes it.
 */
export const harnessSource = `
import { Socket } from 'node:net'
import { deserialize, serialize } from 'node:v8'
import './guard.mjs'

const clientPackages = {
  S3Client: '@aws-sdk/client-s3',
  STSClient: '@aws-sdk/client-sts',
  KinesisClient: '@aws-sdk/client-kinesis',
  LambdaClient: '@aws-sdk/client-lambda',
}

const exit = process.exit.bind(process)
const text = value => { try { return String(value) } catch { return '' } }
const channel = new Socket({ fd: 3, readable: true, writable: true })
const write = channel.write.bind(channel)

function send(message, onSent) {
  const body = serialize(message)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  write(Buffer.concat([length, body]), onSent)
}

function describe(error) {
  const isObject = error !== null && typeof error === 'object'
  const field = name => {
    try { return text(error[name] ?? '') } catch { return '' }
  }
  if (!isObject) return { name: '', message: text(error), stack: '' }
  const names = ['name', 'message', 'stack', 'code', 'permission', 'resource']
  return Object.fromEntries(names.map(name => [name, field(name).slice(0, 20_000)]))
}

async function createClient(name) {
  const packageName = clientPackages[name]
  if (packageName === undefined) throw new Error('no hay cliente ' + name)
  const { [name]: Client } = await import(packageName)
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = process.env
  return new Client({ endpoint, region, ...(name === 'S3Client' ? { forcePathStyle: endpoint !== undefined } : {}) })
}

async function materialise(value) {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return Promise.all(value.map(materialise))
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  if (typeof value.$client === 'string') return createClient(value.$client)
  const entries = Object.entries(value).map(async ([key, item]) => [key, await materialise(item)])
  return Object.fromEntries(await Promise.all(entries))
}

let student

async function runCall({ exportName, args }) {
  const namespace = await student
  if (!(exportName in namespace)) return { kind: 'missing', exportName, reason: 'absent' }
  const target = namespace[exportName]
  if (typeof target !== 'function') return { kind: 'missing', exportName, reason: 'not-a-function' }
  return { kind: 'value', value: await target(...(await materialise(args))) }
}

async function runProbe({ url, args }) {
  const namespace = await student
  const probe = await import(url)
  return { kind: 'value', value: await probe.default(namespace, ...(await materialise(args))) }
}

async function answer(request) {
  try {
    await student
  } catch (error) {
    return { kind: 'load-error', ...describe(error) }
  }
  try {
    return request.kind === 'call' ? await runCall(request) : await runProbe(request)
  } catch (error) {
    return { kind: 'error', ...describe(error) }
  }
}

async function serve(request) {
  const outcome = await answer(request)
  try {
    send({ kind: 'answer', id: request.id, outcome })
  } catch (error) {
    send({ kind: 'answer', id: request.id, outcome: { kind: 'not-cloneable', ...describe(error) } })
  }
}

function start({ url }) {
  student = import(url)
  // Whoever asks first is told that it failed.
  student.catch(() => undefined)
}

function receive(message) {
  if (message.kind === 'start') start(message)
  else serve(message)
}

let pending = Buffer.alloc(0)
channel.on('data', chunk => {
  pending = Buffer.concat([pending, chunk])
  while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32BE(0)) {
    const end = 4 + pending.readUInt32BE(0)
    const message = deserialize(pending.subarray(4, end))
    pending = pending.subarray(end)
    receive(message)
  }
})
channel.on('close', () => exit(1))
channel.on('error', () => exit(1))

process.on('uncaughtException', (error, origin) =>
  send({ kind: 'fatal', origin, ...describe(error) }, () => exit(1)))
`
