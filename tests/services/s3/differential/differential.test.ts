import { CreateBucketCommand } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { useS3 } from '../lab.ts'
import { useMoto } from '../moto.ts'
import { installed } from '../others.ts'
import { OneCloud, type Step } from './both-clouds.ts'
import { configurationSteps } from './configuration-steps.ts'
import { reasonOf } from './moto-differences.ts'
import { everyKey, listingSteps, multipartSteps, objectSteps, versionSteps } from './steps.ts'

const lab = useS3()

/** The same calls in every run: what moto does otherwise than AWS is not ours to find at random. */
const seed = Number(process.env.TALLER_DIFFERENTIAL_SEED ?? 20_261_125)
const numRuns = Number(process.env.TALLER_DIFFERENTIAL_RUNS ?? 8)

const enableVersioning: Step = {
  operation: 'PutBucketVersioning',
  input: { VersioningConfiguration: { Status: 'Enabled' } },
}

const conversations: readonly {
  readonly about: string
  readonly first: readonly Step[]
  readonly steps: readonly fc.Arbitrary<Step>[]
}[] = [
  { about: 'objects and their listings', first: [], steps: [...objectSteps, ...listingSteps] },
  {
    about: 'versions',
    first: [enableVersioning, ...everyKey],
    steps: [...objectSteps, ...versionSteps, ...versionSteps],
  },
  { about: 'uploads in parts', first: [], steps: [...multipartSteps, ...objectSteps.slice(0, 1)] },
  { about: 'configurations', first: [], steps: configurationSteps },
]

describe.skipIf(!installed.moto)('beside moto_server', () => {
  const moto = useMoto()
  let buckets = 0

  it.each(conversations)(
    'the same calls about $about come to the same, or to a known difference',
    async ({ first, steps }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(...steps), { minLength: 20, maxLength: 40 }), async list => {
          const Bucket = `lado-a-lado-${++buckets}`
          const here = new OneCloud(lab.s3, Bucket)
          const there = new OneCloud(moto.s3, Bucket)
          for (const client of [lab.s3, moto.s3]) await client.send(new CreateBucketCommand({ Bucket }))
          for (const step of [...first, ...list]) {
            const ours = await here.outcomeOf(step)
            const theirs = await there.outcomeOf(step)
            if (reasonOf(step, ours, theirs) === undefined)
              expect({ step, ...ours }).toEqual({ step, ...theirs })
          }
        }),
        { seed, numRuns },
      )
    },
    180_000,
  )
})

if (!installed.moto) it.skip('beside another cloud: moto_server is not installed here', () => undefined)
