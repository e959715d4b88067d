import { version } from 'esbuild'

/** File name of {@link standInSource} in the run's folder. */
export const standInFile = 'esbuild.mjs'

/** File descriptor of the pipe between the stand-in and the grader. */
export const bundlerDescriptor = 4

/**
 * What a student's program gets when it imports `esbuild`: its process may not start another one, so it asks the grader,
 * which bundles for it and sends the files back. Writing them is left to this process, with its own permissions.
 *
 * Frames on descriptor 4: four bytes with the length (big endian), then a value as `v8.serialize` writes it.
 */
export const standInSource = `
import { mkdir, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'

const pending = new Map()
let lastId = 0
let pipe

function open() {
  if (pipe !== undefined) return pipe
  pipe = new Socket({ fd: ${bundlerDescriptor}, readable: true, writable: true })
  let received = Buffer.alloc(0)
  pipe.on('data', chunk => {
    received = Buffer.concat([received, chunk])
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) {
      const end = 4 + received.readUInt32BE(0)
      const answer = deserialize(received.subarray(4, end))
      received = received.subarray(end)
      pending.get(answer.id)?.resolve(answer.outcome)
    }
  })
  const fall = () => { for (const { reject } of pending.values()) reject(new Error('esbuild no respondió')) }
  pipe.on('error', fall)
  pipe.on('close', fall)
  return pipe
}

async function ask(request) {
  const id = ++lastId
  const body = serialize({ ...request, id })
  const length = Buffer.alloc(4)
  length.writeUInt32BE(body.length)
  const socket = open()
  socket.ref()
  try {
    return await new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject })
      socket.write(Buffer.concat([length, body]))
    })
  } finally {
    pending.delete(id)
    // A program that waits for nothing else may end.
    if (pending.size === 0) socket.unref()
  }
}

function encode(options) {
  if (options === null || typeof options !== 'object') throw new Error('esbuild: faltan las opciones')
  if ('plugins' in options) throw new Error('esbuild: en el corrector no hay plugins')
  const { stdin, ...rest } = options
  if (stdin === undefined) return { options: JSON.stringify(rest) }
  const { contents = '', ...more } = stdin
  return { options: JSON.stringify({ ...rest, stdin: more }), contents }
}

function settle(outcome) {
  if (outcome.printed) process.stderr.write(outcome.printed)
  if (outcome.kind === 'done') return outcome.result
  throw Object.assign(new Error(outcome.message), { errors: outcome.errors, warnings: outcome.warnings })
}

const readable = file => Object.defineProperty(file, 'text', {
  get: () => Buffer.from(file.contents).toString('utf8'), enumerable: true,
})

async function write({ path, contents }) {
  if (path.endsWith('<stdout>')) return void process.stdout.write(contents)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, contents)
}

export const version = '${version}'

export async function build(options) {
  const { outputFiles, ...result } = settle(await ask({ kind: 'build', cwd: process.cwd(), ...encode(options) }))
  if (options.write === false) return { ...result, outputFiles: outputFiles.map(readable) }
  for (const file of outputFiles) await write(file)
  return { ...result, outputFiles: undefined }
}

export async function transform(code, options = {}) {
  const request = { kind: 'transform', contents: code, options: encode(options).options }
  return settle(await ask(request))
}

const absent = (name, instead) => () => { throw new Error('esbuild.' + name + ' no existe en el corrector: ' + instead) }
export const buildSync = absent('buildSync', 'usa build')
export const transformSync = absent('transformSync', 'usa transform')
export const context = absent('context', 'usa build')
export const formatMessages = absent('formatMessages', 'los errores de build ya traen su texto')
export const analyzeMetafile = absent('analyzeMetafile', 'mira metafile.outputs')
export const initialize = async () => undefined
export const stop = async () => undefined
export default {
  version, build, transform, buildSync, transformSync, context, formatMessages, analyzeMetafile, initialize, stop,
}
`
