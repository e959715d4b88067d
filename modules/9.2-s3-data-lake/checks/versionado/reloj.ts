import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3'
import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import type { CloudControl, Lab } from '../../../../src/course/lab.ts'
import { putObjects, readObject, studentS3 } from '../grader-s3/objects.ts'
import { plainName } from '../grader-s3/samples.ts'
import { createVersionedBucket, listEntries, writeVersion } from '../grader-s3/versions.ts'
import { rulesLine } from './lifecycle-rules.ts'

/** What is in the bucket when the clock starts. */
interface Lake {
  readonly bucket: string
  /** A key under `raw/`. */
  readonly raw: string
  /** Keys that look like `raw/` and must stay. */
  readonly lasting: readonly string[]
  /** A key of which an older version exists too. */
  readonly rewritten: string
  /** The older version's id. */
  readonly noncurrentId: string
}

/** Something that must hold from one day on, to the day before the next. */
interface Expectation {
  readonly day: number
  readonly expected: string
  readonly found: string
  holds(lab: Lab, lake: Lake): Promise<boolean>
}

/**
 * S3 counts whole days and acts at the midnight that follows, so each term is looked at a day before it and two days
 * after it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
const calendar: readonly Expectation[] = [
  { day: 6, expected: 'la subida a medias sigue ahí', found: 'ya no está', holds: hasUpload },
  { day: 9, expected: 'la subida a medias se abortó', found: 'sigue ahí', holds: not(hasUpload) },
  { day: 29, expected: 'la versión no actual sigue ahí', found: 'ya no está', holds: hasNoncurrent },
  { day: 32, expected: 'la versión no actual se borró', found: 'sigue ahí', holds: not(hasNoncurrent) },
  { day: 89, expected: 'el objeto de raw/ sigue ahí', found: 'ya no está', holds: hasRaw },
  { day: 92, expected: 'el objeto de raw/ caducó', found: 'sigue ahí', holds: not(hasRaw) },
  { day: 92, expected: 'lo que no es de raw/ sigue ahí', found: 'caducó', holds: hasLasting },
]

export const worksOverTime: Check = {
  id: 'ciclo-reloj',
  title: 'Pasan los días, y el bucket se limpia solo',
  points: 1,
  needs: ['ciclo-raw', 'ciclo-restos'],
  requires: ['clock'],
  hints: [
    'Si el reloj avanza 92 días, ¿qué debe quedar en el bucket y qué no?',
    'Las reglas actúan solas si su Status es Enabled, su prefijo es exacto y los días son los del contrato. Mira cuál de las tres cosas no se cumple.',
    "Revisa que el prefijo sea 'raw/' con su barra, que no haya NewerNoncurrentVersions y que todas las reglas estén Enabled",
  ],
  run: async lab => {
    if (lab.control === undefined) throw new Error('the check was run without a clock')
    const lake = await createLake(lab)
    const claim = await lab.student.call('configurarCicloDeVida', [studentS3, lake.bucket])
    if (claim.kind !== 'value') return { ...claimFailure(claim), tryIt: rulesLine(lake.bucket) }
    return watchDays(lab, lab.control, lake)
  },
}

async function watchDays(lab: Lab, control: CloudControl, lake: Lake): Promise<Finding> {
  let today = 0
  for (const { day, expected, found, holds } of calendar) {
    if (day > today) await control.advanceDays(day - today)
    today = day
    if (await holds(lab, lake)) continue
    return fail({ expected: `el día ${day}, ${expected}`, found, tryIt: rulesLine(lake.bucket) })
  }
  return pass
}

async function createLake(lab: Lab): Promise<Lake> {
  const bucket = await createVersionedBucket(lab, 'reloj')
  const raw = `raw/${plainName(lab.random)}.csv`
  const rewritten = `curated/${plainName(lab.random)}.parquet`
  const lasting = [
    `raw-old/${plainName(lab.random)}.csv`,
    `processed/raw/${plainName(lab.random)}.csv`,
    rewritten,
  ]
  const noncurrentId = await writeVersion(lab, { bucket, key: rewritten }, { Body: 'la de antes' })
  await putObjects(
    lab,
    bucket,
    [raw, ...lasting].map(key => [key, key] as const),
  )
  const upload = { Bucket: bucket, Key: `processed/${plainName(lab.random)}.bin` }
  await lab.client(S3Client).send(new CreateMultipartUploadCommand(upload))
  return { bucket, raw, lasting, rewritten, noncurrentId }
}

async function hasUpload(lab: Lab, { bucket }: Lake): Promise<boolean> {
  const { Uploads = [] } = await lab
    .client(S3Client)
    .send(new ListMultipartUploadsCommand({ Bucket: bucket }))
  return Uploads.length > 0
}

async function hasNoncurrent(lab: Lab, { bucket, rewritten, noncurrentId }: Lake): Promise<boolean> {
  const entries = await listEntries(lab, bucket, rewritten)
  return entries.some(({ id }) => id === noncurrentId)
}

async function hasRaw(lab: Lab, { bucket, raw }: Lake): Promise<boolean> {
  return (await readObject(lab, bucket, raw)) !== undefined
}

async function hasLasting(lab: Lab, { bucket, lasting }: Lake): Promise<boolean> {
  for (const key of lasting) if ((await readObject(lab, bucket, key)) === undefined) return false
  return true
}

function not(holds: Expectation['holds']): Expectation['holds'] {
  return async (lab, lake) => !(await holds(lab, lake))
}
