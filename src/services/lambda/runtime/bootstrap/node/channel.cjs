// The Runtime API's client: one connection, one request after the other, as little work as HTTP allows.
'use strict'

const net = require('node:net')

const root = '/2018-06-01/runtime'
const endOfHead = Buffer.from('\r\n\r\n')
const noBytes = Buffer.alloc(0)

/** @param onGone called when the cloud is no longer there */
exports.openChannel = ({ port, token }, onGone) => {
  const credentials = `Host: 127.0.0.1:${port}\r\nTaller-Token: ${token}\r\n`
  let socket
  /** Who waits for the answers, in the order of the requests. */
  let waiting = []

  const connect = () => {
    const connection = net.connect({ host: '127.0.0.1', port, noDelay: true })
    const read = createReader((headers, body) => {
      const take = waiting.shift()
      if (take !== undefined) take.onAnswer(headers, body)
    })
    connection.on('data', read)
    // How it ended is told by 'close'.
    connection.on('error', () => undefined)
    connection.on('close', hadError => {
      if (socket !== connection) return
      socket = undefined
      if (hadError) onGone()
      else reconnect()
    })
    socket = connection
  }
  /** The function's own code may have closed the connection: what was asked is asked again. */
  const reconnect = () => {
    const unanswered = waiting
    waiting = []
    connect()
    for (const { text, body, onAnswer } of unanswered) send(text, body, onAnswer)
  }
  /** What is sent in one turn leaves together: an answer and the question for the next call. */
  const send = (text, body, onAnswer) => {
    if (socket === undefined || socket.destroyed) connect()
    waiting.push({ text, body, onAnswer })
    if (socket.writableCorked === 0) {
      const corked = socket
      corked.cork()
      process.nextTick(() => corked.uncork())
    }
    if (body === undefined) socket.write(text)
    else if (typeof body === 'string' && body.length < 16_384) socket.write(text + body)
    else {
      socket.write(text)
      socket.write(body)
    }
  }
  const post = (path, body, headers, onAnswer) => {
    const text = `POST ${root}${path} HTTP/1.1\r\n${credentials}${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`
    send(text, body, onAnswer)
  }
  const postError = (path, document, onSent) => {
    const type = JSON.stringify(document.errorType ?? '').slice(1, -1)
    const header = `Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: ${headerText(type)}\r\n`
    socket?.ref()
    post(path, JSON.stringify(document), header, () => onSent?.())
  }

  connect()
  return {
    next: onCall => {
      socket?.ref()
      send(`GET ${root}/invocation/next HTTP/1.1\r\n${credentials}\r\n`, undefined, (headers, body) => {
        // While the handler works only its own work keeps the process alive.
        socket?.unref()
        onCall(headers, body)
      })
    },
    postResult: (id, json) =>
      post(`/invocation/${id}/response`, json, 'Content-Type: application/json\r\n', () => undefined),
    postError: (id, document, onSent) => postError(`/invocation/${id}/error`, document, onSent),
    postInitError: (document, onSent) => postError('/init/error', document, onSent),
    /** Starts a streamed answer; gives what writes its pieces. */
    openStream: (id, contentType) => {
      socket?.ref()
      const head =
        `POST ${root}/invocation/${id}/response HTTP/1.1\r\n${credentials}` +
        `Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\nContent-Type: ${headerText(contentType)}\r\n` +
        'Trailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n'
      let onAnswer = () => undefined
      send(head, undefined, () => onAnswer())
      return {
        write: (piece, onTaken) => {
          if (piece.length === 0) {
            onTaken()
            return
          }
          socket.cork()
          socket.write(`${piece.length.toString(16)}\r\n`)
          socket.write(piece)
          socket.write('\r\n', onTaken)
          socket.uncork()
        },
        end: (document, onEnd) => {
          onAnswer = onEnd
          const trailers =
            document === undefined
              ? ''
              : `Lambda-Runtime-Function-Error-Type: ${headerText(document.errorType)}\r\n` +
                `Lambda-Runtime-Function-Error-Body: ${Buffer.from(JSON.stringify(document)).toString('base64')}\r\n`
          socket.write(`0\r\n${trailers}\r\n`)
        },
      }
    },
  }
}

function headerText(value) {
  return String(value).replace(/[^\x20-\x7e]/g, '?')
}

/** Reads answers that carry a Content-Length, as all of this API do. */
function createReader(onAnswer) {
  let pending = noBytes
  let headers
  let length = 0
  return chunk => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    for (;;) {
      if (headers === undefined) {
        const end = pending.indexOf(endOfHead)
        if (end < 0) return
        headers = readHeaders(pending.toString('utf8', 0, end))
        length = Number(headers['content-length'] ?? 0)
        pending = pending.subarray(end + 4)
      }
      if (pending.length < length) return
      const body = pending.subarray(0, length)
      pending = pending.subarray(length)
      const answered = headers
      headers = undefined
      onAnswer(answered, body)
    }
  }
}

function readHeaders(head) {
  const headers = {}
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  return headers
}
