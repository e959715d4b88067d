// console and the standard streams, in Lambda's forms. All of it leaves by one pipe, so that its order is kept.
'use strict'

const { writeSync } = require('node:fs')
const { Writable } = require('node:stream')
const { format } = require('node:util')
const { formatError, intoError, stackLines } = require('./errors.cjs')

const levels = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 }
const methods = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
}

let requestId
let isJson = false

exports.setRequestId = id => {
  requestId = id
}

/** Logs an error as AWS's runtime does when a handler fails. */
exports.logError = (title, error) => {
  if (isJson) console.error(intoError(error))
  else console.error(title, formatError(intoError(error)))
}

exports.redirectOutput = ({ logDescriptor, logFormat, logLevel }) => {
  isJson = logFormat === 'JSON'
  const lowest = levels[logLevel] ?? 0
  const write = createMessageWriter(logDescriptor)
  const makeLine = isJson ? makeJsonLine : makeTextLine
  for (const [method, level] of Object.entries(methods)) {
    console[method] =
      levels[level] < lowest && level !== 'FATAL'
        ? () => undefined
        : (...values) => write(makeLine(level, values))
  }
  for (const [name, descriptor] of [
    ['stdout', 1],
    ['stderr', 2],
  ]) {
    const stream = createStream(write, descriptor)
    Object.defineProperty(process, name, { configurable: true, enumerable: true, get: () => stream })
  }
}

/** Each message ends with a zero byte: it may have several lines. */
function createMessageWriter(descriptor) {
  return message => {
    const bytes = Buffer.from(`${message.includes('\0') ? message.replaceAll('\0', '\u2400') : message}\0`)
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written)
    } catch (error) {
      // The function closed the pipe, or the cloud is gone: there is nobody to tell.
      if (error.code !== 'EBADF' && error.code !== 'EPIPE') throw error
    }
  }
}

/** A stream whose lines are messages; what has no end of line yet is written when the next piece brings it, or at the end. */
function createStream(write, descriptor) {
  let rest = ''
  const flush = () => {
    if (rest !== '') write(rest)
    rest = ''
  }
  const decoder = new (require('node:string_decoder').StringDecoder)('utf8')
  const stream = new Writable({
    decodeStrings: true,
    write: (chunk, _encoding, done) => {
      const lines = (rest + decoder.write(chunk)).split('\n')
      rest = lines.pop()
      for (const line of lines) write(line)
      if (rest.length > 65_536) flush()
      done()
    },
  })
  flushes.push(flush)
  process.on('exit', flush)
  return Object.assign(stream, { fd: descriptor, _type: 'pipe', _isStdio: true, destroySoon: stream.destroy })
}

const flushes = []

/** Writes what has no end of line yet. */
exports.flushOutput = () => {
  for (const flush of flushes) flush()
}

function makeTextLine(level, values) {
  return `${new Date().toISOString()}\t${requestId}\t${level}\t${format(...values)}`
}

function makeJsonLine(level, values) {
  const line = { timestamp: new Date().toISOString(), level, requestId }
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...line, message: values[0] }, replaceError)
    } catch {
      // A circle, a BigInt: as text.
      return JSON.stringify({ ...line, message: format(values[0]) })
    }
  }
  const error = values.find(value => value instanceof Error)
  return JSON.stringify({ ...line, message: format(...values), ...(error && errorFields(error)) })
}

function replaceError(_, value) {
  return value instanceof Error ? { ...errorFields(value), ...value } : value
}

function errorFields(error) {
  return {
    errorType: error?.constructor?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? stackLines(error) : [],
  }
}
