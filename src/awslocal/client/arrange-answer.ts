import type { Member, Shape } from '../schema/shape.ts'
import { isRecord } from '../values/record.ts'
import { restoreNumber } from '../values/wire-number.ts'

/** Puts an answer's members in the AWS CLI's order: those of the headers first, then those of the body, each as in AWS's model. */
export function arrangeAnswer(
  shape: Shape,
  answer: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const members = [...shape.members]
  const outside = members.filter(([, member]) => member.isOutsideBody)
  const inside = members.filter(([, member]) => !member.isOutsideBody)
  return pick([...outside, ...inside], answer)
}

function pick(
  members: Iterable<readonly [string, Member]>,
  record: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const arranged: Record<string, unknown> = {}
  for (const [name, member] of members) {
    const value = record[name]
    if (value !== undefined) arranged[name] = arrange(member.shape, value)
  }
  return arranged
}

function arrange(shape: Shape, value: unknown): unknown {
  if (typeof value === 'string') return arrangeText(shape, value)
  if (shape.kind === 'structure' && isRecord(value)) return pick(shape.members, value)
  const element = shape.element
  if (element !== undefined && Array.isArray(value)) return value.map(item => arrange(element, item))
  if (element !== undefined && isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, arrange(element, item)]))
  }
  return value
}

function arrangeText(shape: Shape, text: string): unknown {
  const restored = restoreNumber(text)
  return shape.kind === 'number' && typeof restored === 'string' ? Number(restored) : restored
}
