import { type Check, type Finding, pass } from '../../../../src/course/check.ts'
import {
  askHealthOf,
  findUnreportedFailure,
  findWrongExit,
  findWrongStates,
  firstFinding,
} from './health-run.ts'
import { dripping, halfBody, late, silent } from './health-server.ts'
import { healthyStates } from './states.ts'

/** When a program that keeps the deadline of 5 s has surely ended, also on a busy machine, seconds. */
const PATIENCE_SECONDS = 9

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
    const options = { timeoutSeconds: PATIENCE_SECONDS }
    const [mute, half, endless, slow] = await Promise.all([
      askHealthOf(lab, silent, options),
      askHealthOf(lab, halfBody(healthyStates(lab.random)), options),
      askHealthOf(lab, dripping, options),
      askHealthOf(lab, late(slowStates, SLOW_ANSWER_MILLISECONDS), options),
    ])
    const findings = [
      findUnreportedFailure(mute, 'a los 5 s de silencio'),
      findUnreportedFailure(half, 'a los 5 s, con el cuerpo a medias'),
      findUnreportedFailure(endless, 'a los 5 s de un cuerpo que gotea sin terminar'),
      explainSlow(findWrongStates(slow, slowStates) ?? findWrongExit(slow, slowStates)),
    ]
    return firstFinding(findings) ?? pass
  },
}

/** How long the program waits. */
export const deadlineChecks: readonly Check[] = [keepsTheDeadline]

function explainSlow(finding: Finding | undefined): Finding | undefined {
  if (finding === undefined) return undefined
  const seconds = String(SLOW_ANSWER_MILLISECONDS / 1000).replace('.', ',')
  return { ...finding, expected: `aunque la respuesta tarde ${seconds} s, ${finding.expected}` }
}
