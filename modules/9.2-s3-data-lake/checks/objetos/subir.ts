import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type Check, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import { describeByteDifference } from '../grader-s3/compare.ts'
import { createBucket, readObject, studentS3 } from '../grader-s3/objects.ts'
import { awkwardName, mostAwkwardName, plainName, randomBytes } from '../grader-s3/samples.ts'
import { headObjectLine } from '../grader-s3/shell.ts'
import { formatCount } from '../grader-s3/spanish.ts'

const partThresholdBytes = 8 * 1024 * 1024

export const uploadsSameBytes: Check = {
  id: 'sube-bytes',
  title: 'subir guarda los mismos bytes',
  points: 2,
  hints: [
    '¿Qué le pasa a una foto si la lees como si fuera texto? ¿Y a un archivo que no cabe en memoria?',
    'createReadStream de node:fs da los bytes tal cual, a trozos. Upload, de @aws-sdk/lib-storage, acepta un stream como Body.',
    "createReadStream(archivo), sin codificación ('utf8' estropea los bytes), como Body de new Upload({ client: s3, params: { Bucket, Key, Body } }).done()",
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'subir')
    const samples = [
      {
        key: `raw/${plainName(lab.random)}.bin`,
        bytes: randomBytes(lab.random, lab.random.integer(2000, 9000)),
      },
      {
        key: `raw/${awkwardName(lab.random)}/${mostAwkwardName(lab.random)}.bin`,
        bytes: randomBytes(lab.random, 700),
      },
      { key: `raw/${plainName(lab.random)}.vacio`, bytes: Buffer.alloc(0) },
    ]
    for (const [index, { key, bytes }] of samples.entries()) {
      const file = await lab.writeFile(`entrada/archivo ${index}.bin`, bytes)
      const evidence = {
        expected: `«${key}» con los ${formatCount(bytes.length)} bytes de «${file}»`,
        tryIt: headObjectLine(bucket, key),
      }
      const claim = await lab.student.call('subir', [studentS3, bucket, key, file])
      if (claim.kind !== 'value') return { ...claimFailure(claim), ...evidence }
      const difference = describeByteDifference(bytes, await readObject(lab, bucket, key))
      if (difference !== undefined) return fail({ ...evidence, found: difference })
    }
    return pass
  },
}

export const uploadsInParts: Check = {
  id: 'sube-por-partes',
  title: 'Desde 8 MiB, subir va por partes',
  points: 3,
  needs: [uploadsSameBytes.id],
  hints: [
    'Si la red se corta en el último byte de un archivo de 50 GB, ¿cuánto hay que repetir?',
    'La subida por partes de S3: Upload, de @aws-sdk/lib-storage, la hace sola cuando el archivo no cabe en una parte (partSize, 5 MiB si no dices nada). Un ETag que acaba en -N dice que hubo N partes.',
    'new Upload({ client: s3, params: { Bucket: bucket, Key: key, Body: createReadStream(archivo) } }) y await de su done(); con un partSize mayor que el archivo no habría partes',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'partes')
    const key = `raw/${awkwardName(lab.random)}.bin`
    const bytes = randomBytes(lab.random, partThresholdBytes + lab.random.integer(1, 100_000))
    const file = await lab.writeFile('entrada/grande.bin', bytes)
    const claim = await lab.student.call('subir', [studentS3, bucket, key, file])
    const evidence = { tryIt: headObjectLine(bucket, key) }
    const expected = `«${key}» subido por partes: un ETag que acaba en -N`
    if (claim.kind !== 'value') return { ...claimFailure(claim, expected), ...evidence }
    const difference = describeByteDifference(bytes, await readObject(lab, bucket, key))
    if (difference !== undefined)
      return fail({ ...evidence, expected: `los ${formatCount(bytes.length)} bytes`, found: difference })
    const { ETag = '' } = await lab.client(S3Client).send(new HeadObjectCommand({ Bucket: bucket, Key: key }))
    return /-\d+"$/.test(ETag)
      ? pass
      : fail({ ...evidence, expected, found: `ETag ${ETag}: un solo PutObject` })
  },
}
