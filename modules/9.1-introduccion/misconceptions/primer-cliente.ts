import type { Misconception } from '../../../src/course/exercise.ts'

const CREATE_S3 =
  'return new S3Client({ ...configurar(entorno), forcePathStyle: Boolean(entorno.AWS_ENDPOINT_URL) })'
const CREATE_STS = 'return new STSClient(configurar(entorno))'
const SET_ENDPOINT = 'if (entorno.AWS_ENDPOINT_URL) configuracion.endpoint = entorno.AWS_ENDPOINT_URL'
const SET_REGION = 'if (entorno.AWS_REGION) configuracion.region = entorno.AWS_REGION'
const SET_KEYS = 'configuracion.credentials = { accessKeyId, secretAccessKey }'
const SET_TOKEN =
  'if (entorno.AWS_SESSION_TOKEN) configuracion.credentials.sessionToken = entorno.AWS_SESSION_TOKEN'
const READ_KEYS = 'const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = entorno'
const PAGES = [
  'for await (const pagina of paginateListBuckets({ client: s3 }, {})) {',
  '    for (const bucket of pagina.Buckets ?? []) {',
  '      if (bucket.Name !== undefined) nombres.push(bucket.Name)',
  '    }',
  '  }',
].join('\n')
const IDENTITY = 'const identidad = await crearSts(entorno).send(new GetCallerIdentityCommand({}))'

