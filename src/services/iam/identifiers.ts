import type { OperationContext } from '../../cloud/operation.ts'
import { formatArn } from '../../core/arn.ts'

/** Beginnings of unique ids. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
const prefixes = {
  role: 'AROA',
  user: 'AIDA',
  group: 'AGPA',
  policy: 'ANPA',
  'instance-profile': 'AIPA',
} as const

/** What has a name, a path, an ARN and an id. */
export type ResourceKind = keyof typeof prefixes

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Makes a unique id in AWS's form: a prefix and 17 characters. */
export function createUniqueId(kind: ResourceKind, { ids }: OperationContext): string {
  return prefixes[kind] + spell(ids.hex(34))
}

/** An id that is always the same for the same 34 hexadecimal digits. */
export function spellUniqueId(kind: ResourceKind, digits: string): string {
  return prefixes[kind] + spell(digits)
}

function spell(digits: string): string {
  const bytes = [...Buffer.from(digits, 'hex')]
  return bytes.map(byte => characters[byte & 31]).join('')
}

/** The ARN of something with a path, which begins and ends with `/`. */
export function resourceArn(
  kind: ResourceKind,
  { accountId, path, name }: { readonly accountId: string; readonly path: string; readonly name: string },
): string {
  return formatArn({ service: 'iam', accountId, resource: `${kind}${path}${name}` })
}

/** The moment that IAM writes of something new: it counts whole seconds. */
export function currentSecond({ clock }: OperationContext): number {
  return Math.floor(clock.now() / 1000) * 1000
}
