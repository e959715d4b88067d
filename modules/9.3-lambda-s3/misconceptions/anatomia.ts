import type { Misconception } from '../../../src/course/exercise.ts'

const exercise = '9.3.1'

const HANDLER = 'export async function handler('
const ECHO = "return { operacion: 'eco', datos: evento.datos }"
const NOTE = 'anotar(operacion, contexto)\n'
const REQUEST = 'solicitud: contexto.awsRequestId,'

export const anatomiaMisconceptions: readonly Misconception[] = [
  {
    id: 'json-dos-veces',
    belief: 'Lo que devuelve el handler tiene que ser ya un texto JSON.',
    exercise,
    caughtBy: 'eco',
    patch: [
      { find: ECHO, replace: "return JSON.stringify({ operacion: 'eco', datos: evento.datos }) as never" },
    ],
  },
  {
    id: 'respuesta-http',
    belief: 'Toda función contesta { statusCode, body }, la llame quien la llame.',
    exercise,
    caughtBy: 'eco',
    patch: [
      {
        find: ECHO,
        replace: "return { statusCode: 200, body: { operacion: 'eco', datos: evento.datos } } as never",
      },
    ],
  },
  {
    id: 'falso-es-nada',
    belief: 'Si los datos son falsos (0, false, null) es que no hay datos.',
    exercise,
    caughtBy: 'eco',
    patch: [{ find: ECHO, replace: "return { operacion: 'eco', datos: evento.datos || {} }" }],
  },
  {
    id: 'error-como-200',
    belief: 'Un error se devuelve: { statusCode: 500 } ya dice que algo falló.',
    exercise,
    caughtBy: 'fallar',
    patch: [
      {
        find: 'throw new Error(evento.mensaje)',
        replace: 'return { statusCode: 500, body: evento.mensaje } as never',
      },
    ],
  },
  {
    id: 'desconocida-sin-error',
    belief: 'Una operación que no conozco no es asunto mío: no contesto nada.',
    exercise,
    caughtBy: 'desconocida',
    patch: [
      {
        find: `throw new Error(\`no conozco la operación «\${operacion}»\`)`,
        replace: 'return null as never',
      },
    ],
  },
  {
    id: 'sin-await',
    belief: 'Basta con llamar a la función que espera: JavaScript ya se para ahí.',
    exercise,
    caughtBy: 'tiempo',
    patch: [{ find: 'await setTimeout(esperaMs)', replace: 'void setTimeout(esperaMs)' }],
  },
  {
    id: 'restante-una-vez',
    belief: 'El tiempo que queda es un dato del contexto: se lee una vez.',
    exercise,
    caughtBy: 'tiempo',
    patch: [{ find: 'despuesMs: contexto.getRemainingTimeInMillis()', replace: 'despuesMs: antesMs' }],
  },
  {
    id: 'memoria-como-texto',
    belief: 'Lo que da el contexto ya tiene el tipo que parece.',
    exercise,
    caughtBy: 'entorno',
    patch: [{ find: 'Number(contexto.memoryLimitInMB)', replace: 'contexto.memoryLimitInMB as never' }],
  },
  {
    id: 'memoria-fija',
    belief: 'La memoria es la que puse al crear la función: la escribo y ya está.',
    exercise,
    caughtBy: 'entorno',
    patch: [{ find: 'Number(contexto.memoryLimitInMB)', replace: '256' }],
  },
  {
    id: 'solicitud-guardada',
    belief: 'El contexto es siempre el mismo: lo guardo la primera vez.',
    exercise,
    caughtBy: 'entorno',
    patch: [
      { find: HANDLER, replace: `let primera: string | undefined\n\n${HANDLER}` },
      { find: REQUEST, replace: 'solicitud: (primera ??= contexto.awsRequestId),' },
    ],
  },
  {
    id: 'estado-compartido',
    belief: 'Cada invocación empieza de cero, también lo que está fuera del handler.',
    exercise,
    caughtBy: 'sin-estado',
    patch: [
      { find: HANDLER, replace: `const respuesta = {}\n\n${HANDLER}` },
      {
        find: ECHO,
        replace: "return Object.assign(respuesta, { operacion: 'eco', datos: evento.datos } as const)",
      },
      {
        find: "return {\n    operacion: 'entorno',",
        replace: "return Object.assign(respuesta, {\n    operacion: 'entorno' as const,",
      },
      {
        find: "region: process.env.AWS_REGION ?? '',\n  }",
        replace: "region: process.env.AWS_REGION ?? '',\n  })",
      },
    ],
  },
  {
    id: 'log-al-cargar',
    belief: 'El archivo se ejecuta entero en cada invocación.',
    exercise,
    caughtBy: 'log',
    patch: [
      { find: NOTE, replace: '' },
      { find: HANDLER, replace: `console.log('empieza una invocación')\n\n${HANDLER}` },
    ],
  },
  {
    id: 'log-de-todo',
    belief: 'Cuanto más se escriba en el log, mejor: el evento entero.',
    exercise,
    caughtBy: 'secretos',
    patch: [{ find: NOTE, replace: 'console.log(contexto.awsRequestId, JSON.stringify(evento))\n' }],
  },
]
