// Takes away what Node's permission model leaves open to a process against its parent. See docs/contencion.md.
'use strict'

exports.closeDoors = ({ containment }) => {
  const self = process.pid
  const parent = process.ppid
  const mayReach =
    containment === 'contained' ? pid => pid === self : pid => Math.abs(pid) !== parent && pid > 1
  const { kill, _kill: signal } = process
  lock('kill', (pid, name) =>
    mayReach(pid) ? kill.call(process, pid, name) : refuse(`process.kill(${pid})`),
  )
  lock('_kill', (pid, number) =>
    mayReach(pid) ? signal.call(process, pid, number) : refuse('process._kill'),
  )
  for (const name of ['_debugProcess', '_debugEnd'])
    if (name in process) lock(name, () => refuse(`process.${name}`))
  if (containment === 'contained') lock('dlopen', () => refuse('process.dlopen'))
  // The first process of AWS's environments. What Node defines natively gives way only when it is deleted before.
  delete process.ppid
  lock('ppid', 1)
}

function lock(name, value) {
  Object.defineProperty(process, name, { value, writable: false, configurable: false, enumerable: true })
}

function refuse(what) {
  throw Object.assign(new Error(`acceso denegado: ${what}`), { code: 'ERR_ACCESS_DENIED' })
}
