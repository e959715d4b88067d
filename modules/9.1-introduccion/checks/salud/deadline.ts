import { type Check, pass } from '../../../../src/course/check.ts'
import type { Lab, ProgramResult, Student } from '../../../../src/course/lab.ts'
import {
  askHealthOf,
  findUnreportedFailure,
  findWrongExit,
  findWrongStates,
  firstFinding,
} from './health-run.ts'
import { dripping, halfBody, late, silent } from './health-server.ts'
import { healthyStates, type States } from './states.ts'

/** When a program that keeps the deadline of 5 s has surely ended, also on a busy machine, seconds. */
const PATIENCE_SECONDS = 9

/** An answer that is slow, but inside the deadline of 5 s. */
const SLOW_ANSWER_MILLISECONDS = 3_500

/** The four slow servers, asked at once: one deadline of waiting instead of four. */
interface SlowRuns {
  readonly silent: ProgramResult
  readonly halfBody: ProgramResult
  readonly dripping: ProgramResult
  readonly late: ProgramResult
  readonly lateStates: States
}

const runsByStudent = new WeakMap<Student, Promise<SlowRuns>>()

const survivesASilentPort: Check = {
  id: 'puerto-mudo',
  title: 'si nadie responde en 5 s, lo dice y termina con 1',
  points: 4,
  needs: ['puerto-muerto'],
  hints: [
    'Un servidor puede aceptar la conexión y no decir nada nunca. ¿Cuánto espera tu programa?',
    'fetch no tiene plazo propio: se le da una señal que vence. https://developer.mozilla.org/es/docs/Web/API/AbortSignal/timeout_static. Si además corres un temporizador aparte, la conexión abierta impide que el proceso termine.',
    'await fetch(url, { signal: AbortSignal.timeout(5_000) })',
  ],
  run: async lab => {
    const runs = await runSlowServers(lab)
    return findUnreportedFailure(runs.silent, 'el puerto acepta la conexión y calla') ?? pass
  },
}

const keepsTheDeadlineToTheEnd: Check = {
  id: 'ultimo-byte',
  title: 'los 5 s llegan hasta el último byte del cuerpo',
  points: 4,
  needs: ['puerto-muerto'],
  hints: [
    'Las cabeceras llegaron a tiempo, pero el cuerpo se quedó a medias. ¿Tu plazo sigue corriendo?',
    'El plazo tiene que cubrir también la lectura del cuerpo (json(), text()). La opción timeout de node:http mide silencios, no el total: un goteo la engaña.',
    'const señal = AbortSignal.timeout(5_000) // una sola, para todo\nconst respuesta = await fetch(url, { signal: señal })\nconst salud = await respuesta.json() // la misma señal corta esta lectura',
  ],
  run: async lab => {
    const runs = await runSlowServers(lab)
    const findings = [
      findUnreportedFailure(runs.halfBody, 'el cuerpo se queda a medias'),
      findUnreportedFailure(runs.dripping, 'el cuerpo gotea sin terminar'),
    ]
    return firstFinding(findings) ?? pass
  },
}

const waitsLongEnough: Check = {
  id: 'paciencia',
  title: 'una respuesta lenta, pero dentro de los 5 s, vale',
  points: 3,
  needs: ['puerto-muerto'],
  hints: [
    '¿Le das a la nube los cinco segundos enteros antes de rendirte?',
    'El plazo de AbortSignal.timeout y de setTimeout se da en milisegundos.',
    'AbortSignal.timeout(5_000) // 5 s = 5.000 ms',
  ],
  run: async lab => {
    const { late: result, lateStates } = await runSlowServers(lab)
    return findWrongStates(result, lateStates) ?? findWrongExit(result, lateStates) ?? pass
  },
}

/** How long the program waits. */
export const deadlineChecks: readonly Check[] = [
  survivesASilentPort,
  keepsTheDeadlineToTheEnd,
  waitsLongEnough,
]

function runSlowServers(lab: Lab): Promise<SlowRuns> {
  const running = runsByStudent.get(lab.student) ?? startSlowRuns(lab)
  runsByStudent.set(lab.student, running)
  return running
}

async function startSlowRuns(lab: Lab): Promise<SlowRuns> {
  const lateStates = healthyStates(lab.random)
  const options = { timeoutSeconds: PATIENCE_SECONDS }
  const [silentRun, halfBodyRun, drippingRun, lateRun] = await Promise.all([
    askHealthOf(lab, silent, options),
    askHealthOf(lab, halfBody(healthyStates(lab.random)), options),
    askHealthOf(lab, dripping, options),
    askHealthOf(lab, late(lateStates, SLOW_ANSWER_MILLISECONDS), options),
  ])
  return { silent: silentRun, halfBody: halfBodyRun, dripping: drippingRun, late: lateRun, lateStates }
}
