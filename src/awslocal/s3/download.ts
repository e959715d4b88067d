import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, utimes } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommandFailure } from '../failure.ts'
import type { OutputStream } from '../terminal.ts'
import { describeSystemError } from '../values/system-error.ts'
import type { Item } from './item.ts'
import type { Transfer } from './transfer.ts'
import { splitUri } from './uri.ts'

/** Brings an object to a file: first under another name, so that what was there stays until all has come. */
export async function downloadFile(item: Item, transfer: Transfer): Promise<void> {
  const path = item.destination
  await makeFolder(dirname(path))
  const partial = `${path}.${randomBytes(4).toString('hex')}`
  try {
    const body = await openBody(item, transfer)
    await pipeline(body, countBytes(transfer.onBytes), createWriteStream(partial))
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw isSystemError(error) ? new CommandFailure(describeSystemError(error, partial)) : error
  }
  const seconds = Math.floor((item.modifiedMs ?? Date.now()) / 1000)
  await utimes(path, seconds, seconds)
}

/** Writes an object to a stream, which stays open. */
export async function downloadStream(item: Item, output: OutputStream, transfer: Transfer): Promise<void> {
  await pipeline(await openBody(item, transfer), output, { end: false })
}

async function openBody(item: Item, { api, inputs }: Transfer): Promise<Readable> {
  const { bucket, key } = splitUri(item.path)
  const unchanged = item.etag === undefined ? {} : { IfMatch: item.etag }
  const answer = await api.call('GetObject', { Bucket: bucket, Key: key, ...unchanged, ...inputs.get })
  return answer.Body instanceof Readable ? answer.Body : Readable.from([])
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    throw new CommandFailure(`Could not create directory ${path}: ${describeSystemError(error, path)}`)
  }
}

function countBytes(onBytes: (bytes: number) => void): Transform {
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      onBytes(chunk.byteLength)
      done(null, chunk)
    },
  })
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
