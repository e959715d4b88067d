// Runs one call after the other: async handlers, callbacks, and the old context.done.
'use strict'

const { describeError, namedError } = require('./errors.cjs')
const { hasNoCallbacks } = require('./handler.cjs')
const { flushOutput, logError } = require('./output.cjs')
const { isStreaming, runStreaming } = require('./streaming.cjs')

exports.createCalls = ({ handler, channel, setIdleWork, setFatalReport }) => {
  const isAsync = handler.constructor?.name === 'AsyncFunction'
  const streaming = isStreaming(handler)
  return {
    run: (headers, payload, takeNext) => {
      const id = headers['lambda-runtime-aws-request-id']
      const proceed = () => {
        setIdleWork(() => undefined)
        takeNext()
      }
      setFatalReport((document, onSent) => channel.postError(id, document, onSent))
      const call = { id, handler, channel, setIdleWork, proceed, isAsync, headers, payload }
      if (streaming) runStreaming(call, createContext(headers))
      else runBuffered(call)
    },
  }
}

function runBuffered(call) {
  const { id, channel, setIdleWork, proceed } = call
  let isOver = false
  let waitsForEmptyLoop = true
  const once = act => value => {
    if (isOver) return
    act(value)
    isOver = true
  }
  const answer = value => {
    const json = serialize(value)
    flushOutput()
    channel.postResult(id, json)
    proceed()
  }
  const refuse = error => {
    logError('Invoke Error', error)
    flushOutput()
    channel.postError(id, describeError(error))
    proceed()
  }
  const succeed = once(answer)
  const fail = once(error => refuse(error ?? 'handled'))
  const isError = error => error !== undefined && error !== null
  const callback = (error, value) => {
    if (isOver) return
    if (isError(error)) fail(error)
    else if (!waitsForEmptyLoop) succeed(value)
    else {
      isOver = true
      setIdleWork(() => setImmediate(answer, value))
    }
  }
  const context = createContext(call.headers)
  if (hasNoCallbacks()) {
    setIdleWork(() => fail(namedError('NodeJsExit', neverSettled)))
    // Whatever it gives is its answer, a promise or not.
    new Promise(resolve => resolve(call.handler(parse(call.payload), context))).then(succeed).catch(fail)
    return
  }
  Object.assign(context, {
    done: (error, value) => (isError(error) ? fail(error) : succeed(value)),
    succeed,
    fail,
  })
  Object.defineProperty(context, 'callbackWaitsForEmptyEventLoop', {
    enumerable: true,
    get: () => waitsForEmptyLoop,
    set: value => {
      waitsForEmptyLoop = value
    },
  })
  setIdleWork(() => {
    if (isOver) return
    isOver = true
    if (call.isAsync) refuse(namedError('NodeJsExit', neverSettled))
    else answer(null)
  })
  try {
    const result = call.handler(parse(call.payload), context, callback)
    if (typeof result?.then === 'function') result.then(succeed, fail).catch(fail)
  } catch (error) {
    callback(error ?? 'handled')
  }
}

const neverSettled =
  'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes'

function parse(payload) {
  return JSON.parse(payload.toString('utf8'))
}

function serialize(value) {
  try {
    return JSON.stringify(value === undefined ? null : value) ?? 'null'
  } catch (cause) {
    throw new Error('Unable to stringify response body', { cause })
  }
}

function createContext(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms'])
  const trace = headers['lambda-runtime-trace-id']
  if (trace === undefined) delete process.env._X_AMZN_TRACE_ID
  else process.env._X_AMZN_TRACE_ID = trace
  const { env } = process
  return {
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parseHeader(headers['lambda-runtime-client-context'], 'ClientContext'),
    identity: parseHeader(headers['lambda-runtime-cognito-identity'], 'CognitoIdentity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  }
}

function parseHeader(text, name) {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`Cannot parse ${name} as json: ${error}`)
  }
}
