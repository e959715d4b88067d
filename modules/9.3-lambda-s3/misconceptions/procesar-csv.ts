import type { Misconception } from '../../../src/course/exercise.ts'

const exercise = '9.3.2'

const DECODE = "return decodeURIComponent(key.replaceAll('+', ' '))"
const IS_CSV = "if (!key.startsWith('raw/') || !/\\.csv$/i.test(key)) return undefined"
const DESTINATION = `return \`processed/\${key.slice('raw/'.length, -'.csv'.length)}.parquet\``
const RESULT = 'resultados.push({ origen, destino, filas })'
const PROCESS = 'const filas = await procesar(aviso.bucket.name, origen, destino)'
const GROUP = 'const PESO_DEL_GRUPO = 4 * 1024 * 1024'

export const procesarCsvMisconceptions: readonly Misconception[] = [
  {
    id: 'respuesta-http',
    belief: 'Una función contesta { statusCode: 200, body } también cuando la llama S3.',
    exercise,
    caughtBy: 'resultado',
    patch: [
      {
        find: '  return resultados\n',
        replace: '  return { statusCode: 200, body: JSON.stringify(resultados) } as never\n',
      },
    ],
  },
  {
    id: 'sin-carpetas',
    belief: 'El nombre del archivo es el último trozo de la key.',
    exercise,
    caughtBy: 'ruta',
    patch: [
      {
        find: DESTINATION,
        replace: `return \`processed/\${key.split('/').at(-1)?.slice(0, -'.csv'.length)}.parquet\``,
      },
    ],
  },
  {
    id: 'quita-el-primer-csv',
    belief: 'replace(".csv", "") quita la extensión.',
    exercise,
    caughtBy: 'extension',
    patch: [
      {
        find: DESTINATION,
        replace: `return \`processed/\${key.slice('raw/'.length).replace(/\\.csv/i, '')}.parquet\``,
      },
    ],
  },
  {
    id: 'sin-decodificar',
    belief: 'La key del evento es la key del objeto.',
    exercise,
    caughtBy: 'codificadas',
    patch: [{ find: DECODE, replace: 'return key' }],
  },
  {
    id: 'deja-los-mas',
    belief: 'Con decodeURIComponent la key ya está como era.',
    exercise,
    caughtBy: 'codificadas',
    patch: [{ find: DECODE, replace: 'return decodeURIComponent(key)' }],
  },
  {
    id: 'mas-despues',
    belief: 'Da igual cambiar los + antes o después de decodificar.',
    exercise,
    caughtBy: 'codificadas',
    patch: [{ find: DECODE, replace: "return decodeURIComponent(key).replaceAll('+', ' ')" }],
  },
  {
    id: 'primer-registro',
    belief: 'Cada evento trae un solo objeto: Records[0].',
    exercise,
    caughtBy: 'registros',
    patch: [{ find: 'of evento.Records ?? []', replace: 'of (evento.Records ?? []).slice(0, 1)' }],
  },
  {
    id: 'solo-minusculas',
    belief: 'Los CSV acaban en .csv, en minúsculas.',
    exercise,
    caughtBy: 'mayusculas',
    patch: [
      { find: IS_CSV, replace: "if (!key.startsWith('raw/') || !key.endsWith('.csv')) return undefined" },
    ],
  },
  {
    id: 'cualquier-evento',
    belief: 'S3 solo avisa de lo que se crea.',
    exercise,
    caughtBy: 'ignora',
    patch: [
      {
        find: "if (destino === undefined || !eventName.startsWith('ObjectCreated:')) {",
        replace: "if (destino === undefined || eventName === '') {",
      },
    ],
  },
  {
    id: 'ignorados-en-el-resultado',
    belief: 'Lo que no se procesa también se cuenta en la respuesta.',
    exercise,
    caughtBy: 'ignora',
    patch: [
      {
        find: `console.log(\`ignorado: \${eventName} de \${origen}\`)`,
        replace: `console.log(\`ignorado: \${eventName} de \${origen}\`)\n      resultados.push({ origen, destino: '', filas: 0 })`,
      },
    ],
  },
  {
    id: 'traga-errores',
    belief: 'Una función no debe fallar nunca: el error se escribe en el log y se sigue.',
    exercise,
    caughtBy: 'vacios',
    patch: [
      {
        find: `    ${PROCESS}\n    ${RESULT}`,
        replace: `    try {\n      ${PROCESS}\n      ${RESULT}\n    } catch (error) {\n      console.error(error)\n    }`,
      },
    ],
  },
  {
    id: 'fecha-en-el-nombre',
    belief: 'Un nombre con la fecha evita pisar lo que ya había.',
    exercise,
    caughtBy: 'parquet',
    patch: [
      {
        find: DESTINATION,
        replace: `return \`processed/\${key.slice('raw/'.length, -'.csv'.length)}-\${Date.now()}.parquet\``,
      },
    ],
  },
  {
    id: 'copia-con-fecha',
    belief: 'Además del Parquet conviene guardar una copia con la fecha, por si acaso.',
    exercise,
    caughtBy: 'ruta',
    patch: [
      {
        find: PROCESS,
        replace: `${PROCESS}\n    await procesar(aviso.bucket.name, origen, destino.replace('processed/', \`historico/\${Date.now()}-\`))`,
      },
    ],
  },
  {
    id: 'todo-en-memoria',
    belief: 'Si el archivo cabe en el disco, cabe en la memoria.',
    exercise,
    caughtBy: 'memoria',
    patch: [{ find: GROUP, replace: 'const PESO_DEL_GRUPO = Number.POSITIVE_INFINITY' }],
  },
]
