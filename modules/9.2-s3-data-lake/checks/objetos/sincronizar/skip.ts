import { type Check, type Finding, pass } from '../../../../../src/course/check.ts'
import type { Lab } from '../../../../../src/course/lab.ts'
import { putInParts, putObjects } from '../../grader-s3/objects.ts'
import { alterOneByte, awkwardName, plainName, randomBytes } from '../../grader-s3/samples.ts'
import { createVersionedBucket, enableVersioning, listEntries } from '../../grader-s3/versions.ts'
import { crowdedFolderContent, findCrowdedFolder, lastSubfolder } from '../crowded-folder.ts'
import {
  type Folder,
  inventFiles,
  judgeSummary,
  judgeUploads,
  type Synchronisation,
  writeFolder,
} from './folder.ts'
import { uploadsWholeFolder } from './upload.ts'

const hourMilliseconds = 60 * 60 * 1000
const minimumPartBytes = 5 * 1024 * 1024

export const uploadsOnce: Check = {
  id: 'sincroniza-repetir',
  title: 'Sincronizar otra vez no sube nada',
  points: 1,
  needs: [uploadsWholeFolder.id],
  hints: [
    '¿Cómo sabes, sin bajarlo, que un objeto ya es igual que tu archivo?',
    'ListObjectsV2 trae, de cada objeto, Size y ETag. El ETag de un PutObject es el MD5 del contenido, en hexadecimal y entre comillas.',
    "createHash('md5') y digest('hex') dan la huella del archivo: si, entre comillas dobles, es igual que objeto.ETag, suma un omitido en lugar de llamar a subir",
  ],
  run: lab => afterFirstTime(lab, 'repetir', ({ again }) => judgeUploads(lab, again)),
}

export const comparesContent: Check = {
  id: 'sincroniza-contenido',
  title: 'Sube lo que cambió aunque mida lo mismo',
  points: 2,
  needs: [uploadsOnce.id],
  hints: [
    'Un precio pasa de 100 a 900: ¿cuánto cambia el tamaño del archivo?',
    'El tamaño solo sirve para descartar rápido: si es igual, hay que comparar el contenido, por ejemplo su MD5 con el ETag.',
    'Si Size es distinto, sube; si es igual, calcula el MD5 del archivo y sube solo cuando no sea el del ETag',
  ],
  run: lab =>
    afterFirstTime(lab, 'contenido', async synchronised => {
      const { changed, wanted } = await changeFirstFile(lab, synchronised, bytes =>
        alterOneByte(lab.random, bytes),
      )
      // Newer than its object, so that who goes by dates is judged by the check of dates.
      const newer = new Date((await newestDate(lab, wanted)) + hourMilliseconds)
      await lab.touch(`${wanted.folder}/${changed}`, newer)
      return judgeUploads(lab, wanted)
    }),
}

export const ignoresDates: Check = {
  id: 'sincroniza-fecha',
  title: 'La fecha de un archivo no decide nada',
  points: 1,
  needs: [uploadsOnce.id],
  hints: [
    'Al clonar un repositorio, ¿qué fecha tienen los archivos? ¿Ha cambiado su contenido?',
    'mtime y LastModified dicen cuándo se escribió, no qué hay dentro. Un archivo tocado puede ser igual, y uno restaurado puede ser viejo y distinto.',
    'Quita la fecha de la comparación: decide solo con el tamaño y el MD5',
  ],
  run: lab =>
    afterFirstTime(lab, 'fecha', async synchronised => {
      const grow = (bytes: Buffer): Buffer => Buffer.concat([bytes, randomBytes(lab.random, 20)])
      const { changed, wanted } = await changeFirstFile(lab, synchronised, grow)
      const newest = await newestDate(lab, wanted)
      for (const name of synchronised.folder.files.keys()) {
        const hours = name === changed ? -1000 : 1000
        await lab.touch(`${wanted.folder}/${name}`, new Date(newest + hours * hourMilliseconds))
      }
      return judgeUploads(lab, wanted)
    }),
}

