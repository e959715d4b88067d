import type { Check } from '../../../../src/course/check.ts'
import { createDirtyJson } from './dirty-shape.ts'
import { createDatesCsv, createNumbersCsv } from './dirty-types.ts'
import { defineCheck } from './lake.ts'
import { expectSilver, writesParquet } from './silver-text.ts'

export const typesNumbers: Check = defineCheck({
  id: 'plata-numeros',
  title: 'Cada columna de números tiene su tipo',
  points: 3,
  needs: [writesParquet.id],
  hints: [
    'Si todo es texto, ¿cuánto suman «9» y «10»? ¿Y es 007 un número o un código?',
    'Mira todos los valores que quedan en la columna: INT64 si todos son enteros de hasta 15 cifras (con - o sin él), DOUBLE si todos son decimales con punto (con + o exponente, o enteros más largos), STRING si alguno lleva ceros delante o no es número. Number() acepta cosas que aquí no lo son, como 0x1F.',
    'Entero: /^-?(0|[1-9]\\d{0,14})$/. Decimal: /^[+-]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)(e[+-]?\\d+)?$/i. Y every() sobre los valores de la columna',
  ],
  look: lab => expectSilver(lab, { purpose: 'numeros', bytes: createNumbersCsv(lab.random) }),
})

export const typesDates: Check = defineCheck({
  id: 'plata-fechas',
  title: 'Días e instantes, iguales en cualquier zona horaria',
  points: 3,
  needs: [writesParquet.id],
  hints: [
    'Aquí tu programa cree estar en Auckland. ¿A qué hora de UTC empieza allí el 1 de julio? ¿Cambia eso un día del calendario?',
    'DATE si todos son AAAA-MM-DD que existen (para JavaScript el 30 de febrero es 1 de marzo: compruébalo). TIMESTAMP si todos son ISO 8601 con hora; sin zona es UTC, pero Date.parse entiende la hora local. A parquetjs-lite dale Date: un día anterior a 1970 como número no lo acepta.',
    "Date.parse(/(Z|[+-]\\d{2}:\\d{2})$/.test(texto) ? texto : texto + 'Z'), y un día existe si new Date(texto + 'T00:00:00Z').toISOString().startsWith(texto), cuando no es Invalid Date",
  ],
  look: lab => expectSilver(lab, { purpose: 'fechas', bytes: createDatesCsv(lab.random) }),
})

export const readsJson: Check = defineCheck({
  id: 'plata-json',
  title: 'Un origen .json pasa por las mismas reglas',
  points: 2,
  needs: [writesParquet.id],
  hints: [
    'En un JSON, ¿cómo se ve un dato que falta? ¿Tienen todos los objetos las mismas claves?',
    'Es un arreglo de objetos planos: JSON.parse, una columna por clave que aparezca, y null o una clave ausente cuentan como faltantes. Con los valores como texto, lo demás ya lo tienes hecho.',
    "const nombres = [...new Set(objetos.flatMap(objeto => Object.keys(objeto)))]; const filas = objetos.map(objeto => nombres.map(nombre => String(objeto[nombre] ?? '')))",
  ],
  look: lab =>
    expectSilver(lab, { purpose: 'clientes', bytes: createDirtyJson(lab.random), extension: 'json' }),
})
