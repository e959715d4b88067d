import { createClock, type MovableClock } from '../core/clock.ts'
import { createIds, createSeededIds } from '../core/ids.ts'
import { createRandom } from '../core/random.ts'
import { exitCodes, UserError } from '../core/user-error.ts'
import { createBlobStore } from './blob-store.ts'
import { takeCensus } from './census.ts'
import type { Disk } from './disk.ts'
import { createEventBus } from './events.ts'
import { createGateway } from './gateway.ts'
import { generalRules } from './hints/general-rules.ts'
import type { Hint } from './hints/hint.ts'
import { createHintBook } from './hints/hint-book.ts'
import { type HttpPort, listen } from './http-server.ts'
import type { Containment } from './live-part.ts'
import { openServices } from './open-services.ts'
import { keepClock, keepSeal } from './persistence/kept.ts'
import { openPersistence, type Persistence } from './persistence/persistence.ts'
import type { PersistenceFacts } from './persistence/recovered.ts'
import type { DiskTrouble } from './persistence/trouble-teller.ts'
import { removeOrphanedFolders } from './private-folders.ts'
import { createRecorder } from './recorder.ts'
import { refusedLine } from './request-line.ts'
import { createScheduler } from './scheduler.ts'
import type { AnyService, Census } from './service.ts'
import { createSeal } from './session-credentials.ts'
import { readSnapshot, writeSnapshot } from './snapshot.ts'
import { createStateStore } from './state-store.ts'
import { createTimeline, type RequestLine } from './timeline.ts'

/** How a cloud is started. */
export interface CloudOptions {
  /** Default 4566; 0 takes any free port. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Repeats ids and random choices; without it they are unpredictable. */
  readonly seed?: number
  /** When set, `/_taller/…` answers only to `authorization: Bearer <token>`. */
  readonly controlToken?: string
  /** Folder that `saveSnapshot` wrote, to begin with its state. */
  readonly snapshot?: string
  /** Folder where everything that was acknowledged survives; without it the cloud forgets all when it ends. */
  readonly dataFolder?: string
  /** What files are written with; default: this machine's file system. */
  readonly disk?: Disk
  /** Told once when the data folder can no longer be written, and once when it can again; default: standard error. */
  readonly onDiskTrouble?: (trouble: DiskTrouble) => void
  readonly clock?: MovableClock
  /** Default `open`; a cloud that runs code of others confines it. */
  readonly containment?: Containment
  /** Whether permissions decide. Default: the environment's `ENFORCE_IAM=1`. */
  readonly enforceIam?: boolean
  /** Whether signatures are checked. Default: the environment's `TALLER_VERIFY_SIGNATURES=1`. */
  readonly verifySignatures?: boolean
  readonly onRequest?: (line: RequestLine) => void
  /** Words for the timeline's hints; without it they have their id, facts and command only. */
  readonly wordHint?: (hint: Hint) => string
  /** Told of an exception that no operation should throw; default: standard error. */
  readonly onBug?: (error: unknown, request: string) => void
}

/** A running cloud. */
export interface Cloud {
  readonly url: string
  readonly port: number
  /** Ids of the services that work. */
  readonly services: readonly string[]
  /** Whether permissions decide. */
  readonly enforcesIam: boolean
  /** Whether signatures are checked. */
  readonly verifiesSignatures: boolean
  /** Absent for a cloud in memory. */
  readonly persistence?: PersistenceFacts
  /** How many things its services hold, by their name. */
  census(): Census
  /** Moves the clock and does the work that this made due. */
  advanceClock(milliseconds: number): Promise<void>
  /** Resolves when no event is queued and nothing runs that would end without the clock being moved. */
  idle(): Promise<void>
  /** Writes every state and body into a folder, replacing what was there. */
  saveSnapshot(folder: string): Promise<void>
  close(): Promise<void>
}

/** How often due work is looked for while nobody moves the clock, in milliseconds. */
const dueWorkIntervalMilliseconds = 60_000
/** Requests that the timeline remembers. */
const timelineCapacity = 1000

/**
 * Starts a cloud of the given services in this process.
 * @throws UserError `port-busy` when another process listens on the port.
 */
