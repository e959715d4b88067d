import type { Misconception } from '../../../../src/course/exercise.ts'

const exercise = '9.2.2'

const copies = 'await s3.send(new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: origen }))'
const findsMarker = `    const historia = await versiones(s3, bucket, key)
    const marcador = historia.find(version => version.actual && version.marcador)
`

/** Wrong ways to tell a key's history, go back and undelete. */
export const historyMisconceptions: readonly Misconception[] = [
  {
    id: 'suspendido',
    belief: 'Suspended también guarda versiones',
    exercise,
    caughtBy: 'activa-versionado',
    patch: [{ find: "{ Status: 'Enabled' } as const", replace: "{ Status: 'Suspended' } as const" }],
  },
  {
    id: 'sin-marcadores',
    belief: 'Un borrado no es parte de la historia',
    exercise,
    caughtBy: 'versiones-historia',
    patch: [{ find: 'return [...marcadores, ...contenidos]', replace: 'return [...contenidos]' }],
  },
  {
    id: 'marcadores-al-final',
    belief: 'Basta con poner una lista detrás de la otra',
    exercise,
    caughtBy: 'versiones-historia',
    patch: [{ find: 'return historia.sort(porNovedad)', replace: 'return historia.reverse().reverse()' }],
  },
  {
    id: 'lo-viejo-primero',
    belief: 'La historia se cuenta desde el principio',
    exercise,
    caughtBy: 'versiones-historia',
    patch: [
      { find: 'return historia.sort(porNovedad)', replace: 'return historia.sort(porNovedad).reverse()' },
    ],
  },
  {
    id: 'la-primera-es-la-actual',
    belief: 'La actual es la última versión, aunque esté borrada',
    exercise,
    caughtBy: 'versiones-historia',
    patch: [{ find: 'actual: entrada.IsLatest ?? false,', replace: 'actual: entrada === contenidos[0],' }],
  },
  {
    id: 'olvida-null',
    belief: 'La versión null no es una versión',
    exercise,
    caughtBy: 'versiones-null',
    patch: [
      {
        find: '.filter(entrada => entrada.Key === key)',
        replace: ".filter(entrada => entrada.Key === key && entrada.VersionId !== 'null')",
      },
    ],
  },
  {
    id: 'prefijo-es-clave',
    belief: 'Prefix encuentra solo esa clave',
    exercise,
    caughtBy: 'versiones-otras-claves',
    patch: [{ find: '    .filter(entrada => entrada.Key === key)\n', replace: '' }],
  },
  {
    id: 'primera-pagina',
    belief: 'Nadie tiene más de mil versiones de una clave',
    exercise,
    caughtBy: 'versiones-paginas',
    patch: [
      {
        find: '} while (pagina.IsTruncated === true && pagina.NextKeyMarker === key)',
        replace: '} while (pagina === undefined)',
      },
    ],
  },
  {
    id: 'sin-version-en-el-marcador',
    belief: 'Para seguir basta con NextKeyMarker',
    exercise,
    caughtBy: 'versiones-paginas',
    patch: [{ find: '        VersionIdMarker: pagina?.NextVersionIdMarker,\n', replace: '' }],
  },
  {
    id: 'texto-fijo',
    belief: 'Restaurar es volver a escribir lo que recuerdo',
    exercise,
    caughtBy: 'restaura-contenido',
    patch: [
      {
        find: copies,
        replace:
          "console.log(origen)\n  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'la de antes' }))",
      },
    ],
  },
  {
    id: 'copia-la-actual',
    belief: 'CopySource ya sabe qué versión quiero',
    exercise,
    caughtBy: 'restaura-contenido',
    patch: [{ find: 'CopySource: origen }))', replace: "CopySource: origen.split('?')[0] }))" }],
  },
  {
    id: 'pierde-metadatos',
    belief: 'Una versión son solo sus bytes',
    exercise,
    caughtBy: 'restaura-contenido',
    patch: [
      {
        find: 'CopySource: origen }))',
        replace: "CopySource: origen, MetadataDirective: 'REPLACE' }))",
      },
    ],
  },
  {
    id: 'borra-las-nuevas',
    belief: 'Volver atrás es borrar lo que vino después',
    exercise,
    caughtBy: 'restaura-historia',
    patch: [
      {
        find: copies,
        replace: `console.log(origen)
  for (const nueva of await versiones(s3, bucket, key)) {
    if (nueva.versionId === versionId) break
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: nueva.versionId }))
  }`,
      },
    ],
  },
  {
    id: 'sin-codificar',
    belief: 'CopySource es la clave tal cual',
    exercise,
    caughtBy: 'restaura-clave',
    patch: [{ find: "key.split('/').map(encodeURIComponent).join('/')", replace: 'key' }],
  },
  {
    id: 'encode-uri',
    belief: 'encodeURI codifica todo lo que hace falta',
    exercise,
    caughtBy: 'restaura-clave',
    patch: [{ find: "key.split('/').map(encodeURIComponent).join('/')", replace: 'encodeURI(key)' }],
  },
  {
    id: 'version-perdida-y-sigue',
    belief: 'Si la versión no existe, no hay nada que restaurar',
    exercise,
    caughtBy: 'restaura-inexistente',
    patch: [{ find: copies, replace: `${copies}.catch(() => undefined)` }],
  },
  {
    id: 'un-solo-marcador',
    belief: 'Un objeto borrado tiene un marcador',
    exercise,
    caughtBy: 'recupera-borrado',
    patch: [{ find: '  for (;;) {\n', replace: '  for (let vez = 0; vez < 1; vez++) {\n' }],
  },
  {
    id: 'copia-encima',
    belief: 'Recuperar es escribir otra vez la última versión',
    exercise,
    caughtBy: 'recupera-borrado',
    patch: [
      {
        find: '    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: marcador.versionId }))\n',
        replace:
          '    const ultima = historia.find(version => !version.marcador)\n    if (ultima !== undefined) await restaurar(s3, bucket, key, ultima.versionId)\n',
      },
    ],
  },
  {
    id: 'marcador-de-otra-clave',
    belief: 'El marcador que sale al buscar la clave es el suyo',
    exercise,
    caughtBy: 'recupera-otra-clave',
    patch: [
      {
        find: findsMarker,
        replace: `    const respuesta = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }))
    const marcador = respuesta.DeleteMarkers?.find(entrada => entrada.IsLatest)
`,
      },
      {
        find: 'new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: marcador.versionId })',
        replace:
          'new DeleteObjectCommand({ Bucket: bucket, Key: marcador.Key, VersionId: marcador.VersionId })',
      },
    ],
  },
  {
    id: 'todos-los-marcadores',
    belief: 'Todo marcador sobra',
    exercise,
    caughtBy: 'recupera-nada',
    patch: [
      { find: 'version => version.actual && version.marcador', replace: 'version => version.marcador' },
    ],
  },
]
