import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { MovableClock } from '../core/clock.ts'
import type { OwnedBlobStore } from './blob-store.ts'
import type { CredentialSeal } from './session-credentials.ts'
import type { StateEntry, StateStore } from './state-store.ts'

/** Version of the file's layout; another one is refused. */
const format = 3

interface Snapshot {
  readonly format: number
  /** Milliseconds since the epoch, on the cloud's clock. */
  readonly time: number
  readonly states: readonly StateEntry[]
  /** So that credentials which were issued before are still known. */
  readonly sealKey: Buffer
}

interface Snapshottable {
  readonly states: StateStore
  readonly blobs: OwnedBlobStore
  readonly clock: MovableClock
  readonly seal: CredentialSeal
}

/** Writes every state and large body into `folder`, which replaces an older one only when it is complete. */
export async function writeSnapshot(
  folder: string,
  { states, blobs, clock, seal }: Snapshottable,
): Promise<void> {
  const unfinished = `${folder}.${process.pid}.tmp`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  const snapshot: Snapshot = {
    format,
    time: clock.now(),
    states: [...states.plainEntries()],
    sealKey: seal.key,
  }
  // The files are held in the same tick in which the states are written that name them.
  await Promise.all([
    blobs.save(join(unfinished, 'blobs')),
    writeFile(join(unfinished, 'states.v8'), serialize(snapshot)),
  ])
  await rm(folder, { recursive: true, force: true })
  await rename(unfinished, folder)
}

/** Takes in what `writeSnapshot` wrote; the clock goes on from the snapshot's time where that lies ahead. */
export async function readSnapshot(
  folder: string,
  { states, blobs, clock, seal }: Snapshottable,
): Promise<void> {
  const snapshot = deserialize(await readFile(join(folder, 'states.v8'))) as Snapshot
  if (snapshot.format !== format)
    throw new Error(`${folder} has format ${snapshot.format}, this version reads ${format}`)
  await blobs.load(join(folder, 'blobs'))
  states.restore(snapshot.states)
  seal.key = snapshot.sealKey
  clock.advance(Math.max(0, snapshot.time - clock.now()))
}
