import { type Check, fail, pass } from '../../../../../src/course/check.ts'
import { describeByteDifference, describeKeyDifference } from '../../grader-s3/compare.ts'
import { createBucket, listKeys, putObjects, readObject } from '../../grader-s3/objects.ts'
import { plainName } from '../../grader-s3/samples.ts'
import { headObjectLine, listLine } from '../../grader-s3/shell.ts'
import { inventFiles, judgeSummary, writeFolder } from './folder.ts'

export const uploadsWholeFolder: Check = {
  id: 'sincroniza-sube',
  title: 'sincronizar sube la carpeta entera, con sus rutas',
  points: 2,
  hints: [
    '¿Cómo se llama en el bucket un archivo que está dos carpetas más abajo? ¿Y si tu sistema separa con `\\`?',
    'readdir con recursive recorre las subcarpetas; relative, de node:path, da la ruta desde la carpeta, con el separador del sistema (sep). La clave va siempre con `/`, y sin codificar nada.',
    "La clave de cada archivo es el prefijo y detrás relative(carpeta, archivo).split(sep).join('/'); súbelo con tu propia función subir",
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'sincro')
    const prefix = `${plainName(lab.random)}/`
    const { path, files } = await writeFolder(lab, 'sincro', inventFiles(lab))
    const uploads = [...files.keys()].map(name => prefix + name)
    const finding = await judgeSummary(lab, { bucket, folder: path, prefix, uploads, skipped: 0 })
    if (finding !== undefined && finding.found?.startsWith('{') !== true) return finding
    const difference = describeKeyDifference(uploads, await listKeys(lab, bucket))
    if (difference !== undefined) {
      return fail({
        expected: `las claves de «${path}» bajo ${prefix}`,
        found: difference,
        tryIt: listLine(bucket),
      })
    }
    for (const [name, bytes] of files) {
      const key = prefix + name
      const found = describeByteDifference(bytes, await readObject(lab, bucket, key))
      if (found !== undefined) {
        return fail({
          expected: `«${key}» con los bytes de su archivo`,
          found,
          tryIt: headObjectLine(bucket, key),
        })
      }
    }
    return finding ?? pass
  },
}

export const understandsPrefix: Check = {
  id: 'sincroniza-prefijo',
  title: 'El prefijo es una carpeta, con o sin su barra',
  points: 1,
  needs: [uploadsWholeFolder.id],
  hints: [
    '¿Qué clave sale si el prefijo ya acaba en barra? ¿Y si está vacío?',
    'Una clave no debe empezar por `/` ni llevar `//`: para S3 serían nombres distintos. Decide la barra en un solo sitio, para listar y para sincronizar.',
    "Si prefijo es '' o acaba en '/', déjalo; si no, añade la barra",
  ],
  run: async lab => {
    const files = new Map([[`a/${plainName(lab.random)}.csv`, Buffer.from('a')]])
    const { path } = await writeFolder(lab, 'prefijos', files)
    const folder = plainName(lab.random)
    for (const [prefix, start] of [
      [`${folder}/`, `${folder}/`],
      [folder, `${folder}/`],
      ['', ''],
    ] as const) {
      const bucket = await createBucket(lab, 'prefijo')
      const uploads = [...files.keys()].map(name => start + name)
      const finding = await judgeSummary(lab, { bucket, folder: path, prefix, uploads, skipped: 0 })
      if (finding !== undefined) return finding
      const found = describeKeyDifference(uploads, await listKeys(lab, bucket))
      if (found !== undefined) {
        return fail({
          expected: `con prefijo '${prefix}', la clave «${uploads[0]}»`,
          found,
          tryIt: listLine(bucket),
        })
      }
    }
    return pass
  },
}

export const deletesNothing: Check = {
  id: 'sincroniza-no-borra',
  title: 'sincronizar no borra nada',
  points: 1,
  needs: [uploadsWholeFolder.id],
  hints: [
    'Un objeto sin archivo en tu carpeta, ¿sobra, o lo puso otra persona?',
    'El contrato no pide ninguna operación Delete: aws s3 sync tampoco borra si no le das --delete.',
    'Recorre solo los archivos de la carpeta; los objetos que no tienen archivo no se tocan',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'no-borra')
    const prefix = plainName(lab.random)
    const present = [`${prefix}/solo-en-s3.csv`, `${prefix}-old/otro.csv`, 'suelto.txt']
    await putObjects(
      lab,
      bucket,
      present.map(key => [key, key] as const),
    )
    const { path, files } = await writeFolder(lab, 'no-borra', inventFiles(lab))
    const uploads = [...files.keys()].map(name => `${prefix}/${name}`)
    const finding = await judgeSummary(lab, { bucket, folder: path, prefix, uploads, skipped: 0 })
    if (finding !== undefined) return finding
    const found = describeKeyDifference([...present, ...uploads], await listKeys(lab, bucket))
    return found === undefined
      ? pass
      : fail({ expected: 'los objetos que ya estaban siguen ahí', found, tryIt: listLine(bucket) })
  },
}
