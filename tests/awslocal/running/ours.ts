import { startLocalCloud } from '../../../src/local-cloud.ts'
import type { Server } from './describe-alike.ts'

/** Starts our own cloud on a free port. */
export async function startOurs(): Promise<Server> {
  const { url, close } = await startLocalCloud({ port: 0 })
  return { url, stop: close }
}
