import type { Misconception } from '../../../../src/course/exercise.ts'

const exercise = '9.2.2'

/** Wrong lifecycle rules. */
export const lifecycleMisconceptions: readonly Misconception[] = [
  {
    id: 'caduca-todo',
    belief: 'Una regla sin prefijo solo vale para raw/',
    exercise,
    caughtBy: 'ciclo-raw',
    patch: [{ find: "Filter: { Prefix: 'raw/' }", replace: "Filter: { Prefix: '' }" }],
  },
  {
    id: 'prefijo-sin-barra',
    belief: 'El prefijo raw no alcanza a raw-old/',
    exercise,
    caughtBy: 'ciclo-raw',
    patch: [{ find: "Filter: { Prefix: 'raw/' }", replace: "Filter: { Prefix: 'raw' }" }],
  },
  {
    id: 'barra-delante',
    belief: 'Una carpeta empieza por /',
    exercise,
    caughtBy: 'ciclo-raw',
    patch: [{ find: "Filter: { Prefix: 'raw/' }", replace: "Filter: { Prefix: '/raw/' }" }],
  },
  {
    id: 'regla-apagada',
    belief: 'Una regla escrita ya actúa',
    exercise,
    caughtBy: 'ciclo-raw',
    patch: [
      {
        find: "ID: 'caducar-raw',\n      Status: 'Enabled'",
        replace: "ID: 'caducar-raw',\n      Status: 'Disabled'",
      },
    ],
  },
  {
    id: 'restos-solo-de-raw',
    belief: 'Las versiones viejas solo están en raw/',
    exercise,
    caughtBy: 'ciclo-restos',
    patch: [{ find: "Filter: { Prefix: '' }", replace: "Filter: { Prefix: 'raw/' }" }],
  },
  {
    id: 'dias-cambiados',
    belief: '30 días para las subidas y 7 para las versiones',
    exercise,
    caughtBy: 'ciclo-restos',
    patch: [
      { find: 'NoncurrentDays: 30', replace: 'NoncurrentDays: 7' },
      { find: 'DaysAfterInitiation: 7', replace: 'DaysAfterInitiation: 30' },
    ],
  },
  {
    id: 'borra-reglas',
    belief: 'Escribir una regla la añade a las que había',
    exercise,
    caughtBy: 'ciclo-conserva',
    patch: [{ find: 'Rules: [...ajenas, ...nuestras]', replace: 'Rules: nuestras.slice(ajenas.length * 0)' }],
  },
  {
    id: 'reemplaza-por-prefijo',
    belief: 'Otra regla de raw/ es la mía de antes',
    exercise,
    caughtBy: 'ciclo-conserva',
    patch: [
      {
        find: 'filter(regla => !nuestrosIds.includes(regla.ID))',
        replace: "filter(regla => !nuestrosIds.includes(regla.ID) && regla.Filter?.Prefix !== 'raw/')",
      },
    ],
  },
  {
    id: 'reglas-repetidas',
    belief: 'Cada llamada añade sus reglas con un ID nuevo',
    exercise,
    caughtBy: 'ciclo-repetir',
    patch: [
      { find: "ID: 'caducar-raw'", replace: "ID: 'caducar-raw-' + crypto.randomUUID()" },
      { find: "ID: 'limpiar-restos'", replace: "ID: 'limpiar-restos-' + crypto.randomUUID()" },
    ],
  },
  {
    id: 'error-es-ninguna',
    belief: 'Si leer las reglas falla, es que no hay',
    exercise,
    caughtBy: 'ciclo-ilegible',
    patch: [
      {
        find: "if (error instanceof S3ServiceException && error.name === 'NoSuchLifecycleConfiguration') return []",
        replace: 'if (error instanceof S3ServiceException) return []',
      },
    ],
  },
  {
    id: 'guarda-tres',
    belief: 'Conservar tres versiones de más no cambia nada',
    exercise,
    caughtBy: 'ciclo-reloj',
    patch: [
      { find: '{ NoncurrentDays: 30 }', replace: '{ NoncurrentDays: 30, NewerNoncurrentVersions: 3 }' },
    ],
  },
]
