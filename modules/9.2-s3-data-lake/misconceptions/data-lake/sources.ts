import type { Misconception } from '../../../../src/course/exercise.ts'

const exercise = '9.2.3'

const READ_FILE = 'await readFile(archivo)'
const WRITE_SILVER = `await escribirObjeto(s3, bucket, \`processed/\${destino}\`, await escribirParquet(plata))`
const PARSE = 'const [nombres, ...filas] = parse(bytes, opciones)'
const COUNT_LINES = `\`línea \${bytes.toString('latin1', 0, inicio).split('\\n').length}: \${motivo}\``
const CHECK_WIDTH = `if (fila.length !== campos) throw malFormada(\`tiene \${fila.length} campos y la cabecera \${campos}\`)`
const CHECK_BLANK =
  "if (bytes.toString('utf8', inicio, fin).trim() === '') throw malFormada('está en blanco')"

/** About what comes in: bytes, CSV, and rows that are none. */
export const sourceMisconceptions: readonly Misconception[] = [
  {
    id: 'marca-en-el-bucket',
    belief: 'Conviene dejar en el bucket un archivo que diga de quién es.',
    exercise,
    caughtBy: 'crea-estructura',
    patch: [
      {
        find: '    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error\n  }\n',
        replace:
          "    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error\n  }\n  await escribirObjeto(s3, bucket, 'LEEME.txt', Buffer.from('lago'))\n",
      },
    ],
  },
  {
    id: 'bronce-como-texto',
    belief: 'Un archivo de datos es texto: lo leo y lo guardo como UTF-8.',
    exercise,
    caughtBy: 'bronce-identico',
    patch: [{ find: READ_FILE, replace: "Buffer.from(await readFile(archivo, 'utf8'))" }],
  },
  {
    id: 'csv-renombrado',
    belief: 'Para tener un Parquet basta con que el nombre acabe en .parquet.',
    exercise,
    caughtBy: 'plata-parquet',
    patch: [
      {
        find: WRITE_SILVER,
        replace: `await escribirObjeto(s3, bucket, \`processed/\${destino}\`, Buffer.from([nombres, ...completas].map(fila => fila.join(',')).join('\\n')))`,
      },
    ],
  },
  {
    id: 'separa-por-comas',
    belief: 'Un CSV se separa por saltos de línea y por comas.',
    exercise,
    caughtBy: 'plata-comillas',
    patch: [
      {
        find: PARSE,
        replace:
          "const [nombres, ...filas] = bytes.toString().trimEnd().split(/\\r?\\n/).map(linea => linea.split(','))",
      },
    ],
  },
  {
    id: 'bom-en-el-nombre',
    belief: 'Decodificar UTF-8 ya quita el BOM.',
    exercise,
    caughtBy: 'plata-bom',
    patch: [
      { find: '    bom: true,\n', replace: '' },
      // trim() takes a BOM for a blank; who cuts blanks by hand does not.
      {
        find: "nombre.trim().toLowerCase().replace(/\\s+/g, '_')",
        replace: "nombre.replace(/^[ \\t]+|[ \\t]+$/g, '').toLowerCase().replace(/[ \\t]+/g, '_')",
      },
    ],
  },
  {
    id: 'tolera-filas-rotas',
    belief: 'Una fila con campos de más o de menos se puede saltar sin decir nada.',
    exercise,
    caughtBy: 'plata-malformadas',
    patch: [
      {
        find: 'return { nombres, filas }\n  } catch',
        replace: 'return { nombres, filas: filas.filter(fila => fila.length === nombres.length) }\n  } catch',
      },
      { find: CHECK_WIDTH, replace: '' },
    ],
  },
  {
    id: 'lineas-en-blanco',
    belief: 'Una línea en blanco no hace daño: se salta.',
    exercise,
    caughtBy: 'plata-malformadas',
    patch: [
      {
        find: '    relax_column_count: true,\n',
        replace: '    relax_column_count: true,\n    skip_empty_lines: true,\n',
      },
      { find: CHECK_BLANK, replace: '' },
    ],
  },
  {
    id: 'cuenta-filas-no-lineas',
    belief: 'La fila 17 está en la línea 17.',
    exercise,
    caughtBy: 'plata-malformadas',
    patch: [
      { find: COUNT_LINES, replace: `\`línea \${leidas + 1}: \${motivo}\`` },
      {
        find: '  let campos: number | undefined\n',
        replace: '  let campos: number | undefined\n  let leidas = 0\n',
      },
      { find: '    inicio = fin\n', replace: '    inicio = fin\n    leidas++\n' },
    ],
  },
]
