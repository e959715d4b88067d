import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3'
import { type Check, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import { createBucket, studentS3 } from '../grader-s3/objects.ts'
import { plainName } from '../grader-s3/samples.ts'
import { listEntries, writeVersion } from '../grader-s3/versions.ts'

export const enablesVersioning: Check = {
  id: 'activa-versionado',
  title: 'activarVersionado activa el versionado',
  points: 2,
  hints: [
    'El versionado es una configuración del bucket. ¿En qué estados puede estar?',
    'PutBucketVersioning, con Status: Enabled o Suspended. Los objetos que ya estaban se quedan, con la versión null.',
    "new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } })",
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'versiones')
    const key = `raw/${plainName(lab.random)}.csv`
    await writeVersion(lab, { bucket, key }, { Body: 'antes' })
    const evidence = { expected: 'Status: Enabled', tryIt: `s3api get-bucket-versioning --bucket ${bucket}` }
    for (const _time of ['primera', 'segunda']) {
      const claim = await lab.student.call('activarVersionado', [studentS3, bucket])
      if (claim.kind !== 'value') return { ...claimFailure(claim), ...evidence }
    }
    const { Status } = await lab.client(S3Client).send(new GetBucketVersioningCommand({ Bucket: bucket }))
    if (Status !== 'Enabled') return fail({ ...evidence, found: `Status: ${Status ?? 'ninguno'}` })
    const before = await listEntries(lab, bucket)
    return before.length === 1 && before[0]?.id === 'null'
      ? pass
      : fail({
          expected: 'el objeto que ya estaba sigue ahí, con la versión null',
          found: before.map(({ id }) => id).join(', ') || 'no está',
          tryIt: `s3api list-object-versions --bucket ${bucket}`,
        })
  },
}
