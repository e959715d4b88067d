import { createReadStream, readFileSync } from 'node:fs'
import type { Shape } from '../schema/shape.ts'
import { isRecord } from './record.ts'
import { toTimestamp } from './timestamp.ts'
import { BodyFile } from './unpack.ts'

/** Bodies up to this size are read at once, in bytes: they can be sent again when a try fails. */
const largestBufferedBody = 8 * 1024 * 1024

/** Turns a validated input into what the SDK takes: texts for blobs become bytes, times become dates, paths become bodies. */
export function toSdkInput(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'structure' && isRecord(value))
    return convertRecord(value, name => shape.members.get(name)?.shape)
  if (shape.kind === 'map' && isRecord(value)) return convertRecord(value, () => shape.element)
  if (shape.kind === 'list' && Array.isArray(value)) {
    return value.map(item => (shape.element === undefined ? item : toSdkInput(shape.element, item)))
  }
  if (shape.kind === 'blob') return toBytes(value)
  return shape.kind === 'timestamp' ? toTimestamp(value) : value
}

function convertRecord(
  record: Readonly<Record<string, unknown>>,
  shapeOf: (name: string) => Shape | undefined,
): Record<string, unknown> {
  const entries = Object.entries(record).map(([name, value]) => {
    const shape = shapeOf(name)
    return [name, shape === undefined ? value : toSdkInput(shape, value)] as const
  })
  return Object.fromEntries(entries)
}

function toBytes(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value)
  if (!(value instanceof BodyFile)) return value
  return value.size <= largestBufferedBody ? readFileSync(value.path) : createReadStream(value.path)
}
