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
  const clock = async (request: RequestInit): Promise<number> => {
    const response = await fetch(`${url}/clock`, {
      ...request,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    })
    if (!response.ok)
      throw new Error(`the control plane answered ${response.status} to ${request.method} /clock`)
    return readNow(await response.json())
  }
  return {
    advanceDays: async days => {
      const body = JSON.stringify({ advanceMilliseconds: days * dayMilliseconds })
      await clock({ method: 'POST', body })
    },
    now: () => clock({ method: 'GET' }),
  }
}

function readNow(body: unknown): number {
  if (typeof body === 'object' && body !== null && 'now' in body && typeof body.now === 'number')
    return body.now
  throw new Error('the control plane answered a clock without `now`')
}
