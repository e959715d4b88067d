import { isDeepStrictEqual } from 'node:util'
import type { Random } from '../../../../src/core/random.ts'
import type { Check } from '../../../../src/course/check.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { defineCheck, refuse } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { deployGraded, type GradedFunction, invokeGraded, showJson } from '../grader-lambda/invoking.ts'

export const echoes: Check = defineCheck({
  id: 'eco',
  title: 'eco devuelve los datos tal como llegaron',
  points: 4,
  hints: [
    '¿Quién convierte en JSON lo que devuelve tu handler: tú o Lambda?',
    'Lambda escribe la respuesta con JSON.stringify. Si devuelves un texto que ya es JSON, quien invoca recibe un texto entre comillas, no un objeto. Tampoco hace falta statusCode: eso lo pide API Gateway, no Lambda.',
    "case 'eco': return { operacion: 'eco', datos: … los del evento … }",
  ],
  look: async lab => {
    const graded = await deployGraded(lab)
    for (const datos of sampleData(lab.random)) await expectEcho(lab, graded, datos)
  },
})

/** Data of every kind that JSON has; those that are false are data too. */
function sampleData(random: Random): unknown[] {
  const nested = { lista: [random.integer(1, 999), null, { región: `Ñuñoa ${random.hex(3)}` }], vacío: {} }
  return [nested, `texto "${random.hex(4)}"`, 0, false, null, []]
}

async function expectEcho(lab: Lab, { name, logsLine }: GradedFunction, datos: unknown): Promise<void> {
  const event = { operacion: 'eco', datos }
  const evidence = { expected: `${showJson(event)}, igual que llegó`, tryIt: logsLine }
  const { value } = await invokeGraded(lab, { name, event, ...evidence })
  if (!isDeepStrictEqual(value, event)) refuse({ ...evidence, found: showJson(value) })
}

export const keepsNothing: Check = defineCheck({
  id: 'sin-estado',
  title: 'Una respuesta no lleva nada de la invocación anterior',
  points: 3,
  needs: [echoes.id],
  hints: [
    '¿Qué queda vivo entre dos invocaciones del mismo entorno? ¿Quién puso ahí lo que sobra?',
    'Lo que se declara fuera del handler (un objeto, un arreglo, un contador) se crea una vez por entorno y lo ven todas sus invocaciones, de quien sean. Fuera va lo que se puede compartir, como un cliente; la respuesta se crea dentro.',
    'const respuesta = { … } dentro de handler, nunca arriba del archivo',
  ],
  look: async lab => {
    const graded = await deployGraded(lab, { purpose: 'sin-estado' })
    await expectEcho(lab, graded, { primero: lab.random.hex(6) })
    await expectEnvironment(lab, graded, { memoryMegabytes: 256 })
    await expectEcho(lab, graded, [lab.random.hex(6)])
    await expectEnvironment(lab, graded, { memoryMegabytes: 256 })
  },
})

export const describesItself: Check = defineCheck({
  id: 'entorno',
  title: 'entorno dice la solicitud, la función, memoria y región',
  points: 4,
  needs: [echoes.id],
  hints: [
    '¿De dónde saca el handler quién es y cuánta memoria tiene? ¿Cambia de una invocación a otra?',
    'El segundo argumento del handler es el contexto: awsRequestId es distinto en cada invocación, functionName y functionVersion dicen qué código corre, y memoryLimitInMB viene como texto. La región está en el entorno, AWS_REGION.',
    '{ operacion, solicitud: contexto.awsRequestId, funcion: contexto.functionName, …, memoriaMb: Number(contexto.memoryLimitInMB), region: process.env.AWS_REGION }',
  ],
  look: async lab => {
    for (const memoryMegabytes of [lab.random.integer(150, 199), lab.random.integer(200, 320)]) {
      const graded = await deployGraded(lab, { purpose: 'entorno', memoryMegabytes })
      for (let times = 0; times < 2; times++) await expectEnvironment(lab, graded, { memoryMegabytes })
    }
  },
})

async function expectEnvironment(
  lab: Lab,
  { name }: GradedFunction,
  { memoryMegabytes }: { readonly memoryMegabytes: number },
): Promise<void> {
  const tryIt = `lambda get-function-configuration --function-name ${name}`
  const event = { operacion: 'entorno' }
  const evidence = { expected: 'el entorno de la función', tryIt }
  const { value, requestId } = await invokeGraded(lab, { name, event, ...evidence })
  const expected = {
    operacion: 'entorno',
    solicitud: requestId,
    funcion: name,
    version: '$LATEST',
    memoriaMb: memoryMegabytes,
    region: lab.connection.region,
  }
  if (isDeepStrictEqual(value, expected)) return
  refuse({ expected: showJson(expected), found: showJson(value), tryIt })
}

export const measuresTime: Check = defineCheck({
  id: 'tiempo',
  title: 'tiempo mide lo que queda antes y después de esperar',
  points: 4,
  needs: [echoes.id],
  hints: [
    'Si esperas 100 ms entre dos preguntas, ¿cuánto debe bajar lo que queda? ¿Esperaste de verdad?',
    'contexto.getRemainingTimeInMillis() dice lo que falta para el timeout *en ese momento*: hay que llamarla dos veces. setTimeout no espera: la versión de node:timers/promises da una promesa, y hace falta await.',
    'const antesMs = contexto.getRemainingTimeInMillis(); await esperar(esperaMs); const despuesMs = …',
  ],
  look: async lab => {
    const timeoutSeconds = lab.random.integer(11, 19)
    const graded = await deployGraded(lab, { purpose: 'tiempo', timeoutSeconds })
    for (const waitMilliseconds of [lab.random.integer(40, 70), lab.random.integer(120, 180)]) {
      await expectTimes(lab, graded, { timeoutSeconds, waitMilliseconds })
    }
  },
})

/** A timer may end a little early, and a busy machine comes late: by how much, in milliseconds. */
const tolerance = { earlyMilliseconds: 5, lateMilliseconds: 8000 }

async function expectTimes(
  lab: Lab,
  { name, logsLine }: GradedFunction,
  limits: { readonly timeoutSeconds: number; readonly waitMilliseconds: number },
): Promise<void> {
  const { timeoutSeconds, waitMilliseconds } = limits
  const event = { operacion: 'tiempo', esperaMs: waitMilliseconds }
  const evidence = {
    expected: `con ${timeoutSeconds} s de timeout y ${waitMilliseconds} ms de espera, despuesMs es al menos ${waitMilliseconds} menor que antesMs`,
    tryIt: logsLine,
  }
  const { value } = await invokeGraded<Record<string, unknown> | null>(lab, { name, event, ...evidence })
  const { operacion, antesMs, despuesMs } = value ?? {}
  const found = showJson(value)
  if (operacion !== 'tiempo' || typeof antesMs !== 'number' || typeof despuesMs !== 'number') {
    return refuse({ ...evidence, found })
  }
  const timeout = timeoutSeconds * 1000
  const passed = antesMs - despuesMs
  const isBefore = antesMs <= timeout && antesMs > timeout - tolerance.lateMilliseconds
  const isAfter =
    passed >= waitMilliseconds - tolerance.earlyMilliseconds &&
    passed < waitMilliseconds + tolerance.lateMilliseconds
  if (!isBefore || !isAfter) refuse({ ...evidence, found })
}
