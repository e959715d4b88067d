import { existsSync, mkdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { OptionValues } from '../arguments/option-values.ts'
import { CommandFailure } from '../failure.ts'
import type { TransferKind } from './item.ts'
import { isS3Uri, splitUri } from './uri.ts'

export type TransferVerb = 'cp' | 'mv' | 'rm' | 'sync'

/** A transfer whose paths make sense. */
export interface TransferRequest {
  readonly verb: TransferVerb
  readonly direction: TransferKind
  /** A path, or `s3://…`; a bare bucket ends with a slash. */
  readonly source: string
  readonly destination: string
  readonly isRecursive: boolean
  /** One side is `-`. */
  readonly isStream: boolean
}

const usage: Readonly<Record<TransferVerb, string>> = {
  cp: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  mv: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  sync: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  rm: '<S3Uri>',
}

/** Reads the paths of a transfer and refuses those that the command cannot work with. */
export function checkTransfer(verb: TransferVerb, values: OptionValues): TransferRequest {
  const given = values.words('paths')
  const direction = readDirection(verb, given)
  const [source = '', destination = source] = given.map(withBucketSlash)
  const request = {
    verb,
    direction,
    source,
    destination,
    isRecursive: verb === 'sync' || values.flag('recursive'),
    isStream: source === '-' || destination === '-',
  }
  checkStream(request)
  checkOptions(request, values)
  checkMove(request)
  checkLocalSide(request)
  return { ...request, isRecursive: request.isRecursive && !request.isStream }
}

function readDirection(verb: TransferVerb, paths: readonly string[]): TransferKind {
  const places = paths.map(path => (isS3Uri(path) ? 's3' : 'local')).join(' ')
  if (verb === 'rm' && places === 's3') return 'delete'
  if (verb !== 'rm' && places === 'local s3') return 'upload'
  if (verb !== 'rm' && places === 's3 local') return 'download'
  if (verb !== 'rm' && places === 's3 s3') return 'copy'
  throw new CommandFailure(`usage: aws s3 ${verb} ${usage[verb]}\nError: Invalid argument type`)
}

function withBucketSlash(path: string): string {
  return isS3Uri(path) && !path.endsWith('/') && splitUri(path).key === '' ? `${path}/` : path
}

function checkStream({ verb, isRecursive, isStream }: TransferRequest): void {
  if (!isStream || (verb === 'cp' && !isRecursive)) return
  throw new CommandFailure('Streaming currently is only compatible with non-recursive cp commands')
}

function checkOptions({ direction }: TransferRequest, values: OptionValues): void {
  const expected = (option: string, forms: string): CommandFailure =>
    new CommandFailure(
      `Expected ${option} parameter to be used with one of following path formats: ${forms}. ` +
        `Instead, received ${formOf(direction)}.`,
    )
  if (values.text('checksum-algorithm') && direction !== 'upload' && direction !== 'copy') {
    throw expected('checksum-algorithm', `${formOf('upload')}, ${formOf('copy')}`)
  }
  if (values.text('checksum-mode') && direction !== 'download')
    throw expected('checksum-mode', formOf('download'))
  if (values.text('sse-c-copy-source') && direction !== 'copy') {
    throw new CommandFailure('--sse-c-copy-source is only supported for copy operations.')
  }
}

function formOf(direction: TransferKind): string {
  if (direction === 'upload') return '<LocalPath> <S3Uri>'
  if (direction === 'download') return '<S3Uri> <LocalPath>'
  return direction === 'copy' ? '<S3Uri> <S3Uri>' : '<S3Uri>'
}

function checkMove({ verb, direction, source, destination }: TransferRequest): void {
  if (verb !== 'mv' || direction !== 'copy') return
  const isSame =
    source === destination || (destination.endsWith('/') && source === destination + basename(source))
  if (isSame) throw new CommandFailure(`Cannot mv a file onto itself: ${source} - ${destination}`)
}

function checkLocalSide({ direction, source, destination, isRecursive, isStream }: TransferRequest): void {
  if (isStream) return
  if (direction === 'upload' && !existsSync(source)) {
    throw new CommandFailure(`The user-provided path ${source} does not exist.`)
  }
  if (direction === 'download' && isRecursive) mkdirSync(destination, { recursive: true })
}
