import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import {
  type CommandResult,
  createWorkshop,
  type RunningCommand,
  startCommand,
  type Workshop,
} from '../../cli/workshop.ts'
import { type Clients, clientsOf } from './clients.ts'

/** A cloud that runs in a process of its own, as `npm run cloud` starts it. */
export interface CloudProcess extends Clients {
  readonly command: RunningCommand
  /** e.g. `http://localhost:41873` */
  readonly endpoint: string
  readonly port: number
  /** Asks the control plane. */
  control(action: string, init?: RequestInit): Promise<unknown>
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<CommandResult>
}

/** A workshop of each test, whose clouds are started one after the other on one folder. */
export interface CloudFolder {
  readonly workshop: Workshop
  /** Absolute path of what clouds keep. */
  readonly path: string
  /** Starts a cloud; on any free port unless told otherwise. */
  start(options?: {
    readonly port?: number
    readonly env?: Readonly<Record<string, string>>
  }): Promise<CloudProcess>
  /** Paths of the files in the folder, relative to it, sorted. */
  files(): Promise<string[]>
}

/** Makes a folder before each test, and ends and removes what a test leaves. */
export function useCloudFolder(): CloudFolder {
  const started: CloudProcess[] = []
  let workshop: Workshop
  const place = (): string => join(workshop.root, '.taller/nube')
  beforeEach(async () => {
    workshop = await createWorkshop()
  })
  afterEach(async () => {
    for (const cloud of started.splice(0)) await cloud.kill()
    await workshop.remove()
  })
  return {
    get workshop() {
      return workshop
    },
    get path() {
      return place()
    },
    start: async ({ port = 0, env = {} } = {}) => {
      const cloud = await startProcess(workshop.root, port, env)
      started.push(cloud)
      return cloud
    },
    files: async () => {
      const entries = await readdir(place(), { recursive: true, withFileTypes: true })
      return entries
        .filter(entry => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(place().length + 1))
        .sort()
    },
  }
}

async function startProcess(
  cwd: string,
  wantedPort: number,
  env: Readonly<Record<string, string>>,
): Promise<CloudProcess> {
  const command = startCommand(['cloud', 'port', String(wantedPort)], { cwd, env })
  const [endpoint, port] = await command.waitFor(/http:\/\/localhost:(\d+)/)
  const clients = clientsOf(endpoint)
  return {
    ...clients,
    command,
    endpoint,
    port: Number(port),
    control: async (action, init) => {
      const response = await fetch(`${endpoint}/_taller/${action}`, init)
      expect(response.status, await response.clone().text()).toBe(200)
      return response.json()
    },
    kill: async () => {
      command.process.kill('SIGKILL')
      await command.ended
      clients.close()
    },
    stop: async () => {
      clients.close()
      command.process.kill('SIGTERM')
      return command.ended
    },
  }
}
