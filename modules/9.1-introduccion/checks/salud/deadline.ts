import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { describeEnd } from '../program-evidence.ts'
import {
  askHealth,
  askHealthOf,
  findUnreportedFailure,
  findWrongExit,
  findWrongStates,
  firstFinding,
} from './health-run.ts'
import { dripping, halfBody, late, type Reply, silent, withHealthServer } from './health-server.ts'
import { healthyStates } from './states.ts'

/** A request that keeps the deadline of 5 s has surely been given up by then, also on a busy machine. */
const LONGEST_WAIT_MILLISECONDS = 8_000

/** The same for the whole program, which also has to start and to end, seconds. */
const PATIENCE_SECONDS = 12

/** An answer that is slow, but inside the deadline of 5 s. */
const SLOW_ANSWER_MILLISECONDS = 3_500

const keepsTheDeadline: Check = {
  id: 'plazo',
  title: 'espera 5 s hasta el último byte: ni más ni menos',
  points: 9,
  needs: ['puerto-muerto'],
  hints: [
    'Un servidor puede aceptar la conexión y no decir nada, mandar medio cuerpo y callar, o gotear sin acabar nunca. ¿Cuánto espera tu programa en cada caso?',
    'fetch no tiene plazo propio: se le da una señal que vence (https://developer.mozilla.org/es/docs/Web/API/AbortSignal/timeout_static), y esa señal debe cubrir también la lectura del cuerpo. La opción timeout de node:http mide silencios, no el total. Y una conexión que sigue abierta no deja terminar al proceso.',
    'const plazo = AbortSignal.timeout(5_000) // milisegundos; una sola señal para todo\nconst respuesta = await fetch(url, { signal: plazo })\nconst cuerpo = await respuesta.text() // la misma señal corta esta lectura',
  ],
  // The four servers at once: one deadline of waiting instead of four.
  run: async lab => {
    const slowStates = healthyStates(lab.random)
    const findings = await Promise.all([
      findOverstay(lab, silent, 'a los 5 s de silencio'),
      findOverstay(lab, halfBody(healthyStates(lab.random)), 'a los 5 s, con el cuerpo a medias'),
      findOverstay(lab, dripping, 'a los 5 s de un cuerpo que gotea sin terminar'),
      askHealthOf(lab, late(slowStates, SLOW_ANSWER_MILLISECONDS)).then(result =>
        explainSlow(findWrongStates(result, slowStates) ?? findWrongExit(result, slowStates)),
      ),
    ])
    return firstFinding(findings) ?? pass
  },
}

/** How long the program waits. */
export const deadlineChecks: readonly Check[] = [keepsTheDeadline]

/** What is wrong with a program before a server that never ends its answer, or `undefined` when it gave up in time. */
async function findOverstay(lab: Lab, reply: Reply, situation: string): Promise<Finding | undefined> {
  return await withHealthServer(reply, async ({ endpoint, longestWaitMilliseconds }) => {
    const result = await askHealth(lab, endpoint, { timeoutSeconds: PATIENCE_SECONDS })
    const waited = longestWaitMilliseconds()
    const finding = findUnreportedFailure(result, situation)
    if (finding !== undefined || waited <= LONGEST_WAIT_MILLISECONDS) return finding
    return fail({
      expected: `${situation}: un mensaje en stderr y código 1`,
      found: `esperó ${Math.round(waited / 1000)} s; ${describeEnd(result)}`,
    })
  })
}

function explainSlow(finding: Finding | undefined): Finding | undefined {
  if (finding === undefined) return undefined
  const seconds = String(SLOW_ANSWER_MILLISECONDS / 1000).replace('.', ',')
  return { ...finding, expected: `aunque la respuesta tarde ${seconds} s, ${finding.expected}` }
}
