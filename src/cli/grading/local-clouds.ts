import { randomBytes } from 'node:crypto'
import type { RunningCloud, StartCloud } from '../../course/cloud.ts'
import type { TargetName } from '../../course/lab.ts'
import { attachLocalStack } from '../../course/localstack.ts'
import { startLocalCloud } from '../../local-cloud.ts'

/** How each run of a target gets its cloud. Throws `UserError` when the target is not there. */
export async function cloudsOf(target: TargetName, seed: number): Promise<StartCloud> {
  return target === 'localstack' ? attachLocalStack() : () => startEmbeddedCloud(seed)
}

/** A cloud of our own for one run, on a free port, with a token that only the grader knows. */
async function startEmbeddedCloud(seed: number): Promise<RunningCloud> {
  const token = randomBytes(24).toString('hex')
  const cloud = await startLocalCloud({ port: 0, seed, controlToken: token, containment: 'contained' })
  return {
    endpoint: cloud.url,
    control: { url: `${cloud.url}/_taller`, token },
    saveSnapshot: folder => cloud.saveSnapshot(folder),
    close: () => cloud.close(),
  }
}
