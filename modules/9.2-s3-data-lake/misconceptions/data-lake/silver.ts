import type { Misconception } from '../../../../src/course/exercise.ts'

const exercise = '9.2.3'

const CHOOSE_TYPE = 'TIPOS.find(({ acepta }) => textos.length > 0 && textos.every(acepta)) ?? TEXTO'
const TRIM = '.map(fila => fila.map(campo => campo.trim()))'
const FIND_MISSING = '.filter(fila => !fila.some(campo => FALTANTES.has(campo)))'
const IS_INTEGER = '/^-?(0|[1-9]\\d{0,14})$/.test(texto)'
const IS_DECIMAL = '/^[+-]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)(e[+-]?\\d+)?$/i.test(texto)'
const IS_DAY = ' && dia.toISOString().startsWith(texto)'

/** About names, missing values and types. */
export const silverMisconceptions: readonly Misconception[] = [
  {
    id: 'nombres-repetidos',
    belief: 'Dos columnas nunca se llaman igual.',
    exercise,
    caughtBy: 'plata-nombres',
    patch: [
      {
        find: `for (let numero = 2; usados.has(libre); numero++) libre = \`\${limpio}_\${numero}\``,
        replace: '',
      },
    ],
  },
  {
    id: 'blancos-son-dato',
    belief: 'Un campo con espacios trae algo: los espacios.',
    exercise,
    caughtBy: 'plata-faltantes',
    patch: [
      { find: TRIM, replace: '' },
      { find: FIND_MISSING, replace: `${FIND_MISSING}\n    ${TRIM}` },
    ],
  },
  {
    id: 'faltantes-sin-mayusculas',
    belief: '«na», «Null» y «none» también significan que falta el dato.',
    exercise,
    caughtBy: 'plata-faltantes',
    patch: [
      {
        find: FIND_MISSING,
        replace:
          ".filter(fila => !fila.some(campo => ['', 'na', 'n/a', 'null', 'nan', 'none'].includes(campo.toLowerCase())))",
      },
    ],
  },
  {
    id: 'todo-texto',
    belief: 'Con los textos del CSV basta: quien lea el Parquet ya convertirá.',
    exercise,
    caughtBy: 'plata-numeros',
    patch: [{ find: CHOOSE_TYPE, replace: 'TEXTO' }],
  },
  {
    id: 'codigos-como-numeros',
    belief: 'Si solo tiene cifras es un número: 007 es 7.',
    exercise,
    caughtBy: 'plata-numeros',
    patch: [
      { find: IS_INTEGER, replace: '/^-?\\d{1,15}$/.test(texto)' },
      { find: IS_DECIMAL, replace: '/^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)(e[+-]?\\d+)?$/i.test(texto)' },
    ],
  },
  {
    id: 'number-decide',
    belief: 'Es un número si Number() lo acepta.',
    exercise,
    caughtBy: 'plata-numeros',
    patch: [{ find: IS_DECIMAL, replace: '!/^[+-]?0\\d/.test(texto) && !Number.isNaN(Number(texto))' }],
  },
  {
    id: 'fechas-en-hora-local',
    belief: 'Una hora sin zona es la hora de mi máquina.',
    exercise,
    caughtBy: 'plata-fechas',
    patch: [
      {
        find: `Date.parse(diceSuZona ? texto : \`\${texto}Z\`)`,
        replace: `Date.parse(diceSuZona ? texto : \`\${texto}\`)`,
      },
    ],
  },
  {
    id: 'dias-en-hora-local',
    belief: 'Un día empieza a medianoche de mi máquina.',
    exercise,
    caughtBy: 'plata-fechas',
    patch: [
      {
        find: 'convertir: Date.parse }',
        replace: `convertir: texto => Date.parse(\`\${texto}T00:00:00\`) }`,
      },
    ],
  },
  {
    id: 'treinta-de-febrero',
    belief: 'Si new Date() lo acepta, ese día existe.',
    exercise,
    caughtBy: 'plata-fechas',
    patch: [{ find: IS_DAY, replace: '' }],
  },
  {
    id: 'null-es-texto',
    belief: 'En un JSON, null es un texto como otro cualquiera.',
    exercise,
    caughtBy: 'plata-json',
    patch: [
      {
        find: "String(objeto[nombre] ?? '')",
        replace: "String(objeto[nombre] === null ? 'sin dato' : (objeto[nombre] ?? ''))",
      },
    ],
  },
  {
    id: 'every-de-nada',
    belief: 'Una columna sin valores es de números: every() dice que sí.',
    exercise,
    caughtBy: 'plata-vacia',
    patch: [{ find: 'textos.length > 0 && textos.every(acepta)', replace: 'textos.every(acepta)' }],
  },
]
