import { type Check, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure, type FailedClaim } from '../../../../src/course/claim.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { describeKeyDifference } from '../grader-s3/compare.ts'
import { createBucket, putObjects, studentS3 } from '../grader-s3/objects.ts'
import { awkwardName, mostAwkwardName, plainName } from '../grader-s3/samples.ts'
import { listLine } from '../grader-s3/shell.ts'
import { countOf, formatCount } from '../grader-s3/spanish.ts'
import { crowdedFolderKeys, findCrowdedFolder } from './crowded-folder.ts'

export const listsOnlyItsFolder: Check = {
  id: 'lista-carpeta',
  title: 'La carpeta raw no incluye raw-old/',
  points: 2,
  hints: [
    'Para S3 no hay carpetas. ¿Qué claves empiezan por «raw»?',
    'Prefix compara letras, no carpetas. Lo que separa raw de raw-old es la barra; y con el prefijo vacío no hay nada que añadir.',
    'Pide a S3 el prefijo con una sola barra al final: si no la trae, añádesela, y deja la cadena vacía como está',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'carpetas')
    const folder = plainName(lab.random)
    const inside = ['a.csv', `${awkwardName(lab.random)}.csv`, `${mostAwkwardName(lab.random)}/b.csv`].map(
      name => `${folder}/${name}`,
    )
    const outside = [`${folder}-old/a.csv`, `${folder}.csv`, `otra/${folder}/a.csv`, `${folder} 2/a.csv`]
    await putObjects(
      lab,
      bucket,
      [...inside, ...outside].map(key => [key, key] as const),
    )
    for (const [prefix, keys] of [
      [`${folder}/`, inside],
      [folder, inside],
      ['', [...inside, ...outside]],
    ] as const) {
      const tryIt = listLine(bucket, prefix)
      const found = await callListar(lab, bucket, prefix)
      const expected = `listar('${prefix}') da ${countOf(keys.length, 'clave')}`
      if (!('keys' in found)) return { ...claimFailure(found, expected), tryIt }
      const difference = describeKeyDifference(keys, found.keys)
      if (difference !== undefined) return fail({ expected, found: difference, tryIt })
    }
    return pass
  },
}

export const listsEmptyFolder: Check = {
  id: 'lista-vacia',
  title: 'Una carpeta sin objetos da una lista vacía',
  points: 1,
  needs: [listsOnlyItsFolder.id],
  hints: [
    '¿Qué trae la respuesta de S3 cuando no hay ninguna clave que mostrar?',
    'En la respuesta de ListObjectsV2, Contents no es una lista vacía: no está (undefined).',
    'pagina.Contents ?? []',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'vacia')
    const prefix = `${plainName(lab.random)}/`
    const evidence = { expected: '[]', tryIt: `s3api list-objects-v2 --bucket ${bucket} --prefix ${prefix}` }
    const found = await callListar(lab, bucket, prefix)
    if (!('keys' in found)) return { ...claimFailure(found), ...evidence }
    return found.keys.length === 0 ? pass : fail({ ...evidence, found: JSON.stringify(found.keys) })
  },
}

export const listsEveryPage: Check = {
  id: 'lista-todas',
  title: `listar devuelve las ${formatCount(crowdedFolderKeys)} claves`,
  points: 3,
  needs: [listsOnlyItsFolder.id],
  hints: [
    '¿Cuántas claves caben, como mucho, en una respuesta de S3? ¿Cómo sabes que quedan más?',
    'ListObjectsV2 da 1.000 claves por página y un NextContinuationToken. paginateListObjectsV2, de @aws-sdk/client-s3, pide todas las páginas por ti.',
    'for await (const pagina of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: … })), y en cada una recorre pagina.Contents ?? []',
  ],
  run: async lab => {
    const { bucket, folder, keys } = await findCrowdedFolder(lab)
    const expected = `las ${formatCount(keys.length)} claves de ${folder}/`
    const found = await callListar(lab, bucket, `${folder}/`)
    if (!('keys' in found)) return { ...claimFailure(found, expected), tryIt: listLine(bucket, `${folder}/`) }
    const difference = describeKeyDifference(keys, found.keys)
    return difference === undefined
      ? pass
      : fail({
          expected,
          found: `${countOf(found.keys.length, 'clave')}: ${difference}`,
          tryIt: `s3api list-objects-v2 --bucket ${bucket} --prefix ${folder}/ --query "length(Contents)"`,
        })
  },
}

/** What `listar` answers; anything but a list of texts is an error of the student's. */
async function callListar(
  lab: Lab,
  bucket: string,
  prefix: string,
): Promise<{ keys: string[] } | FailedClaim> {
  const claim = await lab.student.call<unknown>('listar', [studentS3, bucket, prefix])
  if (claim.kind !== 'value') return claim
  if (Array.isArray(claim.value) && claim.value.every(key => typeof key === 'string'))
    return { keys: claim.value }
  return { kind: 'error', name: '', message: 'listar no devolvió una lista de textos' }
}
