// The size of /tmp: what is written is counted, and measured when the count says that it may be full.
'use strict'

const { lstatSync, readdirSync } = require('node:fs')
const { join } = require('node:path')

exports.createAllowance = ({ temporary, temporaryBytes }) => {
  let left = temporaryBytes
  return {
    /** @throws ENOSPC when there is no room for so many bytes */
    charge: bytes => {
      left -= bytes
      if (left >= 0) return
      left = temporaryBytes - measure(temporary) - bytes
      if (left < 0) throw noSpace()
    },
  }
}

function noSpace() {
  const error = new Error('ENOSPC: no space left on device, write')
  return Object.assign(error, { errno: -28, code: 'ENOSPC', syscall: 'write' })
}

function measure(folder) {
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    bytes += entry.isDirectory() ? measure(path) : (lstatSync(path, { throwIfNoEntry: false })?.size ?? 0)
  }
  return bytes
}
