import { normalize, sep } from 'node:path'
import { CommandFailure } from '../failure.ts'
import { listObjects } from './bucket-objects.ts'
import type { TransferRequest } from './check-transfer.ts'
import { createFilter } from './filters.ts'
import type { Entry, Item, TransferKind } from './item.ts'
import { listLocalFiles } from './local-files.ts'
import { type Places, placeEntry, readPlaces } from './places.ts'
import type { Run } from './run-transfer.ts'
import { synchronize } from './synchronize.ts'

/** Finds what a command has to do, as it is found. */
export async function* listItems(request: TransferRequest, run: Run): AsyncGenerator<Item> {
  const forward = readPlaces(request.source, request.destination, request.isRecursive)
  const wanted = keepWanted(listSide(forward, request.direction, run), request, run)
  const found = request.verb === 'sync' ? synchronizeSides(wanted, request, run) : wanted
  for await (const item of avoidCaseConflicts(found, request, run)) {
    if (!(await isLeftOut(item, run))) yield item
  }
}

function synchronizeSides(
  wanted: AsyncIterable<Item>,
  request: TransferRequest,
  run: Run,
): AsyncIterable<Item> {
  const { values } = run
  const backward = readPlaces(request.destination, request.source, true)
  const there = keepWanted(listSide(backward, undefined, run), request, run)
  return synchronize(wanted, there, {
    sizeOnly: values.flag('size-only'),
    exactTimestamps: values.flag('exact-timestamps'),
    deletes: values.flag('delete'),
  })
}

/** Everything on a source's side; `kind` is what is to be done with it, nothing when it is only compared. */
async function* listSide(places: Places, kind: TransferKind | undefined, run: Run): AsyncGenerator<Item> {
  const sides = {
    sourceType: places.source.type,
    destinationType: places.destination.type,
    kind: kind ?? 'copy',
  }
  for await (const entry of listEntries(places, kind, run)) {
    yield { ...entry, ...sides, ...placeEntry(places, entry.path) }
  }
}

async function* listEntries(places: Places, kind: TransferKind | undefined, run: Run): AsyncGenerator<Entry> {
  const { source, isRecursive } = places
  const { values, transfer } = run
  if (source.type === 's3') {
    const headInput = kind === 'copy' ? transfer.inputs.headSource : transfer.inputs.head
    const pageSize = values.number('page-size')
    const limits = pageSize === undefined ? {} : { pageSize }
    const inputs = { headInput, listInput: transfer.inputs.list, ...limits }
    yield* listObjects(source.path, {
      api: transfer.api,
      isRecursive,
      forDeletion: kind === 'delete',
      ...inputs,
    })
    return
  }
  const warnings: string[] = []
  const search = {
    isRecursive,
    followsLinks: values.flag('follow-symlinks'),
    warn: (message: string) => {
      warnings.push(message)
    },
  }
  for (const entry of listLocalFiles(source.path, search)) {
    await tellAll(warnings, run)
    yield entry
  }
  await tellAll(warnings, run)
}

async function tellAll(warnings: string[], { report }: Run): Promise<void> {
  for (const message of warnings.splice(0)) await report.warn(message)
}

async function* keepWanted(
  items: AsyncIterable<Item>,
  request: TransferRequest,
  { values }: Run,
): AsyncGenerator<Item> {
  const filter = createFilter(values.filters(), request)
  for await (const item of items) if (filter(item)) yield item
}

/** Objects in an archive cannot be read, and keys must not lead out of the folder. */
async function isLeftOut(item: Item, { values, report }: Run): Promise<boolean> {
  if (isArchived(item) && !values.flag('force-glacier-transfer')) {
    if (!values.flag('ignore-glacier-warnings')) await report.warn(archiveWarning(item))
    return true
  }
  if (item.kind === 'download' && normalize(item.compareKey).startsWith(`..${sep}`)) {
    await report.warn(`warning: Skipping file ${item.compareKey}. File references a parent directory.`)
    return true
  }
  return false
}

function isArchived({ kind, storageClass, restore }: Item): boolean {
  if (kind !== 'copy' && kind !== 'download') return false
  const isFrozen = storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE'
  return isFrozen && !(restore ?? '').includes('ongoing-request="false"')
}

function archiveWarning({ path, kind }: Item): string {
  return (
    `warning: Skipping file s3://${path}. Object is of storage class GLACIER. Unable to perform ${kind} operations ` +
    'on GLACIER objects. You must restore the object to be able to perform the operation. ' +
    `See aws s3 ${kind} help for additional parameter options to ignore or force these transfers.`
  )
}

/** Two keys that differ only in case are one file on some machines; `--case-conflict` says what then. */
async function* avoidCaseConflicts(
  items: AsyncIterable<Item>,
  request: TransferRequest,
  { values, transfer }: Run,
): AsyncGenerator<Item> {
  const reaction = values.text('case-conflict') ?? 'ignore'
  if (reaction === 'ignore' || request.direction !== 'download' || !request.isRecursive) {
    yield* items
    return
  }
  const names = new Map<string, string>()
  for await (const item of items) {
    const earlier = names.get(item.destination.toLowerCase())
    names.set(item.destination.toLowerCase(), item.destination)
    const conflicts = item.kind === 'download' && earlier !== undefined && earlier !== item.destination
    if (conflicts && reaction === 'error') throw caseConflict(item)
    if (conflicts) transfer.terminal.stderr.write(caseWarning(item, reaction))
    if (!conflicts || reaction === 'warn') yield item
  }
}

function caseConflict({ path, destination }: Item): CommandFailure {
  return new CommandFailure(
    `Failed to download ${path} -> ${destination} because a file whose name differs only by case either exists ` +
      'or is being downloaded.',
  )
}

function caseWarning({ path, destination }: Item, reaction: string): string {
  if (reaction === 'skip') {
    return (
      `warning: Skipping ${path} -> ${destination} because a file whose name differs only by case either exists ` +
      'or is being downloaded.\n'
    )
  }
  return (
    `warning: Downloading ${path} -> ${destination} despite a file whose name differs only by case either existing ` +
    'or being downloaded. This behavior is not defined on case-insensitive filesystems and may result in overwriting ' +
    'existing files or race conditions between concurrent downloads. For more information, see ' +
    'https://docs.aws.amazon.com/cli/v1/topic/s3-case-insensitivity.html.\n'
  )
}
