import { HeadBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { describeByteDifference } from '../grader-s3/compare.ts'
import { createBucket, listKeys, putObjects, readObject } from '../grader-s3/objects.ts'
import { awkwardName, plainName, randomBytes } from '../grader-s3/samples.ts'
import { headObjectLine, listLine } from '../grader-s3/shell.ts'
import { callStudent, defineCheck, describeKeys, refuse } from './lake.ts'

const layerMarkers = ['raw/', 'processed/', 'curated/']

export const createsStructure: Check = defineCheck({
  id: 'crea-estructura',
  title: 'crearEstructura crea el bucket, y dos veces no falla',
  points: 1,
  hints: [
    '¿Qué tiene que existir antes de guardar el primer objeto? ¿Y hay que crear también las carpetas?',
    'CreateBucketCommand crea el bucket. Las capas no se crean: raw/, processed/ y curated/ son el principio de las claves. Si el bucket ya es tuyo, el SDK lanza BucketAlreadyOwnedByYou.',
    'try { await s3.send(new CreateBucketCommand({ Bucket: bucket })) } catch (error) { if (!(error instanceof BucketAlreadyOwnedByYou)) throw error }',
  ],
  look: async lab => {
    const bucket = lab.name('taller-lago')
    const evidence = { expected: `el bucket ${bucket} existe`, tryIt: `s3api head-bucket --bucket ${bucket}` }
    await callStudent(lab, { name: 'crearEstructura', args: [bucket], ...evidence })
    if (!(await bucketExists(lab, bucket))) refuse({ ...evidence, found: 'no existe' })

    const guest = `raw/${plainName(lab.random)}.csv`
    await putObjects(lab, bucket, [[guest, 'dato\n']])
    const again = { expected: 'la segunda llamada no cambia nada', tryIt: listLine(bucket) }
    await callStudent(lab, { name: 'crearEstructura', args: [bucket], ...again })
    await refuseOtherThanMarkers(lab, bucket, guest)
  },
})

async function bucketExists(lab: Lab, bucket: string): Promise<boolean> {
  try {
    await lab.client(S3Client).send(new HeadBucketCommand({ Bucket: bucket }))
    return true
  } catch (error) {
    if (error instanceof S3ServiceException) return false
    throw error
  }
}

async function refuseOtherThanMarkers(lab: Lab, bucket: string, guest: string): Promise<void> {
  const keys = await listKeys(lab, bucket)
  const tryIt = listLine(bucket)
  if (!keys.includes(guest))
    refuse({ expected: `${guest} sigue en el bucket`, found: describeKeys(keys), tryIt })
  for (const key of keys.filter(each => each !== guest)) {
    const isEmpty = (await readObject(lab, bucket, key))?.length === 0
    if (layerMarkers.includes(key) && isEmpty) continue
    refuse({
      expected: 'un bucket sin objetos (o con raw/, processed/ y curated/ vacíos)',
      found: `«${key}»`,
      tryIt,
    })
  }
}

export const keepsBytes: Check = defineCheck({
  id: 'bronce-identico',
  title: 'ingestarBronce guarda los mismos bytes en raw/',
  points: 2,
  hints: [
    'Si Bronce cambia un solo byte, ¿cómo repites la limpieza el día que encuentres un fallo en ella?',
    "readFile de node:fs/promises, sin codificación, da un Buffer con los bytes tal cual, y PutObjectCommand lo acepta como Body. Con 'utf8' se pierden los que no son UTF-8, y el BOM puede irse también.",
    "await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'raw/' + destino, Body: await readFile(archivo) }))",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'bronce')
    const samples = [
      {
        destination: `${plainName(lab.random)}.csv`,
        bytes: randomBytes(lab.random, lab.random.integer(900, 4000)),
      },
      {
        destination: `${plainName(lab.random)}/${awkwardName(lab.random)}.json`,
        bytes: randomBytes(lab.random, 60),
      },
    ]
    for (const [index, { destination, bytes }] of samples.entries()) {
      const file = await lab.writeFile(`entrada/origen ${index}.dat`, bytes)
      const key = `raw/${destination}`
      const evidence = {
        expected: `«${key}» con los ${bytes.length} bytes de «${file}»`,
        tryIt: headObjectLine(bucket, key),
      }
      await callStudent(lab, { name: 'ingestarBronce', args: [bucket, file, destination], ...evidence })
      const found = describeByteDifference(bytes, await readObject(lab, bucket, key))
      if (found !== undefined) refuse({ ...evidence, found })
    }
  },
})