export async function startCloud(
  services: readonly AnyService[],
  options: CloudOptions = {},
): Promise<Cloud> {
  const { port: wantedPort = 4566, host = '127.0.0.1' } = options
  removeOrphanedFolders()
  if (options.snapshot !== undefined && options.dataFolder !== undefined)
    throw new TypeError('a cloud begins with a snapshot or with a data folder, not with both')
  const onBug = options.onBug ?? reportBug
  const persistence = await openData(options, onBug)
  const parts = createParts(services, { ...options, onBug }, persistence)
  if (options.snapshot !== undefined) await readSnapshot(options.snapshot, parts)
  const port = await listenOrExplain({ port: wantedPort, host }, parts).catch(async error => {
    await parts.opened.close()
    await persistence?.close()
    throw error
  })
  parts.location.url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port.port}`
  if (options.snapshot !== undefined || persistence) parts.opened.resume()
  const timer = setInterval(
    () => parts.control.runDueWork().catch(error => parts.onBug(error, 'due work')),
    dueWorkIntervalMilliseconds,
  )
  timer.unref()
  return {
    url: parts.location.url,
    port: port.port,
    services: services.map(({ id }) => id),
    enforcesIam: parts.enforceIam,
    verifiesSignatures: parts.verifySignatures,
    ...(persistence && { persistence: { folder: persistence.folder, recovered: persistence.recovered } }),
    census: parts.control.census,
    advanceClock: async milliseconds => {
      parts.clock.advance(milliseconds)
      await parts.control.runDueWork()
      await persistence?.durability.settled()
    },
    idle: parts.opened.idle,
    saveSnapshot: folder => writeSnapshot(folder, parts),
    close: async () => {
      clearInterval(timer)
      parts.scheduler.clear()
      await parts.opened.close()
      await port.close()
      await parts.blobs.settled()
      await persistence?.close()
      await parts.blobs.close()
    },
  }
}

/** Takes the data folder, where there is one. */
async function openData(
  { dataFolder, disk, onDiskTrouble = reportTrouble }: CloudOptions,
  onBug: (error: unknown, request: string) => void,
): Promise<Persistence | undefined> {
  if (dataFolder === undefined) return undefined
  return openPersistence({ folder: dataFolder, disk, onTrouble: onDiskTrouble, onBug })
}

function createParts(
  services: readonly AnyService[],
  options: CloudOptions & { readonly onBug: (error: unknown, request: string) => void },
  persistence: Persistence | undefined,
) {
  const { onBug } = options
  const meta = persistence?.memory.meta
  const clock = keepClock(options.clock ?? createClock(), meta)
  const random = createRandom(options.seed ?? Math.floor(Math.random() * 0x1_0000_0000))
  const idsNamed = (name: string) =>
    options.seed === undefined ? createIds() : createSeededIds(random.fork(name))
  const states = createStateStore(persistence)
  const events = createEventBus((error, { type }) => onBug(error, `event ${type}`))
  const timeline = createTimeline(timelineCapacity)
  const blobs = persistence?.blobs ?? createBlobStore({ disk: options.disk })
  /** Filled in once the port is known. */
  const location = { url: '' }
  const looked = { services, states, events, blobs, timeline, clock, location }
  const hints = createHintBook({ ...looked, generalRules, wordHint: options.wordHint, onBug })
  const shared = {
    services,
    states,
    blobs,
    durability: persistence?.durability,
    events,
    recorder: createRecorder(timeline, hints, options.onRequest),
    clock,
    scheduler: createScheduler(clock, error => onBug(error, 'due work')),
    random,
    ids: idsNamed('ids'),
    seal: keepSeal(createSeal(idsNamed('seal')), meta),
    controlToken: options.controlToken,
    acceptsForeignHosts: options.host !== undefined && !/^(127\.|localhost$|::1$)/.test(options.host),
    containment: options.containment ?? ('open' as const),
    enforceIam: options.enforceIam ?? process.env.ENFORCE_IAM === '1',
    verifySignatures: options.verifySignatures ?? process.env.TALLER_VERIFY_SIGNATURES === '1',
    location,
    onBug,
  }
  const opened = openServices(shared)
  const control = {
    clock,
    timeline,
    census: () => takeCensus(services, shared.states),
    runDueWork: async () => {
      await shared.scheduler.runDue()
      await opened.runDueWork()
    },
    reset: async () => {
      shared.scheduler.clear()
      shared.states.clear()
      await opened.reset()
      shared.blobs.clear()
      timeline.clear()
      hints.clear()
    },
    idle: opened.idle,
  }
  return { ...shared, opened, control }
}

async function listenOrExplain(
  address: { port: number; host: string },
  parts: ReturnType<typeof createParts>,
): Promise<HttpPort> {
  try {
    return await listen(address, createGateway(parts), refused =>
      parts.recorder.record(refusedLine(parts, refused, parts.ids.requestId())),
    )
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause
    throw new UserError({
      code: 'port-busy',
      message:
        code === 'EACCES'
          ? `No hay permiso para usar el puerto ${address.port}.`
          : `El puerto ${address.port} está ocupado.`,
      nextStep: `npm run cloud port ${address.port < 4600 ? 4600 : address.port + 100}`,
      exitCode: exitCodes.environment,
      cause,
    })
  }
}

function reportTrouble({ folder, code }: DiskTrouble): void {
  const news = code === undefined ? 'can be written again' : `cannot be written (${code})`
  process.stderr.write(`taller-nube: ${folder} ${news}\n`)
}

function reportBug(error: unknown, request: string): void {
  process.stderr.write(`taller-nube: ${request}: ${error instanceof Error ? error.stack : String(error)}\n`)
}
