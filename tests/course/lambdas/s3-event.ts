/** An object that S3 tells a function about. */
export interface EventObject {
  readonly bucket: string
  /** As it is, not encoded. */
  readonly key: string
  /** Default `ObjectCreated:Put`. */
  readonly eventName?: string
}

/** The event that S3 sends, one record for each object; see "Event message structure" in Amazon S3's user guide. */
export function createS3Event(objects: readonly EventObject[]): { readonly Records: readonly unknown[] } {
  return { Records: objects.map(createRecord) }
}

function createRecord({ bucket, key, eventName = 'ObjectCreated:Put' }: EventObject): unknown {
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    eventTime: '2024-03-15T10:20:30.456Z',
    eventName,
    userIdentity: { principalId: 'AWS:AIDAJDPLRKLG7UEXAMPLE' },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: {
      'x-amz-request-id': 'C3D13FE58DE4C810',
      'x-amz-id-2': 'FMyUVURIY8/IgAtTv8xRjskZQpcIZ9KG',
    },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: 'csv',
      bucket: {
        name: bucket,
        ownerIdentity: { principalId: 'A3NL1KOZZKExample' },
        arn: `arn:aws:s3:::${bucket}`,
      },
      object: {
        key: encodeKey(key),
        size: 1024,
        eTag: 'd41d8cd98f00b204e9800998ecf8427e',
        sequencer: '0055AED6DCD90281E5',
      },
    },
  }
}

/** As a web form encodes it, but with its slashes. */
function encodeKey(key: string): string {
  return new URLSearchParams([['', key]]).toString().slice(1).replaceAll('%2F', '/')
}
