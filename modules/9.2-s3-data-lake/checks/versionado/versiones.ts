import { type Check, type Finding, pass } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { createBucket } from '../grader-s3/objects.ts'
import { awkwardName, plainName, randomBytes } from '../grader-s3/samples.ts'
import {
  createVersionedBucket,
  deleteKey,
  enableVersioning,
  letADayPass,
  listEntries,
  type Place,
  stackMarkers,
  writeVersion,
} from '../grader-s3/versions.ts'
import { judgeHistory, readEntries } from './history.ts'

/** With the versions around them, more than a page (1,000). */
const markersOverAPage = 1000

export const tellsHistory: Check = {
  id: 'versiones-historia',
  title: 'versiones da la historia, de lo nuevo a lo viejo',
  points: 4,
  hints: [
    'Borrar también es parte de la historia. ¿En qué lista de la respuesta está cada cosa?',
    'ListObjectVersions da Versions y DeleteMarkers por separado; cada entrada trae VersionId, IsLatest y LastModified. Junta las dos listas y ordena por fecha.',
    'Haz una sola lista con pagina.Versions ?? [] y pagina.DeleteMarkers ?? [], y ordénala con sort comparando fecha.getTime() de mayor a menor',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'historia')
    const place = { bucket, key: `raw/${awkwardName(lab.random)}.csv` }
    const order: string[] = []
    for (const step of ['escribe', 'escribe', 'borra', 'escribe', 'borra', 'borra'] as const) {
      const Body = randomBytes(lab.random, lab.random.integer(1, 900))
      order.unshift(step === 'borra' ? await deleteKey(lab, place) : await writeVersion(lab, place, { Body }))
      await letADayPass(lab)
    }
    const finding = await judgeInOrder(lab, place, order)
    if (finding !== undefined) return finding
    order.unshift(await writeVersion(lab, place, { Body: 'vuelve' }))
    return (await judgeInOrder(lab, place, order)) ?? pass
  },
}

export const tellsNullVersion: Check = {
  id: 'versiones-null',
  title: 'La versión null también está',
  points: 1,
  needs: [tellsHistory.id],
  hints: [
    '¿Qué versión tiene un objeto que se subió antes de activar el versionado?',
    'Su VersionId es el texto «null». Es una versión como las demás: se lista, se lee y se restaura.',
    "No filtres por VersionId: 'null' es un identificador válido",
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'null')
    const place = { bucket, key: `raw/${plainName(lab.random)}.csv` }
    await writeVersion(lab, place, { Body: 'antes del versionado' })
    await enableVersioning(lab, bucket)
    const alone = await judgeInOrder(lab, place, ['null'])
    if (alone !== undefined) return alone
    await letADayPass(lab)
    const newer = await writeVersion(lab, place, { Body: 'después' })
    return (await judgeInOrder(lab, place, [newer, 'null'])) ?? pass
  },
}

export const tellsOneKey: Check = {
  id: 'versiones-otras-claves',
  title: 'Solo cuenta la historia de esa clave',
  points: 2,
  needs: [tellsHistory.id],
  hints: [
    '¿Qué otras claves empiezan igual que ventas.csv?',
    'Prefix acota la búsqueda, pero no es una clave exacta: cada entrada dice de qué clave es en Key.',
    'Quédate solo con las entradas cuya Key sea exactamente la que te piden',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'vecinas')
    const key = `raw/${plainName(lab.random)}.csv`
    const order = [await writeVersion(lab, { bucket, key }, { Body: 'una' })]
    for (const neighbour of [`${key}.bak`, `${key}/dentro`, key.slice(0, -1)]) {
      await writeVersion(lab, { bucket, key: neighbour }, { Body: 'vecina' })
      await deleteKey(lab, { bucket, key: neighbour })
    }
    await letADayPass(lab)
    order.unshift(await writeVersion(lab, { bucket, key }, { Body: 'dos' }))
    return (await judgeInOrder(lab, { bucket, key }, order)) ?? pass
  },
}

export const tellsEveryPage: Check = {
  id: 'versiones-paginas',
  title: 'La historia completa, aunque pase de una página',
  points: 3,
  needs: [tellsHistory.id],
  hints: [
    'Si la primera versión es la más antigua, ¿en qué página llega?',
    'ListObjectVersions da 1.000 entradas por página. El SDK no trae paginador para ella: IsTruncated dice si hay más, y NextKeyMarker y NextVersionIdMarker, por dónde seguir.',
    'do { … } while (pagina.IsTruncated), pasando en la llamada siguiente KeyMarker: pagina.NextKeyMarker y VersionIdMarker: pagina.NextVersionIdMarker',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'muchas')
    const place = { bucket, key: `raw/${awkwardName(lab.random)}.csv` }
    await writeVersion(lab, place, { Body: 'la primera' })
    await letADayPass(lab)
    await stackMarkers(lab, place, markersOverAPage + lab.random.integer(0, 3))
    await letADayPass(lab)
    await writeVersion(lab, place, { Body: 'la última' })
    const entries = await listEntries(lab, bucket, place.key)
    const [newest, oldest] = entries.filter(({ isMarker }) => !isMarker)
    if (newest === undefined || oldest === undefined)
      throw new Error(`${bucket} lost a version of ${place.key}`)
    const markers = entries.filter(({ isMarker }) => isMarker)
    return (await judgeHistory(lab, place, [newest, ...markers, oldest])) ?? pass
  },
}

/** Judges a short history, whose ids the grader knows newest first. */
async function judgeInOrder(lab: Lab, place: Place, order: readonly string[]): Promise<Finding | undefined> {
  return judgeHistory(lab, place, await readEntries(lab, place, order))
}