export const recognisesOthersObjects: Check = {
  id: 'sincroniza-ajenos',
  title: 'Omite lo que ya subió otra herramienta, por partes',
  points: 1,
  needs: [uploadsOnce.id],
  hints: [
    '¿Es siempre el ETag el MD5 del contenido? Mira el de un archivo grande.',
    'Subido por partes, el ETag es el MD5 de los MD5 de las partes y acaba en -N: no dice nada del contenido si no sabes dónde cortó el otro. Pero los bytes están ahí, y GetObject los da como stream.',
    'Si el tamaño coincide y el ETag no es tu MD5, pide el objeto, calcula el MD5 de su Body con el mismo código, y compara',
  ],
  run: async lab => {
    const bucket = await createVersionedBucket(lab, 'ajenos')
    const large = randomBytes(lab.random, minimumPartBytes + lab.random.integer(1000, 9000))
    const small = randomBytes(lab.random, 4000)
    const files = new Map([
      ['entero.bin', randomBytes(lab.random, 1500)],
      [`${awkwardName(lab.random)}/en partes.bin`, large],
      ['cambiado.bin', small],
    ])
    const { path } = await writeFolder(lab, 'ajenos', files)
    const prefix = plainName(lab.random)
    const [whole = '', parted = '', altered = ''] = [...files.keys()].map(name => `${prefix}/${name}`)
    await putObjects(lab, bucket, [[whole, files.get('entero.bin') ?? '']])
    await putInParts(lab, { bucket, key: parted }, [
      large.subarray(0, minimumPartBytes),
      large.subarray(minimumPartBytes),
    ])
    await putInParts(lab, { bucket, key: altered }, [alterOneByte(lab.random, small)])
    return (await judgeUploads(lab, { bucket, folder: path, prefix, uploads: [altered], skipped: 2 })) ?? pass
  },
}

export const looksAtEveryPage: Check = {
  id: 'sincroniza-paginas',
  title: 'Reconoce los objetos de la segunda página',
  points: 1,
  needs: ['lista-todas', uploadsOnce.id],
  hints: [
    'Si el bucket tiene 1.205 objetos, ¿cuáles conoce tu función cuando compara?',
    'Lo mismo que en listar: una sola respuesta de ListObjectsV2 no es el inventario. Usa el mismo recorrido en las dos funciones.',
    'Saca el recorrido de paginateListObjectsV2 a una función que devuelva un Map de clave a objeto, y úsala en listar y en sincronizar',
  ],
  run: async lab => {
    const { bucket, folder: prefix, lastKeys } = await findCrowdedFolder(lab)
    await enableVersioning(lab, bucket)
    const content = Buffer.from(crowdedFolderContent)
    const files = new Map(lastKeys.map(key => [key.slice(prefix.length + 1), content]))
    const { path } = await writeFolder(lab, 'paginas', files)
    const wanted = { bucket, folder: path, prefix, uploads: [], skipped: files.size }
    return (await judgeUploads(lab, wanted, `${prefix}/${lastSubfolder}/`)) ?? pass
  },
}

/** A folder that the student's `sincronizar` has uploaded already. */
interface Synchronised {
  readonly folder: Folder
  /** What a second call must do while nothing changes: upload nothing. */
  readonly again: Synchronisation
}

/** Lets the student's code synchronise a new folder, then goes on; gives a finding where one of the two is wrong. */
async function afterFirstTime(
  lab: Lab,
  purpose: string,
  goOn: (synchronised: Synchronised) => Promise<Finding | undefined>,
): Promise<Finding> {
  const bucket = await createVersionedBucket(lab, purpose)
  const prefix = plainName(lab.random)
  const folder = await writeFolder(lab, purpose, inventFiles(lab))
  // Objects are dated by the second: files of this very second would look newer than what was made from them.
  for (const name of folder.files.keys())
    await lab.touch(`${folder.path}/${name}`, new Date(Date.now() - hourMilliseconds))
  const uploads = [...folder.files.keys()].map(name => `${prefix}/${name}`)
  const first = { bucket, folder: folder.path, prefix, uploads, skipped: 0 }
  const again = { ...first, uploads: [], skipped: uploads.length }
  return (await judgeSummary(lab, first)) ?? (await goOn({ folder, again })) ?? pass
}

/** Changes the first file of a synchronised folder; what a synchronisation must do now is to upload it alone. */
async function changeFirstFile(
  lab: Lab,
  { folder, again }: Synchronised,
  change: (bytes: Buffer) => Buffer,
): Promise<{ readonly changed: string; readonly wanted: Synchronisation }> {
  const [changed = '', bytes = Buffer.alloc(0)] = folder.files.entries().next().value ?? []
  await lab.writeFile(`${folder.path}/${changed}`, change(bytes))
  return {
    changed,
    wanted: { ...again, uploads: [`${again.prefix}/${changed}`], skipped: again.skipped - 1 },
  }
}

/** When the newest object of a bucket was written, by the cloud's clock, in milliseconds. */
async function newestDate(lab: Lab, { bucket }: Synchronisation): Promise<number> {
  const entries = await listEntries(lab, bucket)
  return Math.max(...entries.map(({ modified }) => modified.getTime()))
}
