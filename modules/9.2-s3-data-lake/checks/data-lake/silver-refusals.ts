import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { createBucket, listKeys } from '../grader-s3/objects.ts'
import { listLine } from '../grader-s3/shell.ts'
import { createMalformedCsvs, createRefusedCsvs, createRowlessCsvs } from './dirty-shape.ts'
import {
  askStudent,
  createSource,
  defineCheck,
  refuse,
  refuseClaim,
  type SourceDraft,
  showSourceLine,
} from './lake.ts'
import { cleanCsv } from './oracle.ts'
import { expectSilver, writesParquet } from './silver-text.ts'

export const namesMalformedLine: Check = defineCheck({
  id: 'plata-malformadas',
  title: 'Una fila mal formada es un error que nombra su línea',
  points: 3,
  needs: [writesParquet.id],
  hints: [
    'Si a una fila le sobra una coma, ¿qué columna es cada valor? ¿Qué necesita saber quien tenga que arreglar el archivo?',
    'Mal formada: otro número de campos que la cabecera, una línea en blanco, una comilla suelta. El error nombra la línea del archivo en la que *empieza* la fila, y no se escribe nada. Un campo entre comillas ocupa varias líneas, y csv-parse cuenta dos veces un CRLF entre comillas: en on_record, su segundo argumento dice en bytes dónde acaba cada fila.',
    "on_record: (fila, { bytes }) => { if (fila.length !== campos) throw new Error('línea ' + linea()); inicio = bytes; return fila }, con relax_column_count: true y linea = los '\\n' que hay antes de inicio, más uno",
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'malformadas')
    for (const [index, { what, bytes }] of createMalformedCsvs(lab.random).entries()) {
      const cleaning = cleanCsv(bytes)
      if (cleaning.kind !== 'malformed') throw new Error(`the generated source «${what}» is not malformed`)
      await expectError(lab, { bucket, purpose: `mal-${index}`, what, bytes, line: cleaning.line })
    }
    await refuseWritten(lab, bucket)
  },
})

export const refusesOrEmpties: Check = defineCheck({
  id: 'plata-vacia',
  title: 'Sin filas, un Parquet sin filas; sin cabecera, un error',
  points: 1,
  needs: [writesParquet.id],
  hints: [
    '¿Son lo mismo un archivo vacío y un archivo con cabecera y ninguna fila?',
    'Un archivo vacío y un nombre de columna vacío son errores. Si no queda ninguna fila no hay de qué deducir los tipos: todas las columnas son STRING, y every() de un arreglo vacío es true.',
    'const tipo = textos.length === 0 ? TEXTO : TIPOS.find(({ acepta }) => textos.every(acepta))',
  ],
  look: async lab => {
    const bucket = await createBucket(lab, 'vacios')
    for (const [index, { what, bytes }] of createRefusedCsvs(lab.random).entries()) {
      await expectError(lab, { bucket, purpose: `sin-cabecera-${index}`, what, bytes })
    }
    await refuseWritten(lab, bucket)
    for (const [index, { bytes }] of createRowlessCsvs(lab.random).entries()) {
      await expectSilver(lab, { bucket, purpose: `sin-filas-${index}`, bytes })
    }
  },
})

/** Cleaning a source must throw, and name the line if there is one. */
async function expectError(
  lab: Lab,
  { what, line, ...draft }: SourceDraft & { readonly what: string; readonly line?: number },
): Promise<void> {
  const source = await createSource(lab, draft)
  const tryIt = showSourceLine(source)
  const where = line === undefined ? '' : ` que nombra la línea ${line}`
  const expected = `${what}: un error${where}`
  const call = { name: 'limpiarPlata', args: [source.bucket, source.origin, source.destination] }
  const claim = await askStudent(lab, call)
  if (claim.kind === 'value') refuse({ expected, found: 'terminó como si todo hubiera ido bien', tryIt })
  const isRight = claim.kind === 'error' && (line === undefined || namesLine(claim.message, line))
  if (!isRight) refuseClaim(claim, { expected, tryIt })
}

/** Ends the check if anything but sources lies in the bucket. */
async function refuseWritten(lab: Lab, bucket: string): Promise<void> {
  const written = (await listKeys(lab, bucket)).find(key => !key.startsWith('raw/'))
  if (written === undefined) return
  refuse({ expected: 'con un error no se escribe nada', found: `«${written}»`, tryIt: listLine(bucket) })
}

/** Whether the number stands in the message by itself. */
function namesLine(message: string, line: number): boolean {
  return new RegExp(`(?<!\\d)${line}(?!\\d)`).test(message)
}
