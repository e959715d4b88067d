import { createHash } from 'node:crypto'
import { formatArn } from '../../../core/arn.ts'
import { spellUniqueId } from '../identifiers.ts'
import type { ManagedPolicy } from '../state.ts'
import published from './aws-managed-policies.json' with { type: 'json' }

/** A policy as the JSON file keeps it. */
interface Published {
  readonly path: string
  readonly created: string
  readonly updated: string
  readonly version: string
  readonly document: object
}

/**
 * Policies that AWS itself keeps, by ARN, with the documents that it publishes.
 * DIFFERS: the thirty or so that the course and its readers need, each with its present version only.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const awsManagedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(
  Object.entries(published as Readonly<Record<string, Published>>).map(([name, policy]) => {
    const managed = createAwsManaged(name, policy)
    return [managed.arn, managed]
  }),
)

function createAwsManaged(
  name: string,
  { path, created, updated, version, document }: Published,
): ManagedPolicy {
  const arn = formatArn({ service: 'iam', accountId: 'aws', resource: `policy${path}${name}` })
  const createdAt = Date.parse(created)
  const updatedAt = Date.parse(updated)
  return {
    id: spellUniqueId('policy', createHash('sha256').update(arn).digest('hex').slice(0, 34)),
    name,
    path,
    arn,
    description: undefined,
    createdAt,
    updatedAt,
    versions: new Map([
      [version, { id: version, document: JSON.stringify(document, null, 4), createdAt: updatedAt }],
    ]),
    defaultVersionId: version,
    nextVersion: Number(version.slice(1)) + 1,
    tags: [],
  }
}
