import { lstatSync, readdirSync, realpathSync } from 'node:fs'
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { createRandom, hashText } from '../core/random.ts'
import { type ControlAccess, createControl } from './control.ts'
import type { ClientConfiguration, CloudControl, Connection, Lab, Student, TargetName } from './lab.ts'
import type { FunctionRun } from './lambda/functions.ts'
import type { Workspace } from './workspace.ts'

/** What the labs of an exercise's checks have in common. */
export interface LabOptions {
  readonly exerciseId: string
  readonly seed: number
  readonly target: TargetName
  readonly connection: Connection
  readonly control?: ControlAccess
  readonly student: Student
  readonly functions: FunctionRun
  readonly workspace: Workspace
}

/** A lab that ends with its check. */
export interface CheckLab {
  readonly lab: Lab
  /** A check that goes on after its deadline can no longer reach the student's code. */
  revoke(): void
}

/** Makes the lab of each check, on one cloud, one folder and one student. */
export interface LabFactory {
  /** The lab of a check: its random source and names do not depend on what other checks did. */
  forCheck(checkId: string): CheckLab
  /** Closes the grader's clients. */
  close(): void
}

/** Creates the labs of one exercise's run. */
export function createLabFactory(options: LabOptions): LabFactory {
  const clients = createClients(options.connection)
  const control = options.control === undefined ? undefined : createControl(options.control)
  return {
    forCheck: checkId => {
      const { student, revoke } = createRevocableStudent(options.student)
      return { lab: createLab({ ...options, student, checkId, clients, controlPlane: control }), revoke }
    },
    close: clients.close,
  }
}

function createRevocableStudent(student: Student): { readonly student: Student; revoke(): void } {
  let isOver = false
  const whileItLasts = <Result>(work: () => Promise<Result>): Promise<Result> =>
    isOver ? Promise.reject(new Error('the check is over')) : work()
  return {
    student: {
      call: (exportName, args, options) => whileItLasts(() => student.call(exportName, args, options)),
      probe: (source, args, options) => whileItLasts(() => student.probe(source, args, options)),
      program: options => whileItLasts(() => student.program(options)),
    },
    revoke: () => {
      isOver = true
    },
  }
}

interface CheckLabOptions extends LabOptions {
  readonly checkId: string
  readonly clients: Clients
  readonly controlPlane: CloudControl | undefined
}

function createLab(options: CheckLabOptions): Lab {
  const { seed, target, connection, student, exerciseId, checkId, controlPlane, clients } = options
  return {
    seed,
    random: createRandom(seed).fork(`${exerciseId}/${checkId}`),
    target,
    connection,
    student,
    ...(controlPlane === undefined ? {} : { control: controlPlane }),
    functions: options.functions.forClient(clients.get),
    client: clients.get,
    name: createNames(options),
    ...createFiles(options.workspace),
  }
}

/**
 * Names repeat with the seed. The account is part of them because LocalStack keeps bucket names of all accounts in
 * one space, and there every run has an account of its own.
 */
function createNames({ seed, connection, exerciseId, checkId }: CheckLabOptions): (prefix: string) => string {
  let count = 0
  return prefix => {
    const random = createRandom(
      hashText(`${seed}/${connection.accountId}/${exerciseId}/${checkId}/${prefix}/${count++}`),
    )
    return `${prefix}-${random.hex(6)}`
  }
}

interface Clients {
  get: Lab['client']
  close(): void
}

/** One client per class, on the run's account. */
function createClients({ endpoint, region, accessKeyId, secretAccessKey }: Connection): Clients {
  const clients = new Map<unknown, unknown>()
  const configuration: ClientConfiguration = {
    region,
    credentials: { accessKeyId, secretAccessKey },
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  }
  return {
    get: <C>(Client: new (configuration: ClientConfiguration) => C): C => {
      const known = clients.get(Client) as C | undefined
      const client = known ?? new Client(configuration)
      clients.set(Client, client)
      return client
    },
    close: () => {
      for (const client of clients.values()) {
        if (hasDestroy(client)) client.destroy()
      }
      clients.clear()
    },
  }
}

function hasDestroy(client: unknown): client is { destroy(): void } {
  return (
    typeof client === 'object' &&
    client !== null &&
    'destroy' in client &&
    typeof client.destroy === 'function'
  )
}

/** Files of the run's folder; a path that would leave it, also by a link that the student's code left there, is refused. */
function createFiles({ copy }: Workspace): Pick<Lab, 'writeFile' | 'readFile' | 'listFiles' | 'touch'> {
  const locate = (path: string): string => {
    const file = resolve(copy, path)
    if (file !== copy && !file.startsWith(copy + sep)) throw new Error(`${path} is outside the run's folder`)
    return file
  }
  return {
    writeFile: async (path, content) => {
      const file = locate(path)
      await mkdir(dirname(file), { recursive: true })
      refuseLinks(copy, file)
      await writeFile(file, content)
      return relative(copy, file).split(sep).join('/')
    },
    readFile: async path => {
      const file = locate(path)
      if (!isFile(file)) return undefined
      refuseLinks(copy, file)
      return readFile(file)
    },
    listFiles: async folder =>
      listFilesBelow(locate(folder))
        .map(file => relative(copy, file).split(sep).join('/'))
        .sort(),
    touch: async (path, modified) => {
      const file = locate(path)
      refuseLinks(copy, file)
      await utimes(file, modified, modified)
    },
  }
}

function refuseLinks(copy: string, file: string): void {
  const parent = realpathSync(dirname(file))
  if (parent !== copy && !parent.startsWith(copy + sep))
    throw new Error(`${file} is outside the run's folder`)
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    throw new Error(`${file} is a link`)
}

function isFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function listFilesBelow(folder: string): string[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => resolve(entry.parentPath ?? entry.path, entry.name))
}
