import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CommandFailure } from '../failure.ts'
import { describeSystemError } from '../values/system-error.ts'

/** Writes the body of an answer to a file. */
export async function saveStream(body: unknown, path: string): Promise<void> {
  try {
    await pipeline(toReadable(body), createWriteStream(path))
  } catch (error) {
    const isOurs = error instanceof Error && 'syscall' in error && error.syscall === 'open'
    throw isOurs ? new CommandFailure(describeSystemError(error, path)) : error
  }
}

function toReadable(body: unknown): Readable {
  if (body instanceof Readable) return body
  return Readable.from(body instanceof Uint8Array ? [body] : [], { objectMode: false })
}
