import { isRecord } from '../values/record.ts'
import type { Corrections } from './corrections.ts'

/** Members that hold a policy document, which IAM answers as percent-encoded JSON. */
const documentMembers: readonly string[] = ['AssumeRolePolicyDocument', 'Document', 'PolicyDocument']

/** What the AWS CLI does for IAM: policy documents are shown as the JSON that they are. */
export const iamCorrections: Corrections = {
  prepare: (_operation, input) => input,
  complete: (_operation, _given, answer) => decodeRecord(answer),
}

function decodeRecord(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => {
      const isDocument = documentMembers.includes(name) && typeof value === 'string'
      return [name, isDocument ? decodeDocument(value) : decode(value)]
    }),
  )
}

function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  return isRecord(value) ? decodeRecord(value) : value
}

/** What does not decode is shown as it came, as the AWS CLI does. */
function decodeDocument(text: string): unknown {
  try {
    return JSON.parse(decodePercents(text))
  } catch {
    return text
  }
}

/** Decodes what is encoded and leaves a lone `%` alone: not every cloud encodes its documents. */
function decodePercents(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, run => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
}
