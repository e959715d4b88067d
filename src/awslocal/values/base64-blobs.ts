import { CommandFailure } from '../failure.ts'
import type { Shape } from '../schema/shape.ts'
import { isRecord } from './record.ts'

/** Reads the blobs of an input as base64, as version 2 of the AWS CLI does unless told otherwise; files stay as they are. */
export function decodeBlobs(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'blob' && typeof value === 'string') return decodeBlob(value)
  const element = shape.element
  if (Array.isArray(value))
    return element === undefined ? value : value.map(item => decodeBlobs(element, item))
  if (!isRecord(value)) return value
  return decodeRecord(shape, value)
}

/** The same for a whole input. */
export function decodeRecord(
  shape: Shape,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries(record).map(([name, item]) => {
    const member = shape.kind === 'map' ? shape.element : shape.members.get(name)?.shape
    return [name, member === undefined ? item : decodeBlobs(member, item)] as const
  })
  return Object.fromEntries(entries)
}

function decodeBlob(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  const isExact = bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '')
  if (!isExact) throw new CommandFailure(`Invalid base64: "${text}"`)
  return bytes
}
