// Gives the function the folders of AWS: /tmp, /opt and /var/task are its own, wherever they are on this machine.
'use strict'

const fs = require('node:fs')
const { Module, syncBuiltinESMExports } = require('node:module')
const os = require('node:os')
const { setPathsShown } = require('./errors.cjs')
const { createMapping } = require('./mapping.cjs')
const { createAllowance } = require('./allowance.cjs')

/** Functions of `fs` and how many of their first arguments are paths; those with a `Sync` form have it as well. */
const pathCounts = {
  access: 1,
  appendFile: 1,
  chmod: 1,
  chown: 1,
  copyFile: 2,
  cp: 2,
  exists: 1,
  lchmod: 1,
  lchown: 1,
  link: 2,
  lstat: 1,
  lutimes: 1,
  mkdir: 1,
  mkdtemp: 1,
  open: 1,
  openAsBlob: 1,
  opendir: 1,
  readFile: 1,
  readdir: 1,
  readlink: 1,
  realpath: 1,
  rename: 2,
  rm: 1,
  rmdir: 1,
  stat: 1,
  statfs: 1,
  symlink: 2,
  truncate: 1,
  unlink: 1,
  utimes: 1,
  writeFile: 1,
}
/** Those without a callback: streams and watchers. */
const plainFunctions = ['createReadStream', 'createWriteStream', 'unwatchFile', 'watch', 'watchFile']
/** Those whose result names a path. Not `realpath`: modules are loaded from what it gives. */
const namesPath = new Set(['mkdtemp', 'opendir', 'readdir', 'readlink'])
/** Those that write, and which of their arguments is what they write. */
const written = { appendFile: 1, writeFile: 1, write: 1, writev: 1 }

exports.mapFolders = settings => {
  const mapping = createMapping(settings)
  setPathsShown(mapping.showText)
  const allowance = createAllowance(settings)
  const wrap = createWrapper(mapping, allowance)
  for (const [name, paths] of Object.entries(pathCounts)) {
    replace(fs, name, original => wrap.callback(original, { name, paths }))
    replace(fs, `${name}Sync`, original => wrap.sync(original, { name, paths }))
    replace(fs.promises, name, original => wrap.promise(original, { name, paths }))
  }
  replace(
    fs.promises,
    'watch',
    original =>
      (path, ...rest) =>
        original(mapping.toReal(path), ...rest),
  )
  for (const name of plainFunctions) replace(fs, name, original => wrap.sync(original, { name, paths: 1 }))
  for (const name of ['write', 'writev']) {
    replace(fs, name, original => wrap.callback(original, { name, paths: 0 }))
    replace(fs, `${name}Sync`, original => wrap.sync(original, { name, paths: 0 }))
  }
  os.tmpdir = () => '/tmp'
  mapRequests(mapping)
  if (settings.containment === 'open') mapForeignPrograms(mapping)
  syncBuiltinESMExports()
}

function replace(target, name, make) {
  const original = target[name]
  if (typeof original !== 'function') return
  const changed = make(original)
  // fs.realpath.native and the promisified forms.
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'native') changed.native = make(original.native)
    else if (typeof key === 'symbol')
      Object.defineProperty(changed, key, Object.getOwnPropertyDescriptor(original, key))
  }
  Object.defineProperty(changed, 'name', { value: name })
  target[name] = changed
}

function createWrapper(mapping, allowance) {
  const mapPaths = (args, count) => {
    for (let index = 0; index < count; index++) args[index] = mapping.toReal(args[index])
    return args
  }
  const finish = (name, result) => (namesPath.has(name) ? mapping.showResult(result) : result)
  const charge = (name, args) => {
    if (name in written) allowance.charge(sizeOf(args[written[name]]))
    else if (name === 'copyFile') allowance.charge(fileSize(args[0]))
  }
  const patchHandle = createHandlePatch(allowance)
  return {
    sync: (original, { name, paths }) =>
      function (...args) {
        try {
          const mapped = mapPaths(args, paths)
          charge(name, mapped)
          return finish(name, original.apply(this, mapped))
        } catch (error) {
          throw mapping.showError(error)
        }
      },
    callback: (original, { name, paths }) =>
      function (...args) {
        const done = args.at(-1)
        if (typeof done !== 'function') return original.apply(this, mapPaths(args, paths))
        args[args.length - 1] = (error, ...results) => {
          if (error instanceof Error) done(mapping.showError(error), ...results)
          else done(error, ...results.map(result => finish(name, result)))
        }
        try {
          const mapped = mapPaths(args, paths)
          charge(name, mapped)
          return original.apply(this, mapped)
        } catch (error) {
          if (error?.code !== 'ENOSPC') throw mapping.showError(error)
          process.nextTick(done, error)
          return undefined
        }
      },
    promise: (original, { name, paths }) =>
      async function (...args) {
        try {
          const mapped = mapPaths(args, paths)
          charge(name, mapped)
          const result = await original.apply(this, mapped)
          if (name === 'open') patchHandle(result)
          return finish(name, result)
        } catch (error) {
          throw mapping.showError(error)
        }
      },
  }
}

/** Handles are of one class, which is only seen once there is one. */
function createHandlePatch(allowance) {
  let isPatched = false
  return handle => {
    if (isPatched) return
    isPatched = true
    const prototype = Object.getPrototypeOf(handle)
    for (const name of ['write', 'writev', 'writeFile', 'appendFile']) {
      const original = prototype[name]
      prototype[name] = async function (...args) {
        allowance.charge(sizeOf(args[0]))
        return original.apply(this, args)
      }
    }
  }
}

function sizeOf(data) {
  if (typeof data === 'string') return Buffer.byteLength(data)
  if (Array.isArray(data)) return data.reduce((sum, piece) => sum + sizeOf(piece), 0)
  return data?.byteLength ?? 0
}

const { statSync } = fs

function fileSize(path) {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** `require('/opt/…')` */
function mapRequests(mapping) {
  const resolve = Module._resolveFilename
  Module._resolveFilename = function (request, ...rest) {
    try {
      return resolve.call(this, mapping.toReal(request), ...rest)
    } catch (error) {
      throw error.code === 'ERR_ACCESS_DENIED' ? notFound(request) : error
    }
  }
}

/** Where a package may not even be looked for, as above the function's folder, there is none. */
function notFound(request) {
  return Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' })
}

/** Native modules and other programs see the machine as it is: the paths in what they are given are changed. */
function mapForeignPrograms(mapping) {
  const { dlopen } = process
  process.dlopen = function (module, ...rest) {
    const result = dlopen.call(this, module, ...rest)
    module.exports = mapping.wrapNative(module.exports)
    return result
  }
  const programs = require('node:child_process')
  const { spawn } = programs.ChildProcess.prototype
  const mapAll = values => (Array.isArray(values) ? values.map(mapping.textToReal) : values)
  programs.ChildProcess.prototype.spawn = function (options) {
    const { file, args, cwd } = options
    const changed = { ...options, file: mapping.textToReal(file), args: mapAll(args) }
    return spawn.call(this, cwd === undefined ? changed : { ...changed, cwd: mapping.toReal(cwd) })
  }
  for (const name of ['spawnSync', 'execFileSync', 'execSync']) {
    replace(
      programs,
      name,
      original =>
        (command, args, ...rest) =>
          original(mapping.textToReal(command), mapAll(args), ...rest),
    )
  }
}