/** Wrong beliefs about 9.1.2. */
export const primerClienteMisconceptions: readonly Misconception[] = [
  {
    id: 'endpoint-en-el-codigo',
    belief: 'La dirección de la nube se escribe en el código.',
    exercise: '9.1.2',
    caughtBy: 's3-endpoint',
    patch: [{ find: SET_ENDPOINT, replace: "configuracion.endpoint = 'http://127.0.0.1:4566'" }],
  },
  {
    id: 'entorno-del-proceso',
    belief: 'El entorno es process.env: el parámetro está de adorno.',
    exercise: '9.1.2',
    caughtBy: 's3-endpoint',
    patch: [
      {
        find: CREATE_S3,
        replace: 'return new S3Client({ ...configurar(process.env), forcePathStyle: true })',
      },
    ],
  },
  {
    id: 'entorno-compartido',
    belief: 'Basta con copiar el entorno a process.env: el SDK ya lo lee de ahí.',
    exercise: '9.1.2',
    caughtBy: 's3-endpoint',
    patch: [
      {
        find: CREATE_S3,
        replace:
          'Object.assign(process.env, entorno)\n  return new S3Client({ forcePathStyle: Boolean(entorno.AWS_ENDPOINT_URL) })',
      },
    ],
  },
  {
    id: 'credenciales-en-el-codigo',
    belief: 'En local las claves son test y test, así que se pueden escribir en el código.',
    exercise: '9.1.2',
    caughtBy: 's3-credenciales',
    patch: [
      {
        find: SET_KEYS,
        replace: "configuracion.credentials = { accessKeyId: 'test', secretAccessKey: 'test' }",
      },
    ],
  },
  {
    id: 'sin-token-de-sesion',
    belief: 'Unas credenciales son siempre dos valores.',
    exercise: '9.1.2',
    caughtBy: 's3-credenciales',
    patch: [{ find: SET_TOKEN, replace: '' }],
  },
  {
    id: 'region-fija',
    belief: 'La región es us-east-1.',
    exercise: '9.1.2',
    caughtBy: 's3-region',
    patch: [{ find: SET_REGION, replace: "configuracion.region = 'us-east-1'" }],
  },
  {
    id: 'bucket-en-el-nombre',
    belief: 'Cualquier endpoint tiene un nombre de servidor por bucket, como AWS.',
    exercise: '9.1.2',
    caughtBy: 'estilo-de-ruta',
    patch: [{ find: CREATE_S3, replace: 'return new S3Client(configurar(entorno))' }],
  },
  {
    id: 'solo-s3-obedece',
    belief: 'Configurar el cliente de S3 configura también los demás.',
    exercise: '9.1.2',
    caughtBy: 'sts-entorno',
    patch: [{ find: CREATE_STS, replace: 'return new STSClient({})' }],
  },
  {
    id: 'localhost-de-repuesto',
    belief: 'Si nadie dice el endpoint, la nube está en localhost:4566.',
    exercise: '9.1.2',
    caughtBy: 'sin-endpoint',
    patch: [
      {
        find: SET_ENDPOINT,
        replace: "configuracion.endpoint = entorno.AWS_ENDPOINT_URL ?? 'http://localhost:4566'",
      },
    ],
  },
  {
    id: 'siempre-en-la-ruta',
    belief: 'El estilo de ruta vale en todas partes, también en AWS.',
    exercise: '9.1.2',
    caughtBy: 'sin-endpoint',
    patch: [
      { find: CREATE_S3, replace: 'return new S3Client({ ...configurar(entorno), forcePathStyle: true })' },
    ],
  },
  {
    id: 'claves-de-repuesto',
    belief: 'Si faltan las claves, test y test no hacen daño.',
    exercise: '9.1.2',
    caughtBy: 'sin-claves',
    patch: [
      {
        find: READ_KEYS,
        replace:
          "const { AWS_ACCESS_KEY_ID: accessKeyId = 'test', AWS_SECRET_ACCESS_KEY: secretAccessKey = 'test' } = entorno",
      },
    ],
  },
  {
    id: 'cuenta-de-ceros',
    belief: 'La cuenta de una nube local es siempre 000000000000.',
    exercise: '9.1.2',
    caughtBy: 'cuenta',
    patch: [
      {
        find: 'identidad.Account',
        replace: "'000000000000'",
      },
    ],
  },
  {
    id: 'la-clave-es-la-cuenta',
    belief: 'La cuenta es la clave de acceso: no hace falta preguntar a STS.',
    exercise: '9.1.2',
    caughtBy: 'cuenta',
    patch: [
      {
        find: IDENTITY,
        replace: [
          'const cuenta = entorno.AWS_ACCESS_KEY_ID',
          "const identidad = { Account: cuenta, Arn: 'arn:aws:iam::' + cuenta + ':root' }",
        ].join('\n  '),
      },
    ],
  },
  {
    id: 'primera-pagina',
    belief: 'ListBuckets devuelve todos los buckets de una vez.',
    exercise: '9.1.2',
    caughtBy: 'paginas',
    patch: [
      {
        find: "import { paginateListBuckets, S3Client } from '@aws-sdk/client-s3'",
        replace: "import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3'",
      },
      {
        find: PAGES,
        replace: [
          'const { Buckets = [] } = await s3.send(new ListBucketsCommand({}))',
          "nombres.push(...Buckets.map(bucket => bucket.Name ?? ''))",
        ].join('\n  '),
      },
    ],
  },
  {
    id: 'ultima-pagina',
    belief: 'Cada página repite lo anterior: basta quedarse con la última.',
    exercise: '9.1.2',
    caughtBy: 'paginas',
    patch: [
      {
        find: '    for (const bucket of pagina.Buckets ?? []) {',
        replace: '    nombres.length = 0\n    for (const bucket of pagina.Buckets ?? []) {',
      },
    ],
  },
  {
    id: 'error-es-cero-buckets',
    belief: 'Si no se pueden listar, es que no hay buckets.',
    exercise: '9.1.2',
    caughtBy: 'error-s3',
    patch: [
      {
        find: 'const buckets = await nombresDeBuckets(crearS3(entorno))',
        replace: 'const buckets = await nombresDeBuckets(crearS3(entorno)).catch(() => [])',
      },
    ],
  },
  {
    id: 'lo-que-haya',
    belief: 'Si falla una página, se enseñan las que llegaron y ya está.',
    exercise: '9.1.2',
    caughtBy: 'error-s3',
    patch: [
      {
        find: PAGES,
        replace: `try {\n  ${PAGES}\n  } catch (error) {\n    if (nombres.length === 0) throw error\n  }`,
      },
    ],
  },
  {
    id: 'solo-el-mensaje',
    belief: 'El mensaje de un error dice todo lo que hace falta.',
    exercise: '9.1.2',
    caughtBy: 'error-s3',
    patch: [{ find: 'error.name', replace: "'Error'" }],
  },
  {
    id: 'codigo-cero',
    belief: 'Si el error ya se escribió, el programa puede terminar con 0.',
    exercise: '9.1.2',
    caughtBy: 'error-s3',
    patch: [{ find: '    process.exitCode = 1\n', replace: '' }],
  },
  {
    id: 'identidad-desconocida',
    belief: 'Sin identidad se puede seguir: se escribe «desconocida» y listo.',
    exercise: '9.1.2',
    caughtBy: 'error-sts',
    patch: [
      {
        find: IDENTITY,
        replace: [
          "const desconocida = { Account: 'desconocida', Arn: 'desconocido' }",
          `${IDENTITY}.catch(() => desconocida)`,
        ].join('\n  '),
      },
    ],
  },
]
