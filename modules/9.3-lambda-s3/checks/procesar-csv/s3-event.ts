import type { Random } from '../../../../src/core/random.ts'

/** What an event's record tells of. */
export interface RecordDraft {
  readonly bucket: string
  /** As it is; the record has it encoded. */
  readonly key: string
  /** Default `ObjectCreated:Put`. */
  readonly name?: string
  /** Bytes of the object; a removed one has none. */
  readonly size?: number
}

/** An event as S3 sends it to a function. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export function createEvent(random: Random, drafts: readonly RecordDraft[]): { readonly Records: unknown[] } {
  return { Records: drafts.map(draft => createRecord(random, draft)) }
}

/** What S3 sends to a topic or a queue when it is configured, and a person to a function when they try it. */
export function createTestEvent(bucket: string): unknown {
  return { Service: 'Amazon S3', Event: 's3:TestEvent', Time: '2026-11-25T10:00:00.000Z', Bucket: bucket }
}

function createRecord(
  random: Random,
  { bucket, key, name = 'ObjectCreated:Put', size }: RecordDraft,
): unknown {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    eventTime: '2026-11-25T10:00:00.000Z',
    eventName: name,
    userIdentity: { principalId: 'AIDA000000000000000000' },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: { 'x-amz-request-id': random.hex(16).toUpperCase(), 'x-amz-id-2': random.hex(32) },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'procesar-csv',
      bucket: {
        name: bucket,
        ownerIdentity: { principalId: 'A3NL1KOZZKExample' },
        arn: `arn:aws:s3:::${bucket}`,
      },
      object: {
        key: encodeKey(key),
        ...(size === undefined ? {} : { size, eTag: random.hex(32) }),
        sequencer: random.hex(16).toUpperCase(),
      },
    },
  }
}

/** As S3 writes a key in an event: like a field of a web form, with its `/`. */
function encodeKey(key: string): string {
  return encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replaceAll(/[!'()~]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
