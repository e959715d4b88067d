import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

interface Event {
  readonly Records: readonly {
    readonly s3: {
      readonly bucket: { readonly name: string }
      readonly object: { readonly key: string; readonly sequencer: string }
    }
  }[]
}

const s3 = new S3Client({ forcePathStyle: true })

/** Writes what lies below `raw/` in capitals below `processed/`; what says `falla` makes it throw after that. */
export const handler = async (event: Event): Promise<string[]> => {
  const written: string[] = []
  for (const { bucket, object } of event.Records.map(record => record.s3)) {
    const key = decodeURIComponent(object.key.replaceAll('+', ' '))
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }))
    const text = (await Body?.transformToString()) ?? ''
    const Key = key.replace(/^raw\//, 'processed/')
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body: text.toUpperCase() }))
    console.log(`escrito ${Key} ${object.sequencer}`)
    if (text === 'falla') throw new RangeError(`no puedo con ${key}`)
    written.push(Key)
  }
  return written
}
