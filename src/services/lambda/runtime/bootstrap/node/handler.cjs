// Finds and loads the handler that `_HANDLER` names, by the rules of AWS's Node runtime.
'use strict'

const { existsSync, readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { namedError } = require('./errors.cjs')
const { awslambda, isStreaming } = require('./streaming.cjs')

exports.loadHandler = async (taskRoot, fullName) => {
  const { folder, file, property } = splitName(fullName)
  globalThis.awslambda = awslambda
  const loaded = await load({ taskRoot, folder, file })
  const handler = property.split('.').reduce((value, key) => value?.[key], loaded)
  if (!handler) throw namedError('HandlerNotFound', `${fullName} is undefined or not exported`)
  if (typeof handler !== 'function') throw namedError('HandlerNotFound', `${fullName} is not a function`)
  if (hasNoCallbacks() && handler.length >= 3 && !isStreaming(handler)) {
    throw namedError('CallbackHandlerDeprecated', callbacksAreGone)
  }
  return handler
}

/** Since Node.js 24 AWS's runtime knows no callbacks. */
exports.hasNoCallbacks = hasNoCallbacks

function hasNoCallbacks() {
  return Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV)?.[1]) >= 24
}

const callbacksAreGone =
  'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.'

/** `folder/file.property.of.it` */
function splitName(fullName) {
  if (fullName.includes('..')) {
    throw namedError(
      'MalformedHandlerName',
      `'${fullName}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  }
  const name = path.basename(fullName)
  const match = /^([^.]*)\.(.*)$/.exec(name)
  if (match === null) throw namedError('MalformedHandlerName', 'Bad handler')
  return { folder: fullName.slice(0, fullName.indexOf(name)), file: match[1], property: match[2] }
}

async function load({ taskRoot, folder, file }) {
  const stem = path.resolve(taskRoot, folder, file)
  try {
    return await loadFile(stem, createRequire(path.join(taskRoot, requirer)), file)
  } catch (error) {
    if (error instanceof SyntaxError) throw namedError('UserCodeSyntaxError', error)
    // An ES module that imports what is not there is told as it is, on AWS as well.
    if (error?.code === 'MODULE_NOT_FOUND') throw namedError('ImportModuleError', showRequirer(error))
    throw error
  }
}

/** On AWS the handler's module is required by the runtime. */
function showRequirer(error) {
  return String(error).replace(
    `- ${path.join(process.env.LAMBDA_TASK_ROOT, requirer)}`,
    '- /var/runtime/index.mjs',
  )
}

const requirer = '[runtime].js'

async function loadFile(stem, require, request) {
  if (isFile(stem)) return require(stem)
  if (isFile(`${stem}.js`)) {
    return isModuleFolder(path.dirname(stem)) ? importFile(`${stem}.js`) : require(`${stem}.js`)
  }
  if (isFile(`${stem}.mjs`)) return importFile(`${stem}.mjs`)
  if (isFile(`${stem}.cjs`)) return require(`${stem}.cjs`)
  return require(request)
}

function isFile(file) {
  return existsSync(file) && !require('node:fs').statSync(file).isDirectory()
}

function importFile(file) {
  return import(pathToFileURL(file).href)
}

/** Whether the nearest package.json says `"type": "module"`. */
function isModuleFolder(folder) {
  if (path.basename(folder) === 'node_modules') return false
  const manifest = path.join(folder, 'package.json')
  if (existsSync(manifest)) {
    try {
      return JSON.parse(readFileSync(manifest, 'utf8'))?.type === 'module'
    } catch (error) {
      console.warn(`${manifest} cannot be read, it will be ignored for ES module detection purposes.`, error)
      return false
    }
  }
  const isTop = folder === process.env.LAMBDA_TASK_ROOT || folder === path.dirname(folder)
  return isTop ? false : isModuleFolder(path.dirname(folder))
}
