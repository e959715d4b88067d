import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll } from 'vitest'
import { type Cloud, startCloud } from '../../../../src/cloud/cloud.ts'
import type { Delivery } from '../../../../src/cloud/deliveries.ts'
import type { TargetAnswer, TargetQuestion } from '../../../../src/cloud/questions.ts'
import { defineService } from '../../../../src/cloud/service.ts'
import type { MovableClock } from '../../../../src/core/clock.ts'
import { s3 } from '../../../../src/services/s3/index.ts'
import { sts } from '../../../../src/services/sts/index.ts'

/** The moment at which the tests' clock begins. */
export const startTime = Date.UTC(2024, 0, 1, 12)

/** A cloud of S3 with targets that write down what they are told. */
export interface TargetLab {
  readonly s3: S3Client
  readonly cloud: Cloud
  /** What the targets were asked so far. */
  readonly questions: TargetQuestion[]
  /** What the next questions are answered; `undefined`: nobody knows the target. */
  answer: TargetAnswer | undefined
  /** Everything that was delivered since it was last asked, in order. */
  takeDeliveries(): Promise<Delivery[]>
}

/** Starts a cloud with targets before a file's tests and stops it after them. */
export function useTargets(): TargetLab {
  const deliveries: Delivery[] = []
  const lab = { questions: [], answer: { accepts: true } } as unknown as {
    -readonly [Member in keyof TargetLab]: TargetLab[Member]
  }
  const targets = defineService({
    id: 'targets',
    model: { ...sts.model, operations: {} },
    scope: 'global',
    createState: () => ({}),
    operations: {},
    listeners: { 'delivery:': ({ detail }) => void deliveries.push(detail as unknown as Delivery) },
    responders: {
      'target:accepts': question => {
        lab.questions.push(question)
        return lab.answer
      },
    },
  })
  lab.takeDeliveries = async () => {
    await lab.cloud.idle()
    return deliveries.splice(0)
  }
  beforeAll(async () => {
    let now = startTime
    const clock: MovableClock = {
      now: () => now,
      advance: milliseconds => {
        now += milliseconds
      },
    }
    lab.cloud = await startCloud([s3, targets], { port: 0, seed: 5, clock })
    lab.s3 = new S3Client({
      endpoint: lab.cloud.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    })
  })
  afterAll(async () => {
    lab.s3.destroy()
    await lab.cloud.close()
  })
  return lab
}
