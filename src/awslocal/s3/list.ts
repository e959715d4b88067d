import { exitStatus } from '../failure.ts'
import { writeText } from '../terminal.ts'
import { isRecord } from '../values/record.ts'
import type { S3Call } from './run-s3.ts'
import { humanSize } from './sizes.ts'
import { splitUri } from './uri.ts'

/** What was listed so far. */
interface Tally {
  objects: number
  bytes: number
  /** Whether a page had anything. */
  isEmpty: boolean
}

/** `s3 ls`: buckets, or the objects and prefixes below a prefix. */
export async function list(call: S3Call): Promise<number> {
  const { bucket, key } = splitUri(call.values.words('paths')[0] ?? '')
  const tally: Tally = { objects: 0, bytes: 0, isEmpty: true }
  if (bucket === '') await listBuckets(call)
  else await listObjects(call, { bucket, key, tally })
  if (call.values.flag('summarize')) await printSummary(call, tally)
  return key !== '' && tally.isEmpty ? exitStatus.incomplete : exitStatus.success
}

async function listBuckets({ values, api, context }: S3Call): Promise<void> {
  const input: Record<string, unknown> = {}
  const prefix = values.text('bucket-name-prefix')
  const region = values.text('bucket-region')
  if (prefix) input.Prefix = prefix
  if (region) input.BucketRegion = region
  for await (const page of api.pages('ListBuckets', input, values.number('page-size'))) {
    for (const bucket of recordsOf(page.Buckets)) {
      await writeText(context.terminal.stdout, `${formatTime(bucket.CreationDate)} ${String(bucket.Name)}\n`)
    }
  }
}

interface Listing {
  readonly bucket: string
  readonly key: string
  readonly tally: Tally
}

async function listObjects(call: S3Call, { bucket, key, tally }: Listing): Promise<void> {
  const { values, api, context } = call
  const isRecursive = values.flag('recursive')
  const payer = values.text('request-payer')
  const input = {
    Bucket: bucket,
    Prefix: key,
    ...(isRecursive ? {} : { Delimiter: '/' }),
    ...(payer === undefined ? {} : { RequestPayer: payer }),
  }
  for await (const page of api.pages('ListObjectsV2', input, values.number('page-size'))) {
    const lines = [
      ...prefixLines(page.CommonPrefixes),
      ...objectLines(page.Contents, { call, tally, isRecursive }),
    ]
    if (lines.length > 0) tally.isEmpty = false
    await writeText(context.terminal.stdout, lines.join(''))
  }
}

function prefixLines(prefixes: unknown): readonly string[] {
  return recordsOf(prefixes).map(
    ({ Prefix }) => `${'PRE'.padStart(30)} ${String(Prefix).split('/').at(-2) ?? ''}/\n`,
  )
}

function objectLines(
  contents: unknown,
  { call, tally, isRecursive }: { call: S3Call; tally: Tally; isRecursive: boolean },
): readonly string[] {
  return recordsOf(contents).map(({ Key, Size, LastModified }) => {
    const bytes = Number(Size)
    tally.objects += 1
    tally.bytes += bytes
    const name = isRecursive ? String(Key) : String(Key).split('/').at(-1)
    return `${formatTime(LastModified)} ${showSize(call, bytes).padStart(10)} ${name}\n`
  })
}

async function printSummary(call: S3Call, { objects, bytes }: Tally): Promise<void> {
  const total = showSize(call, bytes)
  const text = `${'\nTotal Objects: '.padStart(15)}${objects}\n${'Total Size: '.padStart(15)}${total}\n`
  await writeText(call.context.terminal.stdout, text)
}

function showSize({ values }: S3Call, bytes: number): string {
  return values.flag('human-readable') ? humanSize(bytes) : String(bytes)
}

/** `2026-01-31 08:05:09`, in the machine's time zone. */
function formatTime(wire: unknown): string {
  const time = new Date(String(wire))
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
}

function recordsOf(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : []
}
