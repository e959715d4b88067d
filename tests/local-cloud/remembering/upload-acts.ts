import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { type Act, describeBody, md5Of, multipartETag, newBody, type Writer } from './holdings.ts'

const kibibyte = 1024
/** The least that S3 takes of a part that is not the last one. */
const smallestFirstPart = 5 * 1024 * kibibyte

/** Uploads go on under these keys; that of two parts is rare, for its size. */
const keys = ['partes-una', 'partes-una', 'partes-una', 'partes-dos'] as const

/** Begins an upload where none is open. */
export function beginUpload(writer: Writer): Act | undefined {
  const key = writer.random.pick(keys)
  if (key in writer.holdings.uploads) return undefined
  return {
    name: `CreateMultipartUpload ${key}`,
    call: async ({ s3 }) => {
      const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: writer.name, Key: key }))
      writer.uploadIds.set(key, UploadId ?? '')
    },
    apply: ({ uploads }) => {
      uploads[key] = {}
    },
  }
}

/** Uploads the next part of an upload that is open. */
export function uploadPart(writer: Writer): Act | undefined {
  const upload = pickUpload(writer)
  if (upload === undefined) return undefined
  const { key, partCount, target } = upload
  if (partCount >= wantedParts(key)) return undefined
  const size =
    key === 'partes-dos' && partCount === 0
      ? smallestFirstPart
      : writer.random.integer(64 * kibibyte, 150 * kibibyte)
  const body = newBody(writer, size)
  const PartNumber = partCount + 1
  writer.partBodies.set(md5Of(body), body)
  return {
    name: `UploadPart ${key} ${PartNumber}`,
    call: async ({ s3 }) => {
      await s3.send(new UploadPartCommand({ ...target, PartNumber, Body: body }))
    },
    apply: ({ uploads }) => {
      uploads[key] = { ...uploads[key], [PartNumber]: md5Of(body) }
    },
  }
}

/** Puts an object together of its parts. */
export function completeUpload(writer: Writer): Act | undefined {
  const upload = pickUpload(writer)
  if (upload === undefined) return undefined
  const { key, partCount, eTags, target } = upload
  if (partCount < wantedParts(key)) return undefined
  const Parts = eTags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }))
  const bodies = eTags.map(eTag => writer.partBodies.get(eTag) ?? Buffer.alloc(0))
  return {
    name: `CompleteMultipartUpload ${key}`,
    call: async ({ s3 }) => {
      await s3.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }))
    },
    apply: ({ uploads, objects }) => {
      delete uploads[key]
      objects[key] = describeBody(Buffer.concat(bodies), multipartETag(bodies))
    },
  }
}

/** Gives an upload up. */
export function abortUpload(writer: Writer): Act | undefined {
  const upload = pickUpload(writer)
  if (upload === undefined) return undefined
  const { key, target } = upload
  return {
    name: `AbortMultipartUpload ${key}`,
    call: async ({ s3 }) => {
      await s3.send(new AbortMultipartUploadCommand(target))
    },
    apply: ({ uploads }) => {
      delete uploads[key]
    },
  }
}

function wantedParts(key: string): number {
  return key === 'partes-dos' ? 2 : 1
}

function pickUpload(writer: Writer) {
  const open = Object.entries(writer.holdings.uploads).sort()
  if (open.length === 0) return undefined
  const [key, parts] = writer.random.pick(open)
  const eTags = Object.entries(parts)
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, eTag]) => eTag)
  const target = { Bucket: writer.name, Key: key, UploadId: writer.uploadIds.get(key) ?? '' }
  return { key, eTags, partCount: eTags.length, target }
}
