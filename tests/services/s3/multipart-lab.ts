import { createHash } from 'node:crypto'
import {
  type ChecksumAlgorithm,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { checksumAlgorithms } from '../../../src/services/s3/checksums/algorithms.ts'
import type { S3Lab } from './lab.ts'

/** The smallest size of a part that is not the last, in bytes. */
export const fiveMebibytes = 5 * 1024 * 1024
/** A part that another may follow. */
export const first = Buffer.alloc(fiveMebibytes, 'a')
/** A last part. */
export const second = Buffer.from('fin')
/** Both parts together. */
export const whole = Buffer.concat([first, second])

export type Created = Partial<CreateMultipartUploadCommandInput>

/** Parts without their checksums. */
export function onlyETags(parts: readonly CompletedPart[]): CompletedPart[] {
  return parts.map(({ PartNumber, ETag }) => ({ PartNumber, ETag }))
}

/** The ETag of an object of these parts. */
export function etagOf(bodies: readonly Uint8Array[]): string {
  const md5s = bodies.map(body => createHash('md5').update(body).digest())
  return `"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-${bodies.length}"`
}

/** The checksum of pieces one after another. */
export function digest(algorithm: keyof typeof checksumAlgorithms, ...pieces: Uint8Array[]): Buffer {
  const hasher = checksumAlgorithms[algorithm].createHasher()
  for (const piece of pieces) hasher.update(piece)
  return hasher.digest()
}

/** The three steps of an upload to the key `k`, in a lab's cloud. */
export function multipartSteps(lab: S3Lab) {
  return {
    begin: async (Bucket: string, input: Created = {}, Key = 'k'): Promise<string> => {
      const { UploadId = '' } = await lab.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }))
      return UploadId
    },
    upload: async (
      Bucket: string,
      UploadId: string,
      bodies: readonly Uint8Array[],
      ChecksumAlgorithm?: ChecksumAlgorithm,
    ) => {
      const parts: CompletedPart[] = []
      for (const [index, Body] of bodies.entries()) {
        const PartNumber = index + 1
        const input = { Bucket, Key: 'k', UploadId, PartNumber, Body, ChecksumAlgorithm }
        const {
          $metadata: _,
          ServerSideEncryption: __,
          ...digests
        } = await lab.s3.send(new UploadPartCommand(input))
        parts.push({ PartNumber, ...digests })
      }
      return parts
    },
    complete: (
      Bucket: string,
      UploadId: string,
      Parts: CompletedPart[],
      input: Partial<CompleteMultipartUploadCommandInput> = {},
    ) =>
      lab.s3.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: 'k',
          UploadId,
          MultipartUpload: { Parts },
          ...input,
        }),
      ),
  }
}
