// Handlers that write their response piece by piece.
'use strict'

const { Writable } = require('node:stream')
const { describeError, namedError } = require('./errors.cjs')
const { flushOutput, logError } = require('./output.cjs')

const marker = Symbol.for('aws.lambda.runtime.handler.streaming')
const preludeType = 'application/vnd.awslambda.http-integration-response'
const preludeEnd = Buffer.alloc(8)

/** The global `awslambda` of AWS's Node runtime. */
exports.awslambda = {
  streamifyResponse: handler => {
    handler[marker] = 'response'
    return handler
  },
  HttpResponseStream: {
    /** Makes the response one of HTTP: status, headers and cookies go before its body. */
    from: (stream, prelude) => {
      stream.setContentType(preludeType)
      stream._onBeforeFirstWrite = write => {
        write(JSON.stringify(prelude))
        write(preludeEnd)
      }
      return stream
    },
  },
}

exports.isStreaming = handler => {
  const mode = handler[marker]
  if (mode === undefined || mode === null || mode === false) return false
  if (mode === 'response') return true
  throw namedError('MalformedStreamingHandler', 'Only response streaming is supported.')
}

exports.runStreaming = async ({ id, handler, channel, setIdleWork, proceed, payload }, context) => {
  const stream = createResponseStream(() => channel.openStream(id, stream.contentType))
  const finish = () => {
    flushOutput()
    if (context.callbackWaitsForEmptyEventLoop) setIdleWork(() => setImmediate(proceed))
    else proceed()
  }
  context.callbackWaitsForEmptyEventLoop = true
  setIdleWork(() => fail(namedError('NodeJsExit', 'Response stream is not finished.')))
  const fail = error => {
    setIdleWork(() => undefined)
    logError('Invoke Error', error)
    flushOutput()
    const document = describeError(error)
    // Nothing was written yet: it is an error like any other, and no response begins.
    if (!stream.hasBegun()) channel.postError(id, document, proceed)
    else stream.fail(document, proceed)
  }
  try {
    const result = handler(JSON.parse(payload.toString('utf8')), stream, context)
    if (typeof result?.then !== 'function') {
      fail('Streaming does not support non-async handlers.')
      return
    }
    if ((await result) !== undefined) console.warn('Streaming handlers ignore return values.')
    if (!stream.writableEnded) {
      fail('Response stream is not finished.')
      return
    }
    await stream.answered
    finish()
  } catch (error) {
    fail(error)
  }
}

/** The stream that a handler gets; the answer begins with its first piece. */
function createResponseStream(open) {
  let answer
  let resolveAnswered
  const answered = new Promise(resolve => {
    resolveAnswered = resolve
  })
  const begin = () => {
    if (answer !== undefined) return answer
    answer = open()
    stream._onBeforeFirstWrite?.(piece => answer.write(Buffer.from(piece), () => undefined))
    return answer
  }
  const stream = new Writable({
    write: (chunk, _encoding, done) => begin().write(chunk, done),
    final: done => {
      flushOutput()
      begin().end(undefined, resolveAnswered)
      done()
    },
  })
  const { write } = stream
  return Object.assign(stream, {
    contentType: 'application/octet-stream',
    answered,
    write: (chunk, ...rest) => write.call(stream, asBytes(chunk), ...rest),
    setContentType: type => {
      if (answer !== undefined)
        throw namedError('InvalidStreamingOperation', 'Cannot set content-type, too late.')
      stream.contentType = type
    },
    hasBegun: () => answer !== undefined,
    fail: (document, onSent) => {
      if (stream.writableFinished) onSent()
      else answer.end(document, onSent)
    },
  })
}

function asBytes(chunk) {
  return typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk)
}
