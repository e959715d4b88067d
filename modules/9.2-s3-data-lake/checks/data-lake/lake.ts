import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure, type FailedClaim } from '../../../../src/course/claim.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { createBucket, listKeys, putObjects, readObject, studentS3 } from '../grader-s3/objects.ts'
import { listLine, shellWord } from '../grader-s3/shell.ts'
import { countOf, quoteSome } from '../grader-s3/spanish.ts'
import type { Metrics } from './oracle.ts'
import { type ParquetContent, readParquet } from './parquet-reader.ts'
import type { Difference } from './table-difference.ts'

/**
 * Far east of Greenwich, and with summer time: who reads a date in the machine's zone gets the day before. (The
 * program's own run is west of it.)
 */
const studentTimeZone = 'Pacific/Auckland'

/** Ends a check with a finding. */
class Refusal extends Error {
  readonly finding: Finding

  constructor(finding: Finding) {
    super(finding.found ?? finding.verdict)
    this.name = 'Refusal'
    this.finding = finding
  }
}

/** A check that passes when `look` ends, and reports what it refuses with {@link refuse}. */
export function defineCheck({
  look,
  ...check
}: Omit<Check, 'run'> & { look(lab: Lab): Promise<void> }): Check {
  return {
    ...check,
    run: async lab => {
      try {
        await look(lab)
        return pass
      } catch (error) {
        if (error instanceof Refusal) return error.finding
        throw error
      }
    },
  }
}

/** Ends the check: it does not hold. */
export function refuse(evidence: Omit<Finding, 'verdict'>): never {
  throw new Refusal(fail(evidence))
}

/** Ends the check with a finding that says more than that it does not hold. */
export function refuseFinding(finding: Finding): never {
  throw new Refusal(finding)
}

/** Ends the check if there is a difference. */
export function refuseDifference(difference: Difference | undefined, tryIt: string): void {
  if (difference !== undefined) refuse({ ...difference, tryIt })
}

/** Calls an export of the student's; the check ends where it gives no value. */
export async function callStudent<Value>(
  lab: Lab,
  call: {
    readonly name: string
    readonly args: readonly unknown[]
    readonly expected: string
    readonly tryIt: string
  },
): Promise<Value> {
  const claim = await askStudent<Value>(lab, call)
  return claim.kind === 'value' ? claim.value : refuseClaim(claim, call)
}

/** Ends the check: the call gave no value. */
export function refuseClaim(
  claim: FailedClaim,
  { expected, tryIt }: { readonly expected: string; readonly tryIt: string },
): never {
  throw new Refusal({ ...claimFailure(claim, expected), tryIt })
}

/** Calls an export of the student's with a client before its arguments. */
export function askStudent<Value>(
  lab: Lab,
  { name, args }: { readonly name: string; readonly args: readonly unknown[] },
): ReturnType<typeof lab.student.call<Value>> {
  return lab.student.call<Value>(name, [studentS3, ...args], { env: { TZ: studentTimeZone } })
}

/** A source, and where it is to go. */
export interface Source {
  readonly bucket: string
  /** Below `raw/`, e.g. `ventas.csv`. */
  readonly origin: string
  /** Below `processed/`, e.g. `ventas.parquet`. */
  readonly destination: string
}

/** A source that a check puts in Bronce. */
export interface SourceDraft {
  /** The start of its name, e.g. `ventas`; new in its bucket. */
  readonly purpose: string
  readonly bytes: Uint8Array
  /** Default `csv`. */
  readonly extension?: 'csv' | 'json'
  /** Default: a new one. */
  readonly bucket?: string
}

/** Puts a source in a bucket's `raw/`. */
export async function createSource(
  lab: Lab,
  { purpose, bytes, extension = 'csv', bucket: given }: SourceDraft,
): Promise<Source> {
  const bucket = given ?? (await createBucket(lab, purpose))
  const name = `${purpose}-${lab.random.hex(4)}`
  const source = { bucket, origin: `${name}.${extension}`, destination: `${name}.parquet` }
  await putObjects(lab, bucket, [[`raw/${source.origin}`, bytes]])
  return source
}

/** The `aws` line that shows a source. */
export function showSourceLine({ bucket, origin }: Source): string {
  return `s3 cp ${shellWord(`s3://${bucket}/raw/${origin}`)} -`
}

/** Lets the student clean a source: the Parquet that it left, read, and the rows that it said. */
export async function cleanSource(
  lab: Lab,
  source: Source,
): Promise<{ readonly content: ParquetContent; readonly claimedRows: unknown }> {
  const { bucket, origin, destination } = source
  const claimedRows = await callStudent<unknown>(lab, {
    name: 'limpiarPlata',
    args: [bucket, origin, destination],
    expected: `processed/${destination} a partir de raw/${origin}`,
    tryIt: showSourceLine(source),
  })
  return { content: await readLayer(lab, bucket, `processed/${destination}`), claimedRows }
}

/** A request for Oro. */
export interface GoldRequest {
  readonly bucket: string
  /** Below `processed/`. */
  readonly origin: string
  readonly group: string
  readonly metrics: Metrics
}

/** Where a request for Oro ends up, below `curated/`. */
export function goldDestination({ origin, group }: GoldRequest): string {
  return `${origin.replace(/\.parquet$/, '')}_por_${group}.parquet`
}

/** Lets the student aggregate, and reads the Oro that it left. */
export async function aggregateSilver(lab: Lab, request: GoldRequest): Promise<ParquetContent> {
  const { bucket, origin, group, metrics } = request
  const destination = goldDestination(request)
  await callStudent(lab, {
    name: 'agregarOro',
    args: [bucket, origin, destination, group, metrics],
    expected: `curated/${destination}, con processed/${origin} agrupado por «${group}»`,
    tryIt: listLine(bucket),
  })
  return readLayer(lab, bucket, `curated/${destination}`)
}

/** Reads a Parquet object; the check ends where there is none, or it cannot be read. */
export async function readLayer(lab: Lab, bucket: string, key: string): Promise<ParquetContent> {
  const expected = `el archivo Parquet ${key}`
  const bytes = await readObject(lab, bucket, key)
  if (bytes === undefined) {
    refuse({ expected, found: describeKeys(await listKeys(lab, bucket)), tryIt: listLine(bucket) })
  }
  const reading = await readParquet(bytes)
  if (reading.kind === 'parquet') return reading.content
  return refuse({
    expected,
    found: reading.reason,
    tryIt: `s3api head-object --bucket ${bucket} --key ${shellWord(key)}`,
  })
}

/** What a bucket holds, in one Spanish line. */
export function describeKeys(keys: readonly string[]): string {
  return keys.length === 0
    ? 'el bucket está vacío'
    : `${countOf(keys.length, 'objeto')}: ${quoteSome(keys, 4)}`
}
