import type { Misconception } from '../../../../src/course/exercise.ts'

const exercise = '9.2.1'

const keyOfFile = "const key = comoCarpeta(prefijo) + relative(carpeta, archivo).split(sep).join('/')"

/** Wrong ways to keep a folder in step. */
export const synchroniseMisconceptions: readonly Misconception[] = [
  {
    id: 'barra-invertida',
    belief: 'La ruta de Windows vale como clave',
    exercise,
    caughtBy: 'sincroniza-sube',
    patch: [{ find: ".split(sep).join('/')", replace: ".split(sep).join('\\\\')" }],
  },
  {
    id: 'aplana-carpetas',
    belief: 'La clave es el nombre del archivo',
    exercise,
    caughtBy: 'sincroniza-sube',
    patch: [{ find: keyOfFile, replace: 'const key = comoCarpeta(prefijo) + entrada.name' }],
  },
  {
    id: 'codifica-claves',
    belief: 'Los espacios y las tildes de una clave se codifican antes de subir',
    exercise,
    caughtBy: 'sincroniza-sube',
    patch: [
      {
        find: keyOfFile,
        replace:
          "const key = comoCarpeta(prefijo) + encodeURI(relative(carpeta, archivo).split(sep).join('/'))",
      },
    ],
  },
  {
    id: 'prefijo-pegado',
    belief: 'El prefijo ya traerá su barra',
    exercise,
    caughtBy: 'sincroniza-prefijo',
    patch: [
      { find: keyOfFile, replace: "const key = prefijo + relative(carpeta, archivo).split(sep).join('/')" },
    ],
  },
  {
    id: 'clave-es-ruta-local',
    belief: 'El objeto se busca por la ruta del archivo',
    exercise,
    caughtBy: 'sincroniza-repetir',
    patch: [{ find: 'objetos.get(key), archivo)', replace: 'objetos.get(archivo), archivo)' }],
  },
  {
    id: 'sube-todo-otra-vez',
    belief: 'Sincronizar es subirlo todo',
    exercise,
    caughtBy: 'sincroniza-repetir',
    patch: [
      {
        find: '    if (await tieneMismoContenido(s3, bucket, objetos.get(key), archivo)) {\n      resumen.omitidos++\n    } else {\n      await subir(s3, bucket, key, archivo)\n      resumen.subidos++\n    }\n',
        replace:
          '    await subir(s3, bucket, key, archivo)\n    if (objetos.has(key)) resumen.omitidos++\n    else resumen.subidos++\n',
      },
    ],
  },
  {
    id: 'solo-tamano',
    belief: 'Si mide lo mismo, no ha cambiado',
    exercise,
    caughtBy: 'sincroniza-contenido',
    patch: [
      { find: '  const huella = await calcularMd5(createReadStream(archivo))\n', replace: '  return true\n' },
    ],
  },
  {
    id: 'si-existe-esta-al-dia',
    belief: 'Si la clave ya existe, no hay que subirla',
    exercise,
    caughtBy: 'sincroniza-contenido',
    patch: [
      {
        find: '  if (objeto.Size !== (await stat(archivo)).size) return false\n',
        replace: '  return true\n',
      },
    ],
  },
  {
    id: 'por-fecha',
    belief: 'Lo más nuevo es lo que cambió',
    exercise,
    caughtBy: 'sincroniza-fecha',
    patch: [
      {
        find: '  if (objeto.Size !== (await stat(archivo)).size) return false\n',
        replace: '  return (objeto.LastModified ?? new Date(0)) >= (await stat(archivo)).mtime\n',
      },
    ],
  },
  {
    id: 'tamano-o-fecha',
    belief: 'Cambió si mide otra cosa o si es más nuevo, como hace aws s3 sync',
    exercise,
    caughtBy: 'sincroniza-fecha',
    patch: [
      {
        find: '  const huella = await calcularMd5(createReadStream(archivo))\n',
        replace:
          '  return (objeto.LastModified ?? new Date(0)) >= (await stat(archivo)).mtime\n  const huella = await calcularMd5(createReadStream(archivo))\n',
      },
    ],
  },
  {
    id: 'etag-es-md5',
    belief: 'El ETag es siempre el MD5 del contenido',
    exercise,
    caughtBy: 'sincroniza-ajenos',
    patch: [
      {
        find: '  return huella === (await calcularMd5(await abrir(s3, bucket, objeto.Key)))\n',
        replace: '  return false\n',
      },
    ],
  },
  {
    id: 'partes-por-tamano',
    belief: 'Si se subió por partes, con que mida lo mismo basta',
    exercise,
    caughtBy: 'sincroniza-ajenos',
    patch: [
      {
        find: '  return huella === (await calcularMd5(await abrir(s3, bucket, objeto.Key)))\n',
        replace: "  return objeto.ETag?.includes('-') === true\n",
      },
    ],
  },
  {
    id: 'sincroniza-primera-pagina',
    belief: 'Para comparar basta con una respuesta del listado',
    exercise,
    caughtBy: 'sincroniza-paginas',
    patch: [
      { find: '  paginateListObjectsV2,\n', replace: '  ListObjectsV2Command,\n  paginateListObjectsV2,\n' },
      {
        find: '  const objetos = await inventario(s3, bucket, prefijo)\n  for',
        replace: `  const consulta = { Bucket: bucket, Prefix: comoCarpeta(prefijo) }
  const { Contents = [] } = await s3.send(new ListObjectsV2Command(consulta))
  const objetos = new Map(Contents.map(objeto => [objeto.Key, objeto]))
  for`,
      },
    ],
  },
  {
    id: 'borra-lo-que-sobra',
    belief: 'Sincronizar deja el bucket igual que la carpeta',
    exercise,
    caughtBy: 'sincroniza-no-borra',
    patch: [
      { find: '  GetObjectCommand,\n', replace: '  DeleteObjectCommand,\n  GetObjectCommand,\n' },
      {
        find: '    if (await tieneMismoContenido(s3, bucket, objetos.get(key), archivo)) {\n',
        replace: `    const objeto = objetos.get(key)
    objetos.delete(key)
    if (await tieneMismoContenido(s3, bucket, objeto, archivo)) {
`,
      },
      {
        find: '  return resumen\n',
        replace: `  for (const Key of objetos.keys()) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))
  return resumen
`,
      },
    ],
  },
]
