import {
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import type { ClientArgument, Lab } from '../../../../src/course/lab.ts'

/** The client that a student's function receives. */
export const studentS3 = { $client: 'S3Client' } as const satisfies ClientArgument

/** Creates a bucket of the grader's own; `purpose` must be new in the exercise. */
export async function createBucket(lab: Lab, purpose: string): Promise<string> {
  const bucket = lab.name(`taller-${purpose}`)
  await lab.client(S3Client).send(new CreateBucketCommand({ Bucket: bucket }))
  return bucket
}

/** Puts objects, several at a time. */
export async function putObjects(
  lab: Lab,
  bucket: string,
  objects: Iterable<readonly [key: string, body: string | Uint8Array]>,
): Promise<void> {
  const s3 = lab.client(S3Client)
  const pending = objects[Symbol.iterator]()
  const putInTurn = async (): Promise<void> => {
    for (let next = pending.next(); next.done !== true; next = pending.next()) {
      const [Key, Body] = next.value
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
    }
  }
  const connections = 16
  await Promise.all(Array.from({ length: connections }, putInTurn))
}

/** Reads an object; a key that is not there is `undefined`. */
export async function readObject(lab: Lab, bucket: string, key: string): Promise<Buffer | undefined> {
  try {
    const { Body } = await lab.client(S3Client).send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    throw error
  }
}

/** Every key of a bucket, in S3's order. */
export async function listKeys(lab: Lab, bucket: string): Promise<string[]> {
  const keys: string[] = []
  for await (const page of paginateListObjectsV2({ client: lab.client(S3Client) }, { Bucket: bucket })) {
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key)
  }
  return keys
}

/** Puts an object as other tools put large ones: in parts, so that its ETag is not the MD5 of its bytes. */
export async function putInParts(
  lab: Lab,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  parts: readonly Uint8Array[],
): Promise<void> {
  const s3 = lab.client(S3Client)
  const object = { Bucket: bucket, Key: key }
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(object))
  const Parts: CompletedPart[] = []
  for (const [index, Body] of parts.entries()) {
    const PartNumber = index + 1
    const { ETag } = await s3.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }))
    Parts.push({ ETag, PartNumber })
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts } }))
}
