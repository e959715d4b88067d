// Errors in the form that AWS's Node runtime gives them.
'use strict'

const { types } = require('node:util')

class RuntimeError extends Error {}

/** An error of the runtime's own, e.g. `Runtime.HandlerNotFound`. */
exports.namedError = (name, message) => {
  const error = new RuntimeError(message)
  error.name = `Runtime.${name}`
  // The stack begins with the name that the error had when it was made.
  error.stack = error.stack.replace(/^[^:\n]*/, error.name)
  return error
}

/** How paths of this machine are shown; set once they are known. */
let showPaths = text => text

exports.setPathsShown = show => {
  showPaths = show
}

/** The stack down to the function's own code: what stands below it, and between it and Node, is the runtime's. */
function stackLines(error) {
  const lines = String(error.stack).split('\n')
  const end = lines.findIndex(line => line.includes(ownFolder) && !isBetween(line))
  return lines
    .slice(0, end < 0 ? lines.length : end)
    .filter(line => !line.includes(ownFolder))
    .map(line => showPaths(line))
}

const ownFolder = __dirname

function isBetween(line) {
  return /(?:folders|mapping|allowance|output|guard)\.cjs/.test(line)
}

exports.intoError = value => (value instanceof Error ? value : new Error(String(value)))

exports.stackLines = stackLines

/** The document that a caller gets. */
exports.describeError = error => {
  try {
    if (types.isNativeError(error) || hasShapeOfError(error)) {
      return {
        errorType: error.name?.replaceAll('\x7F', '%7F'),
        errorMessage: error.message && showPaths(error.message).replaceAll('\x7F', '%7F'),
        trace: stackLines(error).map(line => line.replaceAll('\x7F', '%7F')),
      }
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] }
  } catch {
    // Reading the error failed, e.g. in a getter of its own: AWS's words for that.
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    }
  }
}

/** The text that is logged: the document's fields and all that was added to the error. */
exports.formatError = error => {
  try {
    return `\t${JSON.stringify(error, (_, value) => withFields(value))}`
  } catch {
    // A circle, a BigInt: the plain document says enough.
    return `\t${JSON.stringify(exports.describeError(error))}`
  }
}

function hasShapeOfError(value) {
  return [value?.name, value?.message, value?.stack].every(field => typeof field === 'string' && field !== '')
}

function withFields(value) {
  if (!(value instanceof Error)) return value
  const fields = { errorType: value.name, errorMessage: showPaths(value.message), code: value.code, ...value }
  if (typeof value.stack === 'string') fields.stack = stackLines(value)
  return fields
}
