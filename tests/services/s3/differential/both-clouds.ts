// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: the operations are data here
import * as sdk from '@aws-sdk/client-s3'

/** One call: its input may name versions and uploads that exist by then (`version 3`, `upload 1`), whatever their real ids. */
export interface Step {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

/** What a call came to, in words that do not depend on ids or times. */
export interface Outcome {
  readonly status: number | undefined
  readonly code?: string
  readonly output?: unknown
}

/** Members whose values are told apart by their order of appearance only. */
const idMembers: Readonly<Record<string, string>> = {
  VersionId: 'version',
  CopySourceVersionId: 'version',
  NextVersionIdMarker: 'version',
  UploadId: 'upload',
}

/** Members that no two clouds agree on, or that say only what was asked. */
const ignoredMembers =
  /^(\$metadata|LastModified|Initiated|Owner|Initiator|Date|CreationDate|ServerSideEncryption|ChecksumType|Checksum[A-Z0-9]+|ChecksumAlgorithm|RequestCharged|AcceptRanges|ContinuationToken|NextContinuationToken|EncodingType|Location|BucketRegion|BucketArn|StorageClass|BucketKeyEnabled|Restore|PartsCount|AccessPointAlias|TransitionDefaultMinimumObjectSize|NextKeyMarker|NextUploadIdMarker|DeleteMarkerVersionId)$/

/** A client of one cloud that knows by which names the steps call its ids. */
export class OneCloud {
  readonly #client: sdk.S3Client
  readonly #bucket: string
  readonly #ids = new Map<string, string[]>([
    ['version', []],
    ['upload', []],
  ])

  constructor(client: sdk.S3Client, bucket: string) {
    this.#client = client
    this.#bucket = bucket
  }

  /** Makes a call in its bucket. */
  async outcomeOf({ operation, input }: Step): Promise<Outcome> {
    const Command = sdk[`${operation}Command` as 'GetObjectCommand']
    const command = new Command({
      Bucket: this.#bucket,
      ...this.#resolveInput(input),
    } as sdk.GetObjectCommandInput)
    try {
      const output = await this.#client.send(command)
      const text = await (
        output.Body as { transformToString?(): Promise<string> } | undefined
      )?.transformToString?.()
      return { status: output.$metadata.httpStatusCode, output: this.#describe({ ...output, Body: text }) }
    } catch (error) {
      const status = (error as Partial<sdk.S3ServiceException>).$metadata?.httpStatusCode
      if (status === undefined) throw error
      return { status, code: (error as Error).name }
    }
  }

  #resolveInput(input: Step['input']): object {
    const resolved = this.#resolve(input) as { readonly Body?: string }
    return resolved.Body === undefined
      ? resolved
      : { ...resolved, ContentLength: Buffer.byteLength(resolved.Body) }
  }

  #resolve(value: unknown): unknown {
    if (typeof value === 'string') {
      const known = /(version|upload) (\d+)$/.exec(value)
      if (!known) return value.replace('BUCKET', this.#bucket)
      const ids = this.#ids.get(known[1] ?? '') ?? []
      const id = ids[Number(known[2])] ?? 'null'
      return value.slice(0, known.index).replace('BUCKET', this.#bucket) + id
    }
    if (Array.isArray(value)) return value.map(each => this.#resolve(each))
    if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
      return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.#resolve(each)]))
  }

  #describe(value: unknown, name = ''): unknown {
    if (typeof value === 'string') return this.#describeText(value, name)
    if (Array.isArray(value)) {
      const described = value.map(each => this.#describe(each, name))
      // An empty list and none are the same on the wire.
      return described.length === 0 ? undefined : described
    }
    if (typeof value !== 'object' || value === null || value instanceof Date) return value
    const entries = Object.entries(value)
      .filter(([member]) => !ignoredMembers.test(member))
      .map(([member, each]) => [member, this.#describe(each, member)] as const)
      .filter(([, each]) => each !== undefined && each !== '')
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  }

  #describeText(text: string, name: string): string {
    const kind = idMembers[name]
    if (kind !== undefined && text !== 'null' && text !== '') {
      const ids = this.#ids.get(kind) ?? []
      if (!ids.includes(text)) ids.push(text)
      return `${kind} ${ids.indexOf(text)}`
    }
    return text.replaceAll(this.#bucket, 'BUCKET')
  }
}
