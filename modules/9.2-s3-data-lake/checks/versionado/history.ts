import { type Finding, fail } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { describeKeyDifference } from '../grader-s3/compare.ts'
import { studentS3 } from '../grader-s3/objects.ts'
import { shellWord } from '../grader-s3/shell.ts'
import { countOf } from '../grader-s3/spanish.ts'
import { type Entry, listEntries, type Place } from '../grader-s3/versions.ts'

/** An entry of the history that the student's code told. */
interface ToldEntry {
  readonly versionId: string
  readonly actual: unknown
  readonly marcador: unknown
  readonly fecha: unknown
  readonly tamano: unknown
}

/**
 * Calls `versiones` and compares its answer with a key's history; `undefined` when they agree.
 * @param history the key's entries as the grader made them, newest first
 */
export async function judgeHistory(
  lab: Lab,
  place: Place,
  history: readonly Entry[],
): Promise<Finding | undefined> {
  const tryIt = history.length > 50 ? historySizeLine(place) : historyLine(place)
  const expected = `${countOf(history.length, 'entrada')} de «${place.key}», la más nueva primero`
  const claim = await lab.student.call<unknown>('versiones', [studentS3, place.bucket, place.key])
  if (claim.kind !== 'value') return { ...claimFailure(claim, expected), tryIt }
  const told = readHistory(claim.value)
  if (told === undefined)
    return fail({ expected, found: 'no es una lista de { versionId, actual, … }', tryIt })
  const found = compareHistory(told, history)
  return found === undefined ? undefined : fail({ expected, found, tryIt })
}

/** The bucket's entries of a key, in the order of these ids. */
export async function readEntries(
  lab: Lab,
  { bucket, key }: Place,
  order: readonly string[],
): Promise<Entry[]> {
  const entries = (await listEntries(lab, bucket, key)).filter(entry => entry.key === key)
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  return order.map(id => {
    const entry = byId.get(id)
    if (entry === undefined) throw new Error(`${bucket} lost the version ${id} of ${key}`)
    return entry
  })
}

/** The `aws` line that shows the history of a key, and of those that start like it. */
export function historyLine(place: Place): string {
  return `${versionsLine(place)} --query "[Versions,DeleteMarkers][].[Key,VersionId,IsLatest,LastModified]"`
}

/** The `aws` line that counts the versions and the markers of a history too long to be shown. */
function historySizeLine(place: Place): string {
  return `${versionsLine(place)} --query "[length(Versions),length(DeleteMarkers)]"`
}

function versionsLine({ bucket, key }: Place): string {
  return `s3api list-object-versions --bucket ${bucket} --prefix ${shellWord(key)}`
}

function readHistory(value: unknown): ToldEntry[] | undefined {
  if (!Array.isArray(value)) return undefined
  const told = value.map(entry => Object(entry) as ToldEntry)
  return told.every(({ versionId }) => typeof versionId === 'string') ? told : undefined
}

function compareHistory(told: readonly ToldEntry[], entries: readonly Entry[]): string | undefined {
  const difference = describeKeyDifference(
    entries.map(({ id }) => id),
    told.map(({ versionId }) => versionId),
  )
  if (difference !== undefined) return `${countOf(told.length, 'entrada')}: ${difference}`
  return describeWrongFields(told, entries) ?? describeWrongOrder(told, entries)
}

function describeWrongFields(told: readonly ToldEntry[], entries: readonly Entry[]): string | undefined {
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  for (const { versionId, actual, marcador, fecha, tamano } of told) {
    const entry = byId.get(versionId)
    if (entry === undefined) continue
    const name = entry.isMarker ? `el marcador ${versionId}` : `la versión ${versionId}`
    if (actual !== entry.isLatest) return `${name} dice actual: ${String(actual)}`
    if (marcador !== entry.isMarker) return `${name} dice marcador: ${String(marcador)}`
    if (toMilliseconds(fecha) !== entry.modified.getTime()) return `${name} dice fecha: ${String(fecha)}`
    if (!entry.isMarker && tamano !== entry.size) return `${name} dice tamano: ${String(tamano)}`
  }
  return undefined
}

function toMilliseconds(date: unknown): number {
  return date instanceof Date || typeof date === 'string' || typeof date === 'number'
    ? new Date(date).getTime()
    : Number.NaN
}

/** Entries of one date may come in any order, but for the latest: AWS dates them by the second. */
function describeWrongOrder(told: readonly ToldEntry[], entries: readonly Entry[]): string | undefined {
  const positions = new Map(told.map(({ versionId }, position) => [versionId, position]))
  const positionOf = ({ id }: Entry): number => positions.get(id) ?? -1
  for (const [index, newer] of entries.entries()) {
    const older = entries
      .slice(index + 1)
      .find(other => isKnownOlder(other, newer) && positionOf(other) < positionOf(newer))
    if (older !== undefined) return `${older.id} va antes que ${newer.id}, que es más nueva`
  }
  return undefined
}

function isKnownOlder(older: Entry, newer: Entry): boolean {
  return newer.isLatest || older.modified.getTime() < newer.modified.getTime()
}
