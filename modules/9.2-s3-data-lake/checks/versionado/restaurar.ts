import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { describeByteDifference } from '../grader-s3/compare.ts'
import { createBucket, readObject, studentS3 } from '../grader-s3/objects.ts'
import { mostAwkwardName, plainName, randomBytes } from '../grader-s3/samples.ts'
import { headObjectLine } from '../grader-s3/shell.ts'
import {
  createVersionedBucket,
  enableVersioning,
  fingerprint,
  listEntries,
  type Place,
  writeVersion,
} from '../grader-s3/versions.ts'
import { historyLine } from './history.ts'

export const restoresContent: Check = {
  id: 'restaura-contenido',
  title: 'restaurar devuelve el contenido y sus metadatos',
  points: 2,
  hints: [
    '¿Hace falta bajar la versión antigua a tu máquina para volver a tenerla arriba?',
    'CopyObject copia dentro de S3, con metadatos, y su CopySource puede nombrar una versión: bucket/clave?versionId=…',
    'new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: … }), con CopySource formado por el bucket, la clave y ?versionId=',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'restaurar')
    const place = { bucket, key: `raw/${plainName(lab.random)}.csv` }
    const first = randomBytes(lab.random, 1200)
    await writeVersion(lab, place, {
      Body: first,
      ContentType: 'text/csv',
      Metadata: { origen: lab.random.hex(8) },
    })
    await enableVersioning(lab, bucket)
    const second = randomBytes(lab.random, 1200)
    const secondId = await writeVersion(lab, place, { Body: second, Metadata: { origen: lab.random.hex(8) } })
    await writeVersion(lab, place, { Body: randomBytes(lab.random, 900) })
    for (const [versionId, bytes] of [
      [secondId, second],
      ['null', first],
    ] as const) {
      const finding = await judgeRestored(lab, place, { versionId, bytes })
      if (finding !== undefined) return finding
    }
    return pass
  },
}

export const keepsHistory: Check = {
  id: 'restaura-historia',
  title: 'Restaurar añade una versión y no quita ninguna',
  points: 2,
  needs: [restoresContent.id],
  hints: [
    'Si mañana quieres deshacer la restauración, ¿qué versiones necesitas?',
    'Borrar las versiones nuevas también «vuelve atrás», pero las pierdes. Una copia encima añade una versión y deja las demás.',
    'En restaurar no debe haber ningún DeleteObject: solo la copia',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'historia')
    const place = { bucket, key: `raw/${plainName(lab.random)}.csv` }
    const ids: string[] = []
    for (let count = 0; count < 4; count++) {
      ids.push(await writeVersion(lab, place, { Body: randomBytes(lab.random, 300) }))
    }
    const claim = await lab.student.call('restaurar', [studentS3, bucket, place.key, ids[1] ?? ''])
    const expected = 'las 4 versiones de antes y una nueva'
    const tryIt = historyLine(place)
    if (claim.kind !== 'value') return { ...claimFailure(claim, expected), tryIt }
    const entries = await listEntries(lab, bucket, place.key)
    const kept = ids.filter(id => entries.some(entry => entry.id === id)).length
    const added = entries.length - kept
    return kept === ids.length && added === 1
      ? pass
      : fail({ expected, found: `${kept} de las 4 de antes y ${added} nuevas`, tryIt })
  },
}

export const restoresAwkwardKeys: Check = {
  id: 'restaura-clave',
  title: 'Restaura claves con espacios, tildes, + y %',
  points: 2,
  needs: [restoresContent.id],
  hints: [
    'CopySource viaja en una cabecera HTTP, como parte de una URL. ¿Qué significan ahí un espacio, un + o un %?',
    'S3 decodifica CopySource, así que hay que codificarlo: encodeURIComponent, tramo a tramo, para no tocar las barras. Key, en cambio, la codifica el SDK.',
    "key.split('/').map(encodeURIComponent).join('/') dentro de CopySource",
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'claves')
    for (const key of [
      `raw/${mostAwkwardName(lab.random)}.csv`,
      `raw/c=1&d=2/¿por qué? ${lab.random.hex(3)}#1.csv`,
      `raw/${lab.random.hex(3)}%2Fb+c.csv`,
    ]) {
      const place = { bucket, key }
      const bytes = randomBytes(lab.random, 500)
      const versionId = await writeVersion(lab, place, { Body: bytes })
      await writeVersion(lab, place, { Body: randomBytes(lab.random, 500) })
      const finding = await judgeRestored(lab, place, { versionId, bytes })
      if (finding !== undefined) return finding
    }
    return pass
  },
}

export const refusesUnknownVersion: Check = {
  id: 'restaura-inexistente',
  title: 'Una versión que no existe es un error',
  points: 1,
  needs: [restoresContent.id],
  hints: [
    'Si te piden una versión que ya no existe, ¿qué debe saber quien te llamó?',
    'CopyObject responde NoSuchVersion (o InvalidArgument si el identificador no tiene forma de versión).',
    'No captures ese error: deja que salga de restaurar',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'perdida')
    const place = { bucket, key: `raw/${plainName(lab.random)}.csv` }
    const other = await writeVersion(lab, { bucket, key: `${place.key}.bak` }, { Body: 'de otra clave' })
    await writeVersion(lab, place, { Body: 'actual' })
    const before = await fingerprint(lab, bucket)
    const claim = await lab.student.call('restaurar', [studentS3, bucket, place.key, other])
    const expected = 'un error, y el bucket como estaba'
    const tryIt = historyLine(place)
    if (claim.kind !== 'value' && claim.kind !== 'error') return { ...claimFailure(claim, expected), tryIt }
    if ((await fingerprint(lab, bucket)) !== before)
      return fail({ expected, found: 'cambió las versiones', tryIt })
    return claim.kind === 'error' ? pass : fail({ expected, found: 'terminó sin error', tryIt })
  },
}

/** Restores a version, and compares what S3 answers now with what that version held; `undefined` when equal. */
async function judgeRestored(
  lab: Lab,
  place: Place,
  { versionId, bytes }: { readonly versionId: string; readonly bytes: Buffer },
): Promise<Finding | undefined> {
  const { bucket, key } = place
  const tryIt = headObjectLine(bucket, key)
  const expected = `«${key}» con lo que tenía la versión ${versionId}`
  const claim = await lab.student.call('restaurar', [studentS3, bucket, key, versionId])
  if (claim.kind !== 'value') return { ...claimFailure(claim, expected), tryIt }
  const found =
    describeByteDifference(bytes, await readObject(lab, bucket, key)) ??
    (await describeLostHeaders(lab, place, versionId))
  return found === undefined ? undefined : fail({ expected, found, tryIt })
}

async function describeLostHeaders(lab: Lab, place: Place, versionId: string): Promise<string | undefined> {
  const [wanted, current] = [await readHeaders(lab, place, versionId), await readHeaders(lab, place)]
  return wanted === current ? undefined : `otros metadatos: ${current} en vez de ${wanted}`
}

async function readHeaders(lab: Lab, { bucket, key }: Place, versionId?: string): Promise<string> {
  const version = versionId === undefined ? {} : { VersionId: versionId }
  const object = await lab
    .client(S3Client)
    .send(new HeadObjectCommand({ Bucket: bucket, Key: key, ...version }))
  return JSON.stringify({ ContentType: object.ContentType, Metadata: object.Metadata })
}
