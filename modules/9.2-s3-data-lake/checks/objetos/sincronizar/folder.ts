import type { Finding } from '../../../../../src/course/check.ts'
import { fail } from '../../../../../src/course/check.ts'
import { claimFailure } from '../../../../../src/course/claim.ts'
import type { Lab } from '../../../../../src/course/lab.ts'
import { describeKeyDifference } from '../../grader-s3/compare.ts'
import { studentS3 } from '../../grader-s3/objects.ts'
import { awkwardName, mostAwkwardName, plainName, randomBytes } from '../../grader-s3/samples.ts'
import { listLine, shellWord } from '../../grader-s3/shell.ts'
import { quoteSome } from '../../grader-s3/spanish.ts'
import { listEntries, writtenKeys } from '../../grader-s3/versions.ts'

/** A folder on the student's disk. */
export interface Folder {
  /** As the student's process must name it. */
  readonly path: string
  /** Content of each file by its path below the folder, `/` separators. */
  readonly files: ReadonlyMap<string, Buffer>
}

/** What one call of `sincronizar` should do. */
export interface Synchronisation {
  readonly bucket: string
  readonly folder: string
  readonly prefix: string
  /** Keys that must be written, in any order. */
  readonly uploads: readonly string[]
  readonly skipped: number
}

/** Invents a small folder: subfolders, an empty file, bytes that are not text, and names with spaces, accents, `+` and `%`. */
export function inventFiles(lab: Lab): Map<string, Buffer> {
  const { random } = lab
  const bytes = (): Buffer => randomBytes(random, random.integer(200, 3000))
  return new Map([
    [`${plainName(random)}.csv`, bytes()],
    [`${awkwardName(random)}.csv`, bytes()],
    [`${plainName(random)}/${plainName(random)}.bin`, bytes()],
    [`${awkwardName(random)}/${random.hex(3)}/${mostAwkwardName(random)}.bin`, bytes()],
    [`${plainName(random)}.vacio`, Buffer.alloc(0)],
  ])
}

/** Writes files to a folder of the run. */
export async function writeFolder(
  lab: Lab,
  path: string,
  files: ReadonlyMap<string, Buffer>,
): Promise<Folder> {
  for (const [name, bytes] of files) await lab.writeFile(`${path}/${name}`, bytes)
  return { path, files }
}

/** Calls `sincronizar`, and compares what it says with what it should do; `undefined` when they agree. */
export async function judgeSummary(lab: Lab, wanted: Synchronisation): Promise<Finding | undefined> {
  const { bucket, folder, prefix, uploads, skipped } = wanted
  const expected = `{ subidos: ${uploads.length}, omitidos: ${skipped} } al sincronizar «${folder}»`
  const tryIt = listLine(bucket, prefix)
  const claim = await lab.student.call<unknown>('sincronizar', [studentS3, bucket, folder, prefix])
  if (claim.kind !== 'value') return { ...claimFailure(claim, expected), tryIt }
  const { subidos, omitidos } = Object(claim.value) as Record<string, unknown>
  if (subidos === uploads.length && omitidos === skipped) return undefined
  return fail({ expected, found: `{ subidos: ${String(subidos)}, omitidos: ${String(omitidos)} }`, tryIt })
}

/**
 * Calls `sincronizar` on a bucket that keeps versions, and judges by the versions that appear what it uploaded; then
 * by what it says. `undefined` when both are right.
 * @param watched prefix of the versions that are looked at; all unless told
 */
export async function judgeUploads(
  lab: Lab,
  wanted: Synchronisation,
  watched = '',
): Promise<Finding | undefined> {
  const { bucket, prefix, uploads } = wanted
  const before = await listEntries(lab, bucket, watched)
  const finding = await judgeSummary(lab, wanted)
  if (finding !== undefined && finding.found?.startsWith('{') !== true) return finding
  const written = writtenKeys(before, await listEntries(lab, bucket, watched))
  const difference = describeKeyDifference(uploads, written)
  if (difference === undefined) return finding
  return fail({
    expected: uploads.length === 0 ? 'no sube nada' : `sube solo ${quoteSome(uploads)}`,
    found: written.length === 0 ? 'no subió nada' : `subió ${quoteSome(written)}`,
    tryIt: versionsLine(bucket, watched === '' ? prefix : watched),
  })
}

/** The `aws` line that shows every version below a prefix. */
function versionsLine(bucket: string, prefix: string): string {
  const narrowed = prefix === '' ? '' : ` --prefix ${shellWord(prefix)}`
  return `s3api list-object-versions --bucket ${bucket}${narrowed} --query "Versions[].[Key,VersionId,LastModified]"`
}
