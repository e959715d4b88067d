import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { ownLogLines } from '../../../../src/course/lambda/own-log-lines.ts'
import { defineCheck, refuse, refuseClaim } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { deployGraded, type GradedFunction, invokeGraded, showJson } from '../grader-lambda/invoking.ts'
import { echoes } from './answers.ts'

export const fails: Check = defineCheck({
  id: 'fallar',
  title: 'fallar es un error de la función, con su mensaje',
  points: 4,
  needs: [echoes.id],
  hints: [
    'Si devuelves { statusCode: 500 }, ¿cómo se entera Lambda de que algo salió mal, y de que quizá hay que reintentar?',
    'Para Lambda solo falla lo que *lanza* (o no termina). Entonces la respuesta de Invoke lleva FunctionError, y el contenido es { errorType, errorMessage, trace }. Un objeto devuelto, diga lo que diga, es un éxito.',
    "case 'fallar': throw new Error(…)",
  ],
  look: async lab => {
    const graded = await deployGraded(lab)
    const mensaje = `se acabó la tinta ${lab.random.hex(5)}`
    const message = await expectError(lab, graded, { operacion: 'fallar', mensaje })
    if (message === mensaje) return
    refuse({ expected: `el mensaje «${mensaje}»`, found: `«${message}»`, tryIt: graded.logsLine })
  },
})

export const refusesUnknown: Check = defineCheck({
  id: 'desconocida',
  title: 'Una operación desconocida también es un error',
  points: 2,
  needs: [echoes.id],
  hints: [
    '¿Qué recibe quien escribe mal el nombre de la operación? ¿Y quien no manda ninguno?',
    'Un switch sin default termina y devuelve undefined, que para Lambda es un éxito que contesta null. Y si buscas la operación en un objeto, recuerda que «toString» también está en él.',
    'default: throw new Error(…), al final del switch',
  ],
  look: async lab => {
    const graded = await deployGraded(lab)
    const events = [{ operacion: `borrar-${lab.random.hex(2)}` }, { operacion: 'toString' }, {}]
    for (const event of events) await expectError(lab, graded, event)
    // After an error the environment goes on.
    const evidence = { expected: 'tras un error, la función sigue respondiendo', tryIt: graded.logsLine }
    await invokeGraded(lab, { name: graded.name, event: { operacion: 'eco', datos: 1 }, ...evidence })
  },
})

/** The message of the error that an event must be. */
async function expectError(lab: Lab, { name, logsLine }: GradedFunction, event: unknown): Promise<string> {
  const invocation = await lab.functions.invoke<unknown>(name, event)
  if (invocation.kind === 'error') return invocation.message
  const evidence = { expected: `${showJson(event)}: un error (FunctionError)`, tryIt: logsLine }
  if (invocation.kind !== 'value') return refuseClaim(invocation, evidence)
  return refuse({ ...evidence, found: `respondió ${showJson(invocation.value)}, que es un éxito` })
}

export const logsRequest: Check = defineCheck({
  id: 'log',
  title: 'Cada invocación deja en el log su identificador',
  points: 2,
  needs: [echoes.id],
  hints: [
    'Entre mil líneas de log, ¿cómo encuentras las de una sola invocación?',
    'Lo que escribes con console.log va a CloudWatch Logs, al grupo /aws/lambda/<función>. awsRequestId es el identificador que Invoke devuelve a quien llama: con él se busca. Escríbelo dentro del handler, que lo de fuera corre una vez.',
    "console.log('operación …, solicitud ' + …el identificador del contexto…)",
  ],
  look: async lab => {
    const { name, logsLine: tryIt } = await deployGraded(lab)
    for (const datos of [lab.random.hex(4), lab.random.hex(4)]) {
      const expected = 'una línea del log con el identificador de la solicitud'
      const event = { operacion: 'eco', datos }
      const { log, requestId } = await invokeGraded(lab, { name, event, expected, tryIt })
      const lines = ownLogLines(log)
      if (lines.some(line => line.includes(requestId))) continue
      const found = lines.length === 0 ? 'la función no escribió nada' : `«${lines[0]}»`
      refuse({ expected: `${expected} (${requestId})`, found, tryIt })
    }
  },
})

export const logsNoSecrets: Check = defineCheck({
  id: 'secretos',
  title: 'Los datos del evento no van al log',
  points: 2,
  needs: [logsRequest.id],
  hints: [
    '¿Quién puede leer el log de una función, y durante cuánto tiempo?',
    'console.log(evento) guarda para siempre lo que traiga: contraseñas, correos, tarjetas. Escribe qué se hizo y con qué identificador, no el contenido. Lo mismo vale para process.env.',
    'En el log, evento.operacion y el identificador de la solicitud; nada más',
  ],
  look: async lab => {
    const { name, logsLine: tryIt } = await deployGraded(lab, { environment: { CLAVE: secretOf(lab) } })
    const password = `clave-${lab.random.hex(12)}`
    const event = { operacion: 'eco', datos: { usuario: 'ana', password } }
    const expected = 'un log sin los datos del evento ni las variables de entorno'
    const { log } = await invokeGraded(lab, { name, event, expected, tryIt })
    const leaked = ownLogLines(log).find(line => line.includes(password) || line.includes(secretOf(lab)))
    if (leaked !== undefined) refuse({ expected, found: `«${leaked.trim()}»`, tryIt })
  },
})

function secretOf({ seed }: Lab): string {
  return `secreto-${seed}-del-entorno`
}
