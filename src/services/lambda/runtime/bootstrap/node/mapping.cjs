// Between the paths that a function uses, as on AWS, and where its folders really are.
'use strict'

const path = require('node:path')
const { fileURLToPath } = require('node:url')

const ownFolder = __dirname

exports.createMapping = ({ root, temporary, opt, task }) => {
  const folders = [
    ['/tmp', temporary],
    ['/opt', opt],
    ['/var/task', task],
  ]
  const isInside = (text, folder) =>
    text.startsWith(folder) && (text.length === folder.length || text[folder.length] === '/')

  /** This program's own files stay where they are, also where the workshop itself lies in /tmp. */
  const isOwn = text => isInside(text, ownFolder) || (text !== '/tmp' && isInside(ownFolder, text))

  const mapText = text => {
    if (!text.startsWith('/') || text.startsWith(root) || isOwn(text)) return text
    const whole = text.includes('/.') || text.includes('//') ? path.posix.normalize(text) : text
    for (const [shown, real] of folders) if (isInside(whole, shown)) return real + whole.slice(shown.length)
    return text
  }
  /** Any form in which `fs` takes a path; a descriptor stays one. */
  const toReal = value => {
    if (typeof value === 'string') return mapText(value)
    if (value instanceof URL && value.protocol === 'file:') return mapText(fileURLToPath(value))
    if (Buffer.isBuffer(value)) {
      const text = value.toString('utf8')
      const mapped = mapText(text)
      return mapped === text ? value : mapped
    }
    return value
  }
  const toShown = text => {
    if (typeof text !== 'string') return text
    for (const [shown, real] of folders) if (isInside(text, real)) return shown + text.slice(real.length)
    return text
  }
  /** Paths inside of a text, e.g. in SQL: only where one begins. */
  const textToReal = text => {
    if (typeof text !== 'string' || !text.includes('/tmp')) return text
    return text.replace(/(?<![\w./-])\/tmp(?![\w.-])/g, (found, offset) =>
      text.startsWith(root, offset) ? found : temporary,
    )
  }
  const showEntry = entry => {
    if (typeof entry === 'string') return toShown(entry)
    // Directory entries carry the folder in which they are.
    for (const field of ['path', 'parentPath']) {
      const { value, writable } = Object.getOwnPropertyDescriptor(entry ?? {}, field) ?? {}
      if (writable && typeof value === 'string') entry[field] = toShown(value)
    }
    return entry
  }
  /** Every path of ours inside of a text. */
  const showText = text => folders.reduce((shown, [name, real]) => shown.replaceAll(real, name), text)
  return {
    toReal,
    textToReal,
    showText,
    showResult: result => (Array.isArray(result) ? result.map(showEntry) : showEntry(result)),
    showError: error => showError(error, { toShown, folders }),
    wrapNative: value => wrapNative(value, textToReal),
  }
}

/** Says paths as the function knows them, and what may not be written as AWS says it. */
function showError(error, { toShown, folders }) {
  if (!(error instanceof Error)) return error
  if (error.code === 'ERR_ACCESS_DENIED' && error.permission === 'FileSystemWrite')
    return readOnly(error, toShown)
  for (const field of ['path', 'dest'])
    if (typeof error[field] === 'string') error[field] = toShown(error[field])
  for (const [shown, real] of folders) {
    if (error.message.includes(real)) {
      error.message = error.message.replaceAll(real, shown)
      error.stack = String(error.stack).replaceAll(real, shown)
    }
  }
  return error
}

/** On AWS everything but /tmp is a read-only file system. */
function readOnly({ resource }, toShown) {
  const shown = toShown(resource)
  const error = new Error(`EROFS: read-only file system, open '${shown}'`)
  return Object.assign(error, { errno: -30, code: 'EROFS', syscall: 'open', path: shown })
}

/** A native module whose functions are given texts with real paths. */
function wrapNative(native, textToReal) {
  const mapAll = values => values.map(textToReal)
  /** What stands for the module: native code wants to see its own object. */
  let shown
  const wrap = target =>
    new Proxy(target, {
      apply: (callee, self, args) => Reflect.apply(callee, self === shown ? native : self, mapAll(args)),
      construct: (callee, args, base) => Reflect.construct(callee, mapAll(args), base),
    })
  if (typeof native === 'function') return wrap(native)
  if (typeof native !== 'object' || native === null) return native
  // Another object: what native code defines can often not be written.
  const members = Object.getOwnPropertyDescriptors(native)
  for (const member of Object.values(members))
    if (typeof member.value === 'function') member.value = wrap(member.value)
  shown = Object.create(Object.getPrototypeOf(native), members)
  return shown
}
