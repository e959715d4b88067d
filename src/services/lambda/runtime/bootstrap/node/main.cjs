// What a Node function's process runs: it loads the handler and serves the Runtime API until it is ended.
'use strict'

const settings = JSON.parse(process.env.TALLER_SETTINGS)
delete process.env.TALLER_SETTINGS
Object.assign(process.env, settings.variables)
// Variables that come this late are not read by Node itself.
if (/--enable-source-maps\b/.test(process.env.NODE_OPTIONS ?? '')) process.setSourceMapsEnabled(true)

require('./guard.cjs').closeDoors(settings)
require('./folders.cjs').mapFolders(settings)
require('./output.cjs').redirectOutput(settings)
const { openChannel } = require('./channel.cjs')
const { logError, setRequestId } = require('./output.cjs')
const { describeError, namedError } = require('./errors.cjs')
const { hasNoCallbacks, loadHandler } = require('./handler.cjs')
const { createCalls } = require('./calls.cjs')

const exit = process.exit.bind(process)
const channel = openChannel(settings, () => exit(1))
/** Where a failure outside of any handler is told: the call at work, or the initialization. */
let reportFatal = (document, onSent) => channel.postInitError(document, onSent)
/** What is done when nothing is left to do: what AWS's runtime calls the empty event loop. */
let whenIdle = () => undefined

function fail(title, error, code) {
  logError(title, error)
  reportFatal(describeError(error), () => exit(code))
}

process.on('uncaughtException', error => fail('Uncaught Exception', error, 129))
process.on('unhandledRejection', reason =>
  fail(
    'Unhandled Promise Rejection',
    Object.assign(namedError('UnhandledPromiseRejection', reason), { reason }),
    128,
  ),
)
process.on('beforeExit', () => whenIdle())

async function start() {
  let handler
  try {
    handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER)
  } catch (error) {
    fail(hasNoCallbacks() ? 'Init Error' : 'Uncaught Exception', error, 1)
    return
  }
  const calls = createCalls({
    handler,
    channel,
    setIdleWork: work => {
      whenIdle = work
    },
    setFatalReport: report => {
      reportFatal = report
    },
  })
  const takeNext = () =>
    channel.next((headers, payload) => {
      setRequestId(headers['lambda-runtime-aws-request-id'])
      calls.run(headers, payload, takeNext)
    })
  takeNext()
}

start()
