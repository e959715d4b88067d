import type { CloudControl } from './lab.ts'

/** Where a cloud of ours can be moved in time; students' code never has the token. */
export interface ControlAccess {
  /** e.g. `http://127.0.0.1:4566/_taller` */
  readonly url: string
  readonly token: string
}

const dayMilliseconds = 24 * 60 * 60 * 1000

/** Creates the remote control of a cloud of ours. */
export function createControl({ url, token }: ControlAccess): CloudControl {
  const ask = async (path: string, request: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${url}/${path}`, {
      ...request,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
    if (!response.ok)
      throw new Error(`the control plane answered ${response.status} to ${request.method ?? 'GET'} /${path}`)
    return response.json()
  }
  return {
    advanceDays: async days => {
      const body = JSON.stringify({ advanceMilliseconds: days * dayMilliseconds })
      await ask('clock', { method: 'POST', body })
    },
    now: async () => readNow(await ask('clock')),
    waitUntilIdle: async () => {
      await ask('idle')
    },
  }
}

function readNow(body: unknown): number {
  if (typeof body === 'object' && body !== null && 'now' in body && typeof body.now === 'number')
    return body.now
  throw new Error('the control plane answered a clock without `now`')
}
