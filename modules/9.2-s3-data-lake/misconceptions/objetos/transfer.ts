import type { Misconception } from '../../../../src/course/exercise.ts'

const exercise = '9.2.1'

const waiter = '  await waitUntilBucketExists({ client: s3, maxWaitTime: 30 }, { Bucket: bucket })\n'
const opensObject = `  const cuerpo = await abrir(s3, bucket, key)
  await mkdir(dirname(archivo), { recursive: true })
`

/** Wrong ways to make a bucket, upload, list and download. */
export const transferMisconceptions: readonly Misconception[] = [
  {
    id: 'region-siempre',
    belief: 'La región se dice siempre, también en us-east-1',
    exercise,
    caughtBy: 'crea-bucket',
    patch: [
      {
        find: 'new CreateBucketCommand({ Bucket: bucket })',
        replace: `new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: (await s3.config.region()) as 'eu-west-1' },
    })`,
      },
    ],
  },
  {
    id: 'cliente-propio',
    belief: 'Da igual con qué cliente: me hago el mío',
    exercise,
    caughtBy: 'bucket-en-su-region',
    patch: [
      {
        find: '  try {\n    // El SDK añade la región',
        replace:
          "  const mio = new S3Client({ region: 'us-east-1', forcePathStyle: true })\n  try {\n    // El SDK añade la región",
      },
      { find: 's3.send(new CreateBucketCommand', replace: 'mio.send(new CreateBucketCommand' },
      { find: 'waitUntilBucketExists({ client: s3,', replace: 'waitUntilBucketExists({ client: mio,' },
    ],
  },
  {
    id: 'bucket-existe-falla',
    belief: 'Si el bucket ya existe, crear es un error',
    exercise,
    caughtBy: 'bucket-dos-veces',
    patch: [{ find: 'if (!(error instanceof BucketAlreadyOwnedByYou)) throw error', replace: 'throw error' }],
  },
  {
    id: 'traga-todo',
    belief: 'Si crear falla, será que ya existe',
    exercise,
    caughtBy: 'bucket-ajeno',
    patch: [
      {
        find: 'if (!(error instanceof BucketAlreadyOwnedByYou)) throw error',
        replace: "console.log('ya existe', error)",
      },
      { find: waiter, replace: '' },
    ],
  },
  {
    id: 'ajeno-es-mio',
    belief: 'BucketAlreadyExists y BucketAlreadyOwnedByYou son lo mismo',
    exercise,
    caughtBy: 'bucket-ajeno',
    patch: [
      {
        find: 'if (!(error instanceof BucketAlreadyOwnedByYou)) throw error',
        replace: "if (!(error instanceof Error && error.name.startsWith('BucketAlready'))) throw error",
      },
      { find: waiter, replace: '' },
    ],
  },
  {
    id: 'binario-como-texto',
    belief: 'Todo archivo se puede leer como texto',
    exercise,
    caughtBy: 'sube-bytes',
    patch: [
      { find: 'mkdir, readdir, rename,', replace: 'mkdir, readdir, readFile, rename,' },
      {
        find: 'const Body = createReadStream(archivo)',
        replace: "const Body = await readFile(archivo, 'utf8')",
      },
    ],
  },
  {
    id: 'sin-partes',
    belief: 'Un archivo se sube siempre de una vez',
    exercise,
    caughtBy: 'sube-por-partes',
    patch: [
      {
        find: 'params: { Bucket: bucket, Key: key, Body } })',
        replace: 'params: { Bucket: bucket, Key: key, Body }, partSize: 1024 ** 3 })',
      },
    ],
  },
  {
    id: 'primera-pagina',
    belief: 'S3 responde con todas las claves de una vez',
    exercise,
    caughtBy: 'lista-todas',
    patch: [
      { find: '  paginateListObjectsV2,\n', replace: '  ListObjectsV2Command,\n' },
      {
        find: 'for await (const pagina of paginateListObjectsV2({ client: s3 }, consulta)) {',
        replace: 'for (const pagina of [await s3.send(new ListObjectsV2Command(consulta))]) {',
      },
    ],
  },
  {
    id: 'prefijo-es-carpeta',
    belief: 'El prefijo raw es la carpeta raw',
    exercise,
    caughtBy: 'lista-carpeta',
    patch: [{ find: 'Prefix: comoCarpeta(prefijo) }', replace: 'Prefix: prefijo }' }],
  },
  {
    id: 'siempre-con-barra',
    belief: 'Basta con añadir una barra al prefijo',
    exercise,
    caughtBy: 'lista-carpeta',
    patch: [{ find: 'Prefix: comoCarpeta(prefijo) }', replace: "Prefix: prefijo + '/' }" }],
  },
  {
    id: 'siempre-hay-contenido',
    belief: 'La respuesta siempre trae Contents',
    exercise,
    caughtBy: 'lista-vacia',
    patch: [{ find: 'of pagina.Contents ?? []', replace: 'of pagina.Contents!' }],
  },
  {
    id: 'descarga-como-texto',
    belief: 'Lo que baja es texto',
    exercise,
    caughtBy: 'descarga-bytes',
    patch: [
      {
        find: 'pipeline(cuerpo, createWriteStream',
        replace: "pipeline(cuerpo.setEncoding('utf8'), createWriteStream",
      },
    ],
  },
  {
    id: 'carpetas-ya-existen',
    belief: 'Las carpetas del destino ya están',
    exercise,
    caughtBy: 'descarga-bytes',
    patch: [{ find: '  await mkdir(dirname(archivo), { recursive: true })\n', replace: '' }],
  },
  {
    id: 'abre-antes-de-pedir',
    belief: 'Primero se crea el archivo y luego se pide el objeto',
    exercise,
    caughtBy: 'descarga-inexistente',
    patch: [
      { find: 'mkdir, readdir,', replace: 'mkdir, open, readdir,' },
      {
        find: opensObject,
        replace: `  await mkdir(dirname(archivo), { recursive: true })
  await (await open(archivo, 'w')).close()
  const cuerpo = await abrir(s3, bucket, key)
`,
      },
    ],
  },
  {
    id: 'no-existe-y-sigue',
    belief: 'Si la clave no existe, no hay nada que descargar',
    exercise,
    caughtBy: 'descarga-inexistente',
    patch: [
      {
        find: '  const cuerpo = await abrir(s3, bucket, key)\n',
        replace:
          '  const cuerpo = await abrir(s3, bucket, key).catch(() => undefined)\n  if (cuerpo === undefined) return\n',
      },
    ],
  },
]
