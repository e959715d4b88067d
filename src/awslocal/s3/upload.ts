import { open, readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { CommandFailure } from '../failure.ts'
import { describeSystemError } from '../values/system-error.ts'
import { guessContentType } from './content-type.ts'
import type { Item } from './item.ts'
import { multipartThreshold, type Part, partSizeFor, uploadInParts } from './multipart.ts'
import type { Transfer } from './transfer.ts'
import { splitUri } from './uri.ts'

/** A folder without `--recursive` would become an object without a name. */
const emptyKey =
  'Parameter validation failed:\nInvalid length for parameter Key, value: 0, valid min length: 1'

/** Sends a file to S3, in parts from 8 MiB on. */
export async function uploadFile(item: Item, transfer: Transfer): Promise<void> {
  const input = { ...guessedType(item.path, transfer), ...transfer.inputs.put }
  const { bucket, key } = splitUri(item.destination)
  if (key === '') throw new CommandFailure(emptyKey)
  try {
    if ((item.size ?? 0) < multipartThreshold) {
      const body = await readFile(item.path)
      await transfer.api.call('PutObject', { Bucket: bucket, Key: key, ...input, Body: body })
      transfer.onBytes(body.byteLength)
    } else await uploadParts(item.destination, readParts(item), { transfer, input })
  } catch (error) {
    throw isSystemError(error) ? new CommandFailure(describeSystemError(error, item.path)) : error
  }
}

/** Sends what comes in on a stream, whose size nobody knows; `expectedSize` in bytes helps to choose the parts. */
export async function uploadStream(
  { stream, destination, expectedSize }: { stream: Readable; destination: string; expectedSize: number },
  transfer: Transfer,
): Promise<void> {
  const parts = cutStream(stream, partSizeFor(expectedSize))
  const first = await parts.next()
  const { bucket, key } = splitUri(destination)
  const input = transfer.inputs.put
  if (first.done === true || first.value.content.byteLength < multipartThreshold) {
    const body = first.done === true ? Buffer.alloc(0) : first.value.content
    await transfer.api.call('PutObject', { Bucket: bucket, Key: key, ...input, Body: body })
    return
  }
  await uploadParts(destination, prepend(first.value, parts), { transfer, input })
}

function guessedType(path: string, { guessesType, inputs }: Transfer): { ContentType?: string } {
  if (!guessesType || inputs.put.ContentType !== undefined) return {}
  const type = guessContentType(path)
  return type === undefined ? {} : { ContentType: type }
}

function uploadParts(
  destination: string,
  parts: AsyncIterable<Part<Buffer>>,
  { transfer, input }: { transfer: Transfer; input: Record<string, unknown> },
): Promise<void> {
  const { api, inputs, onBytes } = transfer
  const checksum = { ChecksumAlgorithm: input.ChecksumAlgorithm ?? 'CRC32' }
  return uploadInParts({
    api,
    ...splitUri(destination),
    createInput: { ...input, ...checksum },
    parts,
    send: async ({ number, content }, target) => {
      const answer = await api.call('UploadPart', {
        ...target,
        PartNumber: number,
        ...inputs.part,
        Body: content,
      })
      onBytes(content.byteLength)
      return answer
    },
  })
}

async function* readParts({ path, size = 0 }: Item): AsyncGenerator<Part<Buffer>> {
  const partSize = partSizeFor(size)
  const file = await open(path)
  try {
    for (let number = 1, position = 0; position < size; number++, position += partSize) {
      const content = Buffer.alloc(Math.min(partSize, size - position))
      const { bytesRead } = await file.read(content, 0, content.byteLength, position)
      if (bytesRead < content.byteLength)
        throw new CommandFailure(`Contents of ${path} changed during the upload.`)
      yield { number, content }
    }
  } finally {
    await file.close()
  }
}

async function* cutStream(stream: Readable, partSize: number): AsyncGenerator<Part<Buffer>> {
  let held: Buffer[] = []
  let heldBytes = 0
  let number = 1
  for await (const chunk of stream) {
    let rest = Buffer.from(chunk as Uint8Array)
    while (heldBytes + rest.byteLength >= partSize) {
      const taken = rest.subarray(0, partSize - heldBytes)
      yield { number: number++, content: Buffer.concat([...held, taken]) }
      rest = rest.subarray(taken.byteLength)
      held = []
      heldBytes = 0
    }
    held.push(rest)
    heldBytes += rest.byteLength
  }
  if (heldBytes > 0) yield { number, content: Buffer.concat(held) }
}

async function* prepend<Content>(
  first: Part<Content>,
  rest: AsyncIterable<Part<Content>>,
): AsyncGenerator<Part<Content>> {
  yield first
  yield* rest
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
