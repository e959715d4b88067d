import { OptionValues } from '../arguments/option-values.ts'
import { CommandFailure, exitStatus } from '../failure.ts'
import { writeText } from '../terminal.ts'
import type { S3Call } from './run-s3.ts'
import { runTransfer } from './run-transfer.ts'
import { isS3Uri, splitUri } from './uri.ts'

/** `s3 mb`: creates a bucket in the command's region. */
export async function makeBucket(call: S3Call): Promise<number> {
  const uri = readBucketUri(call)
  const { bucket } = splitUri(uri)
  if (bucket.endsWith('--x-s3')) throw new CommandFailure('Cannot use mb command with a directory bucket.')
  const configuration = await bucketConfiguration(call)
  const input = {
    Bucket: bucket,
    ...(configuration === undefined ? {} : { CreateBucketConfiguration: configuration }),
  }
  return report(call, { verb: 'make_bucket', uri, bucket }, () => call.api.call('CreateBucket', input))
}

/** `s3 rb`: removes a bucket; with `--force` its objects first. */
export async function removeBucket(call: S3Call): Promise<number> {
  const uri = readBucketUri(call)
  const { bucket, key } = splitUri(uri)
  if (key !== '') throw new CommandFailure(`Please specify a valid bucket name only. E.g. s3://${bucket}`)
  if (call.values.flag('force')) await removeObjects(call, uri)
  return report(call, { verb: 'remove_bucket', uri, bucket }, () =>
    call.api.call('DeleteBucket', { Bucket: bucket }),
  )
}

function readBucketUri({ values }: S3Call): string {
  const uri = values.words('path')[0] ?? ''
  if (!isS3Uri(uri)) throw new CommandFailure('<S3Uri>\nError: Invalid argument type')
  return uri
}

async function bucketConfiguration({ values, api }: S3Call): Promise<Record<string, unknown> | undefined> {
  const region = api.caller.region
  const tags = values.lists('tags').map(([Key = '', Value = '']) => ({ Key, Value }))
  const configuration = {
    ...(region === 'us-east-1' ? {} : { LocationConstraint: region }),
    ...(tags.length > 0 ? { Tags: tags } : {}),
  }
  return Object.keys(configuration).length > 0 ? configuration : undefined
}

async function removeObjects(call: S3Call, uri: string): Promise<void> {
  const values = new OptionValues(
    new Map<string, string | boolean>([
      ['paths', uri],
      ['recursive', true],
      ['progress', true],
    ]),
  )
  const status = await runTransfer('rm', { ...call, values })
  if (status === exitStatus.success) return
  throw new CommandFailure(
    'remove_bucket failed: Unable to delete all objects in the bucket, bucket will not be deleted.',
  )
}

async function report(
  { context }: S3Call,
  { verb, uri, bucket }: { verb: string; uri: string; bucket: string },
  act: () => Promise<unknown>,
): Promise<number> {
  const { stdout, stderr } = context.terminal
  try {
    await act()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await writeText(stderr, `${verb} failed: ${uri} ${reason}\n`)
    return exitStatus.incomplete
  }
  await writeText(stdout, `${verb}: ${bucket}\n`)
  return exitStatus.success
}
