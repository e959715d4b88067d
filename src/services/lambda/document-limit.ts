import type { DocumentLimit } from '../../cloud/service.ts'
import { requestEntityTooLarge } from './errors.ts'
import { maxCodeRequestBytes, maxSyncPayloadBytes } from './limits.ts'

/** Names that AWS gives operations in its message, where it has others than the API. */
const writtenNames: Readonly<Record<string, string>> = { Invoke: 'InvokeFunction' }

const codeOperations = ['CreateFunction', 'UpdateFunctionCode', 'PublishLayerVersion']

/** How large a call may be: zips come as base64, payloads as they are. */
export function documentLimit(operation: string): DocumentLimit {
  const bytes = codeOperations.includes(operation) ? maxCodeRequestBytes : maxSyncPayloadBytes
  return { bytes, refuse: () => requestTooLarge(operation, bytes) }
}

/** A call that is larger than it may be. */
export function requestTooLarge(operation: string, bytes: number) {
  const name = writtenNames[operation] ?? operation
  return requestEntityTooLarge(`Request must be smaller than ${bytes} bytes for the ${name} operation`)
}
