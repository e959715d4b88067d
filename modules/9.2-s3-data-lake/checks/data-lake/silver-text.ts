import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { createBucket } from '../grader-s3/objects.ts'
import {
  createBomCsv,
  createMissingCsv,
  createNamesCsv,
  createPlainCsv,
  createQuotedBomCsv,
  createQuotedCsv,
} from './dirty-text.ts'
import {
  cleanSource,
  createSource,
  defineCheck,
  refuse,
  refuseDifference,
  type SourceDraft,
  showSourceLine,
} from './lake.ts'
import { type Cleaning, cleanCsv, cleanJson } from './oracle.ts'
import type { Table } from './table.ts'
import { describeTableDifference } from './table-difference.ts'

/** Lets the student clean a source, and compares all of what it left with the oracle. */
export async function expectSilver(lab: Lab, draft: SourceDraft): Promise<void> {
  const table = tableOf(draft.extension === 'json' ? cleanJson(draft.bytes) : cleanCsv(draft.bytes))
  const source = await createSource(lab, draft)
  const { content, claimedRows } = await cleanSource(lab, source)
  const tryIt = showSourceLine(source)
  refuseDifference(describeTableDifference(table, content), tryIt)
  if (claimedRows === table.rowCount) return
  refuse({
    expected: `limpiarPlata devuelve ${table.rowCount}, sus filas`,
    found: `devolvió ${typeof claimedRows === 'number' ? claimedRows : `algo de tipo ${typeof claimedRows}`}`,
    tryIt,
  })
}

/** The table that a good source is cleaned to. */
export function tableOf(cleaning: Cleaning): Table {
  if (cleaning.kind !== 'table') throw new Error(`the generated source is ${cleaning.kind}`)
  return cleaning.table
}

export const writesParquet: Check = defineCheck({
  id: 'plata-parquet',
  title: 'limpiarPlata deja un Parquet con las filas del CSV',
  points: 3,
  hints: [
    'Cambiar el final del nombre de un archivo, ¿cambia lo que hay dentro? ¿Qué ganas con columnas y tipos en lugar de texto?',
    'Lee raw/<origen> con GetObjectCommand, sepáralo con csv-parse, haz una Table de apache-arrow y escríbela con parquetjs-lite: aquí, con crearTabla y escribirParquet. Devuelve cuántas filas quedaron.',
    "const { nombres, filas } = leerCsv(await leerObjeto(s3, bucket, 'raw/' + origen)); await escribirObjeto(s3, bucket, 'processed/' + destino, await escribirParquet(crearTabla(nombres, filas))); return filas.length",
  ],
  look: lab => expectSilver(lab, { purpose: 'limpio', bytes: createPlainCsv(lab.random) }),
})

export const cleansNames: Check = defineCheck({
  id: 'plata-nombres',
  title: 'Los nombres de las columnas quedan limpios y únicos',
  points: 2,
  needs: [writesParquet.id],
  hints: [
    '¿Qué pasaría con dos columnas «Total» y «total » al pedir una por su nombre?',
    'trim(), toLowerCase() y replace(/\\s+/g, "_"), en ese orden. Los acentos se quedan. Un nombre repetido lleva _2, _3…, y si ese ya está cogido, el siguiente libre: recuerda los usados en un Set.',
    "let libre = limpio; for (let numero = 2; usados.has(libre); numero++) libre = limpio + '_' + numero; usados.add(libre)",
  ],
  look: lab => expectSilver(lab, { purpose: 'nombres', bytes: createNamesCsv(lab.random) }),
})

export const readsQuotes: Check = defineCheck({
  id: 'plata-comillas',
  title: 'Comas, comillas y saltos de línea dentro de un campo',
  points: 3,
  needs: [writesParquet.id],
  hints: [
    'En «"Quito, Ecuador",12», ¿cuántos campos hay? ¿Y dónde acaba una fila si un campo trae un salto de línea?',
    'RFC 4180: entre comillas todo vale, y "" es una comilla. parse de csv-parse/sync ya lo sabe; con record_delimiter eliges qué separa las filas (LF o CRLF). split(",") y split("\\n") no lo saben.',
    "parse(contenido, { record_delimiter: ['\\r\\n', '\\n'] }) da un arreglo de filas; la primera es la cabecera",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'comillas')
    await expectSilver(lab, { bucket, purpose: 'con-lf', bytes: createQuotedCsv(lab.random, '\n') })
    await expectSilver(lab, { bucket, purpose: 'con-crlf', bytes: createQuotedCsv(lab.random, '\r\n') })
  },
})

export const skipsBom: Check = defineCheck({
  id: 'plata-bom',
  title: 'El BOM no forma parte del primer nombre',
  points: 1,
  needs: [writesParquet.id],
  hints: [
    'Hay archivos que empiezan por tres bytes que no se ven (EF BB BF). ¿En qué columna acaban?',
    'csv-parse lo quita con la opción bom: true. Si decodificas tú, TextDecoder también lo quita; toString("utf8") no.',
    'parse(contenido, { bom: true, … })',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'bom')
    await expectSilver(lab, { bucket, purpose: 'bom', bytes: createBomCsv(lab.random) })
    await expectSilver(lab, { bucket, purpose: 'bom-y-comillas', bytes: createQuotedBomCsv(lab.random) })
  },
})

export const dropsMissing: Check = defineCheck({
  id: 'plata-faltantes',
  title: 'Descarta las filas a las que les falta un dato',
  points: 3,
  needs: [writesParquet.id],
  hints: [
    '¿Es «   » un dato? ¿Y « NA »? ¿Y «na»? Lee otra vez qué cuenta como faltante.',
    'Primero trim(), después comparar: falta si queda vacío o es exactamente NA, N/A, NULL, null, NaN, nan o None. Basta un campo para descartar la fila; los demás valores se guardan recortados.',
    'filas.map(fila => fila.map(campo => campo.trim())).filter(fila => !fila.some(campo => FALTANTES.has(campo)))',
  ],
  look: lab => expectSilver(lab, { purpose: 'faltantes', bytes: createMissingCsv(lab.random) }),
})
