import { type Check, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import { describeByteDifference } from '../grader-s3/compare.ts'
import { createBucket, putObjects, studentS3 } from '../grader-s3/objects.ts'
import { awkwardName, mostAwkwardName, plainName, randomBytes } from '../grader-s3/samples.ts'
import { headObjectLine, shellWord } from '../grader-s3/shell.ts'
import { formatCount } from '../grader-s3/spanish.ts'

export const downloadsSameBytes: Check = {
  id: 'descarga-bytes',
  title: 'descargar guarda los mismos bytes y crea carpetas',
  points: 2,
  hints: [
    '¿Quién crea las carpetas del archivo de destino? ¿Y cómo pasan los bytes de la red al disco sin cambiar?',
    'El Body de GetObject es un stream de Node. mkdir con recursive crea las carpetas; pipeline, de node:stream/promises, copia un stream en otro y avisa de los errores.',
    'await mkdir(dirname(archivo), { recursive: true }) y await pipeline(Body, createWriteStream(archivo))',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'descargar')
    const objects = [
      [`raw/${plainName(lab.random)}.bin`, randomBytes(lab.random, lab.random.integer(2000, 9000))],
      [`raw/${mostAwkwardName(lab.random)}.bin`, randomBytes(lab.random, 300_000)],
      [`raw/${plainName(lab.random)}.vacio`, Buffer.alloc(0)],
    ] as const
    await putObjects(lab, bucket, objects)
    for (const [key, bytes] of objects) {
      const file = `descargas/${plainName(lab.random)}/${awkwardName(lab.random)}/archivo.bin`
      const evidence = { tryIt: `s3 cp ${shellWord(`s3://${bucket}/${key}`)} descargado.bin` }
      const expected = `«${file}» con los ${formatCount(bytes.length)} bytes del objeto`
      const claim = await lab.student.call('descargar', [studentS3, bucket, key, file])
      if (claim.kind !== 'value') return { ...claimFailure(claim, expected), ...evidence }
      const difference = describeByteDifference(bytes, await lab.readFile(file))
      if (difference !== undefined) return fail({ ...evidence, expected, found: difference })
    }
    return pass
  },
}

export const leavesNoFile: Check = {
  id: 'descarga-inexistente',
  title: 'Una clave que no existe es un error sin archivo',
  points: 1,
  needs: [downloadsSameBytes.id],
  hints: [
    '¿Qué hay en el disco si abres el archivo antes de saber si el objeto existe?',
    'GetObject lanza NoSuchKey antes de dar ningún byte: si tu archivo se crea después de esa respuesta, no queda nada que limpiar.',
    'Primero await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })); después createWriteStream. Y no te quedes el error: deja que salga',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'inexistente')
    const key = `raw/${plainName(lab.random)}.csv`
    await putObjects(lab, bucket, [[`${key}.bak`, 'otra clave']])
    const folder = `descargas/${plainName(lab.random)}`
    const claim = await lab.student.call('descargar', [studentS3, bucket, key, `${folder}/archivo.csv`])
    const expected = 'un error (NoSuchKey) y ningún archivo'
    const tryIt = headObjectLine(bucket, key)
    if (claim.kind !== 'value' && claim.kind !== 'error') return { ...claimFailure(claim, expected), tryIt }
    const files = await lab.listFiles(folder)
    if (files.length > 0) return fail({ expected, found: `quedó el archivo «${files[0]}»`, tryIt })
    return claim.kind === 'error' ? pass : fail({ expected, found: 'terminó sin error', tryIt })
  },
}
