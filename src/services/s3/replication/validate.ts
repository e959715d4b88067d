import type { ReplicationConfiguration, ReplicationRule } from '@aws-sdk/client-s3'
import type { IdSource } from '../../../core/ids.ts'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'
import { maxReplicationRules, maxRuleIdLength } from '../limits.ts'
import type { S3State } from '../state.ts'
import { ruleNeeds } from './errors.ts'

/**
 * Refuses a replication that AWS would, and names rules that come without an ID.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 * @throws AwsError MalformedXML, InvalidRequest, InvalidArgument
 */
export function requireReplication(
  configuration: ReplicationConfiguration | undefined,
  state: S3State,
  ids: IdSource,
): ReplicationConfiguration {
  const rules = configuration?.Rules ?? []
  if (!configuration?.Role || rules.length === 0) throw malformedXml()
  if (rules.length > maxReplicationRules) {
    throw invalidRequest(
      `The number of replication rules must not exceed the allowed limit of ${maxReplicationRules} rules.`,
    )
  }
  for (const rule of rules) requireRule(rule, state)
  const named = rules.map(rule => ({ ...rule, ID: rule.ID || Buffer.from(ids.uuid()).toString('base64') }))
  if (new Set(named.map(({ ID }) => ID)).size < named.length) {
    throw invalidArgument('Rule Id must be unique', 'ID')
  }
  return { ...configuration, Rules: named }
}

function requireRule(rule: ReplicationRule, { buckets }: S3State): void {
  const { ID = '', Status, Destination, Filter, Priority, DeleteMarkerReplication } = rule
  if (Status !== 'Enabled' && Status !== 'Disabled') throw malformedXml()
  if (ID.length > maxRuleIdLength) {
    throw invalidArgument(`ID length should not exceed allowed limit of ${maxRuleIdLength}`, 'ID', ID)
  }
  const [, name] = /^arn:aws:s3:::([^/*]+)$/.exec(Destination?.Bucket ?? '') ?? []
  if (name === undefined) throw malformedXml()
  if (Filter !== undefined && Priority === undefined) throw ruleNeeds('Priority')
  if (Filter !== undefined && DeleteMarkerReplication === undefined)
    throw ruleNeeds('DeleteMarkerReplication')
  // A bucket that is not there is refused in the same words.
  if (buckets.get(name)?.versioning !== 'Enabled')
    throw invalidRequest('Destination bucket must have versioning enabled.')
}
