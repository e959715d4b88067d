import { type Check, fail, pass } from '../../../../src/course/check.ts'
import { describeEnd } from '../program-evidence.ts'
import { askHealth, askHealthOf, findWrongExit, findWrongStates, firstFinding } from './health-run.ts'
import { HEALTH_PATH, healthy, withHealthServer } from './health-server.ts'
import {
  allIn,
  BROKEN_STATES,
  HEALTHY_STATES,
  healthyStates,
  SERVICES,
  without,
  withStrangers,
} from './states.ts'

const asksTheEndpoint: Check = {
  id: 'pregunta',
  title: 'pregunta la salud al endpoint de AWS_ENDPOINT_URL',
  points: 4,
  hints: [
    '¿De dónde saca tu programa la dirección de la nube? Hoy está en un puerto y mañana puede estar en otro.',
    'La dirección llega en process.env.AWS_ENDPOINT_URL; la salud está en la ruta /_localstack/health. fetch hace el GET: https://developer.mozilla.org/es/docs/Web/API/Fetch_API',
    "const respuesta = await fetch(new URL('/_localstack/health', process.env.AWS_ENDPOINT_URL))",
  ],
  run: lab =>
    withHealthServer(healthy(healthyStates(lab.random)), async ({ endpoint, requests }) => {
      const result = await askHealth(lab, endpoint)
      if (requests.includes(`GET ${HEALTH_PATH}`)) return pass
      const seen = requests.length === 0 ? 'no llegó ninguna petición' : `llegó ${requests.join(' y ')}`
      return fail({ expected: `GET ${endpoint}${HEALTH_PATH}`, found: `${seen}; ${describeEnd(result)}` })
    }),
}

const printsTheStates: Check = {
  id: 'estados',
  title: 'escribe los ocho estados que contó la nube',
  points: 7,
  needs: ['pregunta'],
  hints: [
    'Lo que escribes, ¿es lo que respondió la nube o lo que esperabas que respondiera?',
    'El cuerpo es JSON: {"services": {"s3": "running", …}}. Response.json() o JSON.parse lo leen; recorre tu lista de ocho servicios y busca cada uno en services.',
    'const { services } = await respuesta.json()\nfor (const servicio of SERVICIOS) console.log(servicio, services[servicio])',
  ],
  run: async lab => {
    const states = withStrangers(lab.random, healthyStates(lab.random))
    const result = await askHealthOf(lab, healthy(states))
    return findWrongStates(result, states) ?? pass
  },
}

const endsWellWhenAllAnswer: Check = {
  id: 'sano',
  title: 'termina con 0 si los ocho están running o available',
  points: 4,
  needs: ['estados'],
  hints: [
    '¿Qué estados significan que un servicio atiende? Hay dos, y otros servicios de la respuesta no te importan.',
    'available quiere decir «arranca con la primera llamada»: también sirve. Array.prototype.every y process.exitCode: https://nodejs.org/api/process.html#processexitcode',
    "const sana = SERVICIOS.every(servicio => ['running', 'available'].includes(services[servicio]))\nprocess.exitCode = sana ? 0 : 1",
  ],
  run: async lab => {
    const cases = [
      ...HEALTHY_STATES.map(state => allIn(state)),
      withStrangers(lab.random, healthyStates(lab.random)),
    ]
    const findings = await Promise.all(
      cases.map(async states => findWrongExit(await askHealthOf(lab, healthy(states)), states)),
    )
    return firstFinding(findings) ?? pass
  },
}

const endsBadlyWhenOneFails: Check = {
  id: 'averiado',
  title: 'termina con 1 si un solo servicio no atiende, y lo escribe',
  points: 6,
  needs: ['estados'],
  hints: [
    'Si un solo servicio está en error, ¿con qué código termina tu programa? Míralo con: echo $?',
    'Otro programa (un script, la CI) solo mira el código de salida: 0 es «todo bien». Basta un estado que no sea running ni available para que sea 1.',
    "const averiados = SERVICIOS.filter(servicio => !['running', 'available'].includes(services[servicio]))\nprocess.exitCode = averiados.length === 0 ? 0 : 1",
  ],
  run: async lab => {
    const broken = lab.random.shuffle(BROKEN_STATES).slice(0, 3)
    const services = lab.random.shuffle(SERVICES)
    const cases = broken.map((state, position) => ({
      ...healthyStates(lab.random),
      [services[position] ?? 's3']: state,
    }))
    const findings = await Promise.all(
      cases.map(async states => {
        const result = await askHealthOf(lab, healthy(states))
        return findWrongStates(result, states) ?? findWrongExit(result, states)
      }),
    )
    return firstFinding(findings) ?? pass
  },
}

const namesTheAbsent: Check = {
  id: 'ausente',
  title: 'un servicio que no está en la respuesta es «ausente»',
  points: 3,
  needs: ['estados'],
  hints: [
    'Una nube pequeña no tiene los ocho servicios. ¿Qué escribe tu programa cuando la respuesta no nombra uno?',
    'Leer una clave que no existe da undefined; el operador ?? pone otro valor en su lugar. Y un servicio ausente no atiende.',
    "const estado = services[servicio] ?? 'ausente'",
  ],
  run: async lab => {
    const absent = lab.random.shuffle(SERVICES).slice(0, lab.random.integer(1, 4))
    const states = without(healthyStates(lab.random), absent)
    const result = await askHealthOf(lab, healthy(states))
    return findWrongStates(result, states) ?? findWrongExit(result, states) ?? pass
  },
}

/** What the program makes of a complete and correct answer. */
export const answerChecks: readonly Check[] = [
  asksTheEndpoint,
  printsTheStates,
  endsWellWhenAllAnswer,
  endsBadlyWhenOneFails,
  namesTheAbsent,
]
