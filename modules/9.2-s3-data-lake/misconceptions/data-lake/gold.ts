import type { Misconception } from '../../../../src/course/exercise.ts'

const exercise = '9.2.3'

const READ_SILVER = `const plata = await leerParquet(await leerObjeto(s3, bucket, \`processed/\${origen}\`))`
const SORT = 'const grupos = [...agruparFilas(claves)].sort(([una], [otra]) => (una < otra ? -1 : 1))'
const COUNT_OF_GROUP = 'suma / (cuentas[grupo] ?? 0)'
const COUNT_COLUMN = 'vectorFromArray(cuentas.map(BigInt), new Int64())'
const METRICS = 'Object.entries(metricas)'
const GROUP_COLUMN = '{ [grupo]: vectorFromArray(nombresDeGrupo, claves.type) }'
const RETURN_ROWS = '  return completas.length\n'
const WRITE_GOLD = `await escribirObjeto(s3, bucket, \`curated/\${destino}\`, await escribirParquet(new Table(oro)))`

/** About Oro. */
export const goldMisconceptions: readonly Misconception[] = [
  {
    id: 'categorias-fijas',
    belief: 'Las categorías son las que ya conozco.',
    exercise,
    caughtBy: 'oro-grupos',
    patch: [
      {
        find: SORT,
        replace: `const conocidas = ['Alimentos', 'Deportes', 'Electrónica', 'Hogar', 'Juguetes', 'Papelería']
  const grupos = [...agruparFilas(claves)].filter(([clave]) => conocidas.includes(String(clave)))`,
      },
    ],
  },
  {
    id: 'orden-de-diccionario',
    belief: 'Los grupos van en el orden del diccionario.',
    exercise,
    caughtBy: 'oro-grupos',
    patch: [{ find: '(una < otra ? -1 : 1)', replace: 'String(una).localeCompare(String(otra))' }],
  },
  {
    id: 'media-de-todo',
    belief: 'La media de un grupo es su suma entre todas las filas.',
    exercise,
    caughtBy: 'oro-metricas',
    patch: [{ find: COUNT_OF_GROUP, replace: 'suma / grupos.flat().length' }],
  },
  {
    id: 'cuenta-con-decimales',
    belief: 'Un número es un número: contar también da un DOUBLE.',
    exercise,
    caughtBy: 'oro-tipos',
    patch: [{ find: COUNT_COLUMN, replace: 'vectorFromArray(cuentas, new Float64())' }],
  },
  {
    id: 'grupo-como-texto',
    belief: 'El nombre de un grupo es siempre un texto.',
    exercise,
    caughtBy: 'oro-grupos',
    patch: [
      { find: GROUP_COLUMN, replace: '{ [grupo]: vectorFromArray(nombresDeGrupo.map(String), new Utf8()) }' },
    ],
  },
  {
    id: 'metrica-fija',
    belief: 'Siempre se suma el monto.',
    exercise,
    caughtBy: 'oro-parametros',
    patch: [{ find: METRICS, replace: "Object.entries({ monto: ['sum', 'mean', 'count'] as Agregado[] })" }],
  },
  {
    id: 'oro-desde-bronce',
    belief: 'Oro se puede calcular con lo que llegó, y así no hay que leer Parquet.',
    exercise,
    caughtBy: 'oro-desde-plata',
    patch: [
      {
        find: READ_SILVER,
        replace: `const { nombres: cabecera, filas: crudas } = leerCsv(await leerObjeto(s3, bucket, \`raw/\${origen.replace('.parquet', '.csv')}\`))
  const plata = crearTabla(limpiarNombres(cabecera), crudas)`,
      },
    ],
  },
  {
    id: 'oro-desde-memoria',
    belief: 'La Plata que limpié sigue en una variable: no hace falta volver a leerla.',
    exercise,
    caughtBy: 'oro-desde-plata',
    patch: [
      {
        find: '/** Crea el bucket del lago',
        replace: 'const recordadas = new Map<string, Table>()\n\n/** Crea el bucket del lago',
      },
      { find: RETURN_ROWS, replace: `  recordadas.set(\`\${bucket}/\${destino}\`, plata)\n${RETURN_ROWS}` },
      {
        find: READ_SILVER,
        replace: `const plata = recordadas.get(\`\${bucket}/\${origen}\`)
  if (plata === undefined) throw new Error('todavía no hay Plata')`,
      },
    ],
  },
  {
    id: 'archivos-de-trabajo',
    belief: 'Los archivos intermedios se pueden quedar en el bucket.',
    exercise,
    caughtBy: 'sin-restos',
    patch: [
      {
        find: WRITE_GOLD,
        replace: `${WRITE_GOLD}\n  await escribirObjeto(s3, bucket, \`curated/_tmp/\${destino}.json\`, Buffer.from(JSON.stringify(nombresDeGrupo.map(String))))`,
      },
    ],
  },
  {
    id: 'solo-ventas',
    belief: 'Con la primera fuente basta para dar el programa por hecho.',
    exercise,
    caughtBy: 'programa',
    patch: [
      {
        find: "await limpiarPlata(s3, BUCKET, 'clientes.json', 'clientes.parquet')",
        replace: '0',
      },
    ],
  },
]
