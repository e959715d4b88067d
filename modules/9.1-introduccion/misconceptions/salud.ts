import type { Misconception } from '../../../src/course/exercise.ts'

const FETCH = 'const respuesta = await fetch(url, { signal: AbortSignal.timeout(PLAZO_MILISEGUNDOS) })'
const READ_BODY = 'const cuerpo = await respuesta.text()'
const ASK = 'const salud = await consultarSalud(endpoint)'
const STATES = "const estados = SERVICIOS.map(servicio => salud[servicio] ?? 'ausente')"
const EXIT_CODE = 'return estados.every(atiende) ? 0 : 1'

/** Wrong beliefs about 9.1.1. */
export const saludMisconceptions: readonly Misconception[] = [
  {
    id: 'siempre-running',
    belief: 'Si mi programa corre, la nube está en marcha: no hace falta preguntar.',
    exercise: '9.1.1',
    caughtBy: 'pregunta',
    patch: [
      {
        find: ASK,
        replace: "const salud: Salud = Object.fromEntries(SERVICIOS.map(servicio => [servicio, 'running']))",
      },
    ],
  },
  {
    id: 'puerto-fijo',
    belief: 'La nube local está siempre en el puerto 4566.',
    exercise: '9.1.1',
    caughtBy: 'pregunta',
    patch: [{ find: ASK, replace: "const salud = await consultarSalud('http://127.0.0.1:4566')" }],
  },
  {
    id: 'si-esta-corre',
    belief: 'Si la respuesta nombra un servicio, ese servicio está en marcha.',
    exercise: '9.1.1',
    caughtBy: 'estados',
    patch: [
      {
        find: STATES,
        replace: "const estados = SERVICIOS.map(servicio => (servicio in salud ? 'running' : 'ausente'))",
      },
    ],
  },
  {
    id: 'available-caido',
    belief: 'Solo running significa que un servicio atiende.',
    exercise: '9.1.1',
    caughtBy: 'sano',
    patch: [
      {
        find: "estado === 'running' || estado === 'available'",
        replace: "estado === 'running'",
      },
    ],
  },
  {
    id: 'todos-los-servicios',
    belief: 'Cualquier servicio averiado de la nube es asunto mío.',
    exercise: '9.1.1',
    caughtBy: 'sano',
    patch: [
      {
        find: EXIT_CODE,
        replace: 'return Object.values(salud).every(atiende) ? 0 : 1',
      },
    ],
  },
  {
    id: 'siempre-cero',
    belief: 'Si el programa pudo escribir los estados, terminó bien: código 0.',
    exercise: '9.1.1',
    caughtBy: 'averiado',
    patch: [{ find: EXIT_CODE, replace: 'return estados.length > 0 ? 0 : 1' }],
  },
  {
    id: 'basta-uno',
    belief: 'Con un servicio en pie, la nube está sana.',
    exercise: '9.1.1',
    caughtBy: 'averiado',
    patch: [{ find: EXIT_CODE, replace: 'return estados.some(atiende) ? 0 : 1' }],
  },
  {
    id: 'ausente-vale',
    belief: 'De un servicio que la nube no tiene no hay nada que decir, y no es un fallo.',
    exercise: '9.1.1',
    caughtBy: 'ausente',
    patch: [
      {
        find: EXIT_CODE,
        replace: "return estados.every(estado => estado === 'ausente' || atiende(estado)) ? 0 : 1",
      },
    ],
  },
  {
    id: 'undefined',
    belief: 'Una clave que no está en el objeto ya se escribe sola.',
    exercise: '9.1.1',
    caughtBy: 'ausente',
    patch: [{ find: STATES, replace: 'const estados = SERVICIOS.map(servicio => String(salud[servicio]))' }],
  },
  {
    id: 'contesto-luego-vive',
    belief: 'Si contestó algo, aunque no sea JSON, la nube está viva.',
    exercise: '9.1.1',
    caughtBy: 'no-es-salud',
    patch: [
      {
        find: '  } catch {\n    return undefined',
        replace:
          "  } catch {\n    return Object.fromEntries(SERVICIOS.map(servicio => [servicio, 'running']))",
      },
    ],
  },
  {
    id: 'busca-en-el-texto',
    belief: 'Para saber el estado basta con buscar "s3": "running" en el texto.',
    exercise: '9.1.1',
    caughtBy: 'no-es-salud',
    patch: [
      {
        find: 'const { services } = JSON.parse(cuerpo)',
        replace: [
          'const parejas = cuerpo.matchAll(/"(\\w+)":\\s*"(\\w+)"/g)',
          'const services = Object.fromEntries([...parejas].map(([, servicio, estado]) => [servicio, estado]))',
        ].join('\n    '),
      },
    ],
  },
  {
    id: 'error-por-stdout',
    belief: 'Un mensaje de error se escribe igual que los demás, con console.log.',
    exercise: '9.1.1',
    caughtBy: 'no-es-salud',
    patch: [{ find: 'console.error(', replace: 'console.log(' }],
  },
  {
    id: 'codigo-http-ignorado',
    belief: 'fetch lanza un error cuando el servidor responde 503.',
    exercise: '9.1.1',
    caughtBy: 'codigo-http',
    patch: [{ find: 'if (!respuesta.ok)', replace: 'if (respuesta.status === 0)' }],
  },
  {
    id: 'endpoint-de-repuesto',
    belief: 'Sin AWS_ENDPOINT_URL se puede suponer que la nube es localhost:4566.',
    exercise: '9.1.1',
    caughtBy: 'sin-endpoint',
    patch: [
      {
        find: 'const endpoint = entorno.AWS_ENDPOINT_URL',
        replace: "const endpoint = entorno.AWS_ENDPOINT_URL ?? 'http://localhost:4566'",
      },
    ],
  },
  {
    id: 'reintenta-sin-fin',
    belief: 'Si la nube está apagada, lo mejor es insistir hasta que arranque.',
    exercise: '9.1.1',
    caughtBy: 'puerto-muerto',
    patch: [
      {
        find: FETCH,
        replace: [
          'let respuesta: Response | undefined',
          'while (respuesta === undefined) {',
          '  try {',
          '    respuesta = await fetch(url, { signal: AbortSignal.timeout(PLAZO_MILISEGUNDOS) })',
          '  } catch {',
          '    await new Promise(resolve => setTimeout(resolve, 200))',
          '  }',
          '}',
        ].join('\n  '),
      },
    ],
  },
  {
    id: 'sin-plazo',
    belief: 'fetch se cansa solo si el servidor no responde.',
    exercise: '9.1.1',
    caughtBy: 'plazo',
    patch: [{ find: FETCH, replace: 'const respuesta = await fetch(url)' }],
  },
  {
    id: 'carrera-sin-cortar',
    belief: 'Si mi temporizador gana la carrera, la petición deja de existir.',
    exercise: '9.1.1',
    caughtBy: 'plazo',
    patch: [
      {
        find: FETCH,
        replace: [
          'const vencido = new Promise<never>((_, reject) => {',
          "  setTimeout(() => reject(new Error('no respondió en 5 s')), PLAZO_MILISEGUNDOS).unref()",
          '})',
          'const respuesta = await Promise.race([fetch(url), vencido])',
        ].join('\n  '),
      },
    ],
  },
  {
    id: 'plazo-de-cabeceras',
    belief: 'Cuando llegan las cabeceras, ya llegó la respuesta: se puede parar el reloj.',
    exercise: '9.1.1',
    caughtBy: 'plazo',
    patch: [
      {
        find: FETCH,
        replace: [
          'const control = new AbortController()',
          'const reloj = setTimeout(() => control.abort(), PLAZO_MILISEGUNDOS)',
          'const respuesta = await fetch(url, { signal: control.signal }).finally(() => clearTimeout(reloj))',
        ].join('\n  '),
      },
    ],
  },
  {
    id: 'plazo-por-silencio',
    belief: 'Mientras sigan llegando bytes, la nube responde a tiempo.',
    exercise: '9.1.1',
    caughtBy: 'plazo',
    patch: [
      {
        find: FETCH,
        replace: [
          'const control = new AbortController()',
          'let reloj = setTimeout(() => control.abort(), PLAZO_MILISEGUNDOS)',
          'const respuesta = await fetch(url, { signal: control.signal }).finally(() => clearTimeout(reloj))',
        ].join('\n  '),
      },
      {
        find: READ_BODY,
        replace: [
          "let cuerpo = ''",
          'reloj = setTimeout(() => control.abort(), PLAZO_MILISEGUNDOS)',
          'for await (const trozo of respuesta.body ?? []) {',
          '  clearTimeout(reloj)',
          '  reloj = setTimeout(() => control.abort(), PLAZO_MILISEGUNDOS)',
          '  cuerpo += Buffer.from(trozo).toString()',
          '}',
          'clearTimeout(reloj)',
        ].join('\n  '),
      },
    ],
  },
  {
    id: 'sin-prisa',
    belief: 'Mientras haya un plazo, da igual que sea de 5 s o de 10.',
    exercise: '9.1.1',
    caughtBy: 'plazo',
    patch: [{ find: 'PLAZO_MILISEGUNDOS = 5_000', replace: 'PLAZO_MILISEGUNDOS = 10_000' }],
  },
  {
    id: 'impaciente',
    belief: 'Una nube que tarda dos segundos está caída.',
    exercise: '9.1.1',
    caughtBy: 'plazo',
    patch: [{ find: 'PLAZO_MILISEGUNDOS = 5_000', replace: 'PLAZO_MILISEGUNDOS = 2_000' }],
  },
]
