import { isRecord } from '../values/record.ts'
import type { Input } from './request-inputs.ts'
import type { S3Api } from './s3-api.ts'

/** From this size on objects travel in parts, in bytes. */
export const multipartThreshold = 8 * 1024 * 1024

const smallestPart = 8 * 1024 * 1024
const mostParts = 10_000
/** Parts on their way at the same time. */
const concurrentParts = 4

/** The size of parts for an object, in bytes: S3 takes 10,000 at most. */
export function partSizeFor(objectSize: number): number {
  let size = smallestPart
  while (objectSize / size > mostParts) size *= 2
  return size
}

/** One part to send: its number, from 1 on, and what to send. */
export interface Part<Content> {
  readonly number: number
  readonly content: Content
}

/** An object that is put together from parts. */
export interface MultipartUpload<Content> {
  readonly api: S3Api
  readonly bucket: string
  readonly key: string
  /** For the call that starts the upload. */
  readonly createInput: Input
  readonly parts: AsyncIterable<Part<Content>>
  /** Sends one part; gives what S3 says of it, with its ETag. */
  readonly send: (part: Part<Content>, target: Input) => Promise<unknown>
}

/** Sends the parts, a few at a time, and puts them together; when one fails, S3 is told to forget the others. */
export async function uploadInParts<Content>(upload: MultipartUpload<Content>): Promise<void> {
  const { api, bucket, key, createInput } = upload
  const created = await api.call('CreateMultipartUpload', { Bucket: bucket, Key: key, ...createInput })
  const target = { Bucket: bucket, Key: key, UploadId: created.UploadId }
  try {
    const parts = await sendParts(upload, target)
    await api.call('CompleteMultipartUpload', { ...target, MultipartUpload: { Parts: parts } })
  } catch (error) {
    await api.call('AbortMultipartUpload', target)
    throw error
  }
}

async function sendParts<Content>(
  upload: MultipartUpload<Content>,
  target: Input,
): Promise<readonly Input[]> {
  const sent: Input[] = []
  const iterator = upload.parts[Symbol.asyncIterator]()
  const sendRest = async (): Promise<void> => {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      const part = next.value
      sent.push({ PartNumber: part.number, ...marksOf(await upload.send(part, target)) })
    }
  }
  await Promise.all(Array.from({ length: concurrentParts }, sendRest))
  return sent.sort((a, b) => Number(a.PartNumber) - Number(b.PartNumber))
}

/** The ETag and the checksum by which S3 knows a part. */
function marksOf(answer: unknown): Input {
  if (!isRecord(answer)) return {}
  const marks = Object.entries(answer).filter(
    ([name]) => name === 'ETag' || (name.startsWith('Checksum') && name !== 'ChecksumType'),
  )
  return Object.fromEntries(marks)
}
