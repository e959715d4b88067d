import { isDeepStrictEqual } from 'node:util'
import type { Invocation, Lab } from '../../../../src/course/lab.ts'
import {
  describeKeys,
  readLayer,
  refuse,
  refuseClaim,
  refuseDifference,
} from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { cleanCsv } from '../../../9.2-s3-data-lake/checks/data-lake/oracle.ts'
import { tableOf } from '../../../9.2-s3-data-lake/checks/data-lake/silver-text.ts'
import type { Table } from '../../../9.2-s3-data-lake/checks/data-lake/table.ts'
import { describeTableDifference } from '../../../9.2-s3-data-lake/checks/data-lake/table-difference.ts'
import { listKeys, putObjects } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import { listLine } from '../../../9.2-s3-data-lake/checks/grader-s3/shell.ts'
import { deployGraded, showJson } from '../grader-lambda/invoking.ts'
import { createEvent, type RecordDraft } from './s3-event.ts'

/** A CSV that lies in a bucket. */
export interface Upload {
  readonly bucket: string
  readonly key: string
  readonly bytes: Uint8Array
}

/** What the function says of one CSV. */
export interface Outcome {
  readonly origen: string
  readonly destino: string
  readonly filas: number
}

/** Where the contract sends a CSV of `raw/`. */
export function destinationOf(key: string): string {
  return `processed/${key.slice('raw/'.length).replace(/\.csv$/i, '')}.parquet`
}

/** What cleaning a good CSV must give. */
export function tableOfCsv(bytes: Uint8Array): Table {
  return tableOf(cleanCsv(bytes))
}

/** What the function must return for CSVs, in the event's order. */
export function outcomesOf(uploads: readonly Upload[]): Outcome[] {
  return uploads.map(({ key, bytes }) => ({
    origen: key,
    destino: destinationOf(key),
    filas: tableOfCsv(bytes).rowCount,
  }))
}

/** Puts CSVs where they belong. */
export async function upload(lab: Lab, uploads: readonly Upload[]): Promise<void> {
  for (const { bucket, key, bytes } of uploads) await putObjects(lab, bucket, [[key, bytes]])
}

/** Sends an event about objects to the student's function. */
export async function send(lab: Lab, records: readonly RecordDraft[]): Promise<Invocation<unknown>> {
  const { name } = await deployGraded(lab, usual)
  return lab.functions.invoke(name, createEvent(lab.random, records))
}

/** How the function is deployed where nothing else is said. */
export const usual = { timeoutSeconds: 60 }

/** Uploads CSVs and sends one event about them, which must end well; gives what the function returned. */
export async function processUploads(lab: Lab, uploads: readonly Upload[]): Promise<unknown> {
  await upload(lab, uploads)
  const invocation = await send(lab, uploads.map(toRecord))
  if (invocation.kind === 'value') return invocation.value
  const keys = uploads.map(({ key }) => `«${key}»`).join(', ')
  const evidence = { expected: `el evento de ${keys} termina bien`, tryIt: bucketLine(uploads) }
  return refuseClaim(invocation, evidence)
}

/** The record of an upload. */
export function toRecord({ bucket, key, bytes }: Upload): RecordDraft {
  return { bucket, key, size: bytes.byteLength }
}

/** Ends the check unless the Parquet of each CSV is there and says what it must. */
export async function expectParquets(lab: Lab, uploads: readonly Upload[]): Promise<void> {
  for (const { bucket, key, bytes } of uploads) {
    const content = await readLayer(lab, bucket, destinationOf(key))
    refuseDifference(describeTableDifference(tableOfCsv(bytes), content), `s3 ls s3://${bucket} --recursive`)
  }
}

/** Ends the check unless the function returned what the contract says of these CSVs. */
export function expectOutcomes(returned: unknown, uploads: readonly Upload[]): void {
  const expected = outcomesOf(uploads)
  if (isDeepStrictEqual(returned, expected)) return
  refuse({ expected: showJson(expected), found: showJson(returned), tryIt: bucketLine(uploads) })
}

/** Ends the check if a bucket holds anything but what the grader put there and these keys. */
export async function expectOnly(lab: Lab, bucket: string, keys: readonly string[]): Promise<void> {
  const found = await listKeys(lab, bucket)
  if (isDeepStrictEqual(found, [...keys].sort(byBytes))) return
  refuse({ expected: describeKeys([...keys]), found: describeKeys(found), tryIt: listLine(bucket) })
}

/** S3's order. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other))
}

function bucketLine([first]: readonly Upload[]): string {
  return listLine(first?.bucket ?? '')
}
