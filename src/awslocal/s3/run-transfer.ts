import { resolve } from 'node:path'
import type { OptionValues } from '../arguments/option-values.ts'
import { CommandFailure } from '../failure.ts'
import { checkTransfer, type TransferRequest, type TransferVerb } from './check-transfer.ts'
import { downloadStream } from './download.ts'
import type { Item } from './item.ts'
import { listItems } from './list-items.ts'
import { placeEntry, readPlaces } from './places.ts'
import { Report, type Verbosity } from './report.ts'
import { readRequestInputs } from './request-inputs.ts'
import type { S3Call } from './run-s3.ts'
import { type Transfer, transferItem } from './transfer.ts'
import { uploadStream } from './upload.ts'

/** Items on their way at the same time. */
const concurrentItems = 10

/** `s3 cp`, `mv`, `rm` and `sync`. */
export async function runTransfer(verb: TransferVerb, call: S3Call): Promise<number> {
  const { values, api, context } = call
  const request = checkTransfer(verb, values)
  const report = new Report({
    terminal: context.terminal,
    verbosity: request.isStream ? quietest('errors', values) : quietest('all', values),
    isMove: verb === 'mv',
    showsProgress: values.flag('progress'),
  })
  const transfer: Transfer = {
    api,
    inputs: readRequestInputs(values),
    terminal: context.terminal,
    guessesType: values.flag('guess-mime-type'),
    isMove: verb === 'mv',
    onBytes: bytes => report.onBytes(bytes),
  }
  if (request.isStream) await runStream(request, { transfer, values, report })
  else await runItems(listItems(request, { transfer, values, report }), { transfer, values, report })
  return report.exitStatus()
}

/** What the parts of one command share. */
export interface Run {
  readonly transfer: Transfer
  readonly values: OptionValues
  readonly report: Report
}

function quietest(level: Verbosity, values: OptionValues): Verbosity {
  if (values.flag('quiet')) return 'nothing'
  return values.flag('only-show-errors') ? 'errors' : level
}

/** Takes items as they are found, several at a time; a listing that fails ends the command. */
async function runItems(items: AsyncIterable<Item>, run: Run): Promise<void> {
  const iterator = items[Symbol.asyncIterator]()
  const work = async (): Promise<void> => {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      await runItem(next.value, run)
    }
  }
  try {
    const workers = await Promise.allSettled(Array.from({ length: concurrentItems }, work))
    const failed = workers.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
  } catch (error) {
    await run.report.fatal(error)
  }
}

async function runItem(item: Item, { transfer, values, report }: Run): Promise<void> {
  if (values.flag('dryrun')) return report.dryRun(item)
  report.started(item)
  try {
    await transferItem(item, transfer)
  } catch (error) {
    return report.failedWith(item, error)
  }
  await report.done(item)
}

/** `cp - s3://…` and `cp s3://… -`. */
async function runStream(request: TransferRequest, { transfer, values, report }: Run): Promise<void> {
  const item = streamItem(request)
  if (values.flag('dryrun')) return report.dryRun(item)
  try {
    if (item.kind === 'download') await downloadStream(item, transfer.terminal.stdout, transfer)
    else {
      const expectedSize = values.number('expected-size') ?? 0
      await uploadStream(
        { stream: transfer.terminal.stdin, destination: item.destination, expectedSize },
        transfer,
      )
    }
  } catch (error) {
    await report.failedWith(item, error)
  }
}

function streamItem({ source, destination, direction }: TransferRequest): Item {
  if (direction === 'copy' || direction === 'delete') throw new CommandFailure('s3 cp -')
  const places = readPlaces(source, destination, false)
  const shown = { sourceType: places.source.type, destinationType: places.destination.type, kind: direction }
  if (direction === 'download')
    return { ...shown, path: places.source.path, destination: '-', compareKey: '-' }
  return { ...shown, path: '-', ...placeEntry(places, resolve('-')) }
}
