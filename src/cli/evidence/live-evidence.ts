import { connectionFor } from '../../course/account.ts'
import type { RunningCloud } from '../../course/cloud.ts'
import type { EvidenceCommand } from '../screens/check-lines.ts'

/** A cloud that is still there after the run, and who the run was in it. */
export interface LiveCloud {
  readonly cloud: Pick<RunningCloud, 'endpoint' | 'accountId'>
  readonly seed: number
  /** Whether the AWS CLI works on this machine. */
  readonly hasAwsCli: boolean
}

/** How a student looks into a cloud that still answers: with the AWS CLI where there is one, else with ours. */
export function liveEvidence({ cloud, seed, hasAwsCli }: LiveCloud): EvidenceCommand {
  const { accessKeyId, secretAccessKey, region } = connectionFor(cloud, seed)
  const program = hasAwsCli ? 'aws' : 'npx awslocal'
  const environment = hasAwsCli
    ? `AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} AWS_DEFAULT_REGION=${region}`
    : `AWS_ACCESS_KEY_ID=${accessKeyId}`
  return { environment, line: args => `${program} --endpoint-url ${cloud.endpoint} ${args}` }
}
