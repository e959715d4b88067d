import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { describeByteDifference } from '../grader-s3/compare.ts'
import { readObject, studentS3 } from '../grader-s3/objects.ts'
import { awkwardName, plainName, randomBytes } from '../grader-s3/samples.ts'
import {
  createVersionedBucket,
  deleteKey,
  fingerprint,
  letADayPass,
  listEntries,
  type Place,
  writeVersion,
} from '../grader-s3/versions.ts'
import { historyLine } from './history.ts'

export const undeletes: Check = {
  id: 'recupera-borrado',
  title: 'recuperar quita los marcadores que tapan el objeto',
  points: 2,
  hints: [
    'Si alguien borró el objeto tres veces, ¿cuántos marcadores hay encima de la última versión?',
    'Un marcador se borra como cualquier versión: DeleteObject con su VersionId. Al quitarlo, lo actual pasa a ser lo que había debajo, que puede ser otro marcador.',
    'Repite: busca en versiones(s3, bucket, key) la entrada actual; si es un marcador, DeleteObjectCommand con su VersionId; si no, has terminado',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'borrado')
    const place = { bucket, key: `raw/${awkwardName(lab.random)}.csv` }
    const bytes = randomBytes(lab.random, 400)
    const older = await writeVersion(lab, place, { Body: 'antigua' })
    await letADayPass(lab)
    const newest = await writeVersion(lab, place, { Body: bytes })
    for (let count = lab.random.integer(2, 4); count > 0; count--) {
      await letADayPass(lab)
      await deleteKey(lab, place)
    }
    const claim = await lab.student.call('recuperar', [studentS3, bucket, place.key])
    const expected = `«${place.key}» se puede leer otra vez, con sus 2 versiones`
    if (claim.kind !== 'value') return { ...claimFailure(claim, expected), tryIt: historyLine(place) }
    const difference = describeByteDifference(bytes, await readObject(lab, bucket, place.key))
    if (difference !== undefined) {
      const found = difference === 'no existe' ? 'sigue borrado' : difference
      return fail({ expected, found, tryIt: historyLine(place) })
    }
    const ids = (await listEntries(lab, bucket, place.key)).map(({ id }) => id)
    return ids.length === 2 && ids.includes(older) && ids.includes(newest)
      ? pass
      : fail({ expected, found: `${ids.length} entradas en su historia`, tryIt: historyLine(place) })
  },
}

export const leavesOthersDeleted: Check = {
  id: 'recupera-otra-clave',
  title: 'recuperar no toca los marcadores de otra clave',
  points: 1,
  needs: [undeletes.id],
  hints: [
    'Si recuperas ventas.csv, ¿qué le pasa a ventas.csv.bak, que también está borrado?',
    'ListObjectVersions con Prefix trae también las claves que solo empiezan igual: mira Key antes de borrar un marcador.',
    'Usa tu propia función versiones, que ya deja fuera las demás claves',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'vecina')
    const key = `raw/${plainName(lab.random)}.csv`
    await writeVersion(lab, { bucket, key }, { Body: 'sigue aquí' })
    for (const neighbour of [`${key}.bak`, `${key}/dentro`]) {
      await writeVersion(lab, { bucket, key: neighbour }, { Body: 'vecina' })
      await deleteKey(lab, { bucket, key: neighbour })
    }
    return judgeUntouched(lab, { bucket, key })
  },
}

export const leavesOldMarkers: Check = {
  id: 'recupera-nada',
  title: 'Si la clave no está borrada, no hace nada',
  points: 1,
  needs: [undeletes.id],
  hints: [
    '¿Todos los marcadores de una clave la tienen borrada hoy?',
    'Solo importa el marcador que es lo actual (IsLatest). Los que tienen una versión encima son historia, y la historia se queda.',
    'Borra un marcador solo si además es el actual',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'nada')
    const key = `raw/${plainName(lab.random)}.csv`
    await writeVersion(lab, { bucket, key }, { Body: 'una' })
    await letADayPass(lab)
    await deleteKey(lab, { bucket, key })
    await letADayPass(lab)
    await writeVersion(lab, { bucket, key }, { Body: 'dos' })
    return judgeUntouched(lab, { bucket, key })
  },
}

async function judgeUntouched(lab: Lab, place: Place): Promise<Finding> {
  const before = await fingerprint(lab, place.bucket)
  const claim = await lab.student.call('recuperar', [studentS3, place.bucket, place.key])
  const expected = 'no cambia nada en el bucket'
  const tryIt = historyLine(place)
  if (claim.kind !== 'value') return { ...claimFailure(claim, expected), tryIt }
  const after = await fingerprint(lab, place.bucket)
  return after === before ? pass : fail({ expected, found: 'quitó o añadió entradas de la historia', tryIt })
}
