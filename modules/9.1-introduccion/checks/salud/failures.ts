import { type Check, pass } from '../../../../src/course/check.ts'
import { describeEnd, programFailure } from '../program-evidence.ts'
import { askHealth, askHealthOf, findUnreportedFailure, firstFinding } from './health-run.ts'
import { deadEndpoint, healthDocument, type Reply, withBody, withStatus } from './health-server.ts'
import { healthyStates, type States } from './states.ts'

/** Longest that the program may take over an endpoint that refuses at once, seconds. */
const PATIENCE_SECONDS = 9

const refusesOtherBodies: Check = {
  id: 'no-es-salud',
  title: 'HTML o un JSON roto no se toman por salud',
  points: 4,
  needs: ['estados'],
  hints: [
    'En ese puerto puede haber otra cosa: un proxy, una web. ¿Cómo sabe tu programa que lo que llegó es la salud?',
    'JSON.parse (o Response.json()) lanza SyntaxError si el texto no es JSON entero. Deja que ese error llegue a main, o lanza uno tuyo; nunca busques "running" dentro del texto.',
    "let salud\ntry { salud = JSON.parse(await respuesta.text()) } catch { throw new Error('la respuesta no es JSON') }\nif (typeof salud?.services !== 'object') throw new Error('la respuesta no es la salud')",
  ],
  run: async lab => {
    const findings = await Promise.all(
      strangeBodies(healthyStates(lab.random)).map(async ({ situation, reply }) =>
        findUnreportedFailure(await askHealthOf(lab, reply), situation),
      ),
    )
    return firstFinding(findings) ?? pass
  },
}

const refusesOtherStatuses: Check = {
  id: 'codigo-http',
  title: 'una respuesta que no es 2xx es un error',
  points: 3,
  needs: ['estados'],
  hints: [
    'Una nube que arranca puede responder 503 y aun así mandar un cuerpo. ¿Le crees?',
    'fetch no lanza nada por un 404 o un 503: hay que mirar Response.ok (o Response.status). https://developer.mozilla.org/es/docs/Web/API/Response/ok',
    'if (!respuesta.ok) throw new Error("respondió " + respuesta.status)',
  ],
  run: async lab => {
    const statuses = lab.random.shuffle([400, 403, 404, 500, 502, 503]).slice(0, 3)
    const findings = await Promise.all(
      statuses.map(async status =>
        findUnreportedFailure(
          await askHealthOf(lab, withStatus(status, healthyStates(lab.random.fork(String(status))))),
          `el servidor responde ${status}`,
        ),
      ),
    )
    return firstFinding(findings) ?? pass
  },
}

const asksForTheEndpoint: Check = {
  id: 'sin-endpoint',
  title: 'sin AWS_ENDPOINT_URL lo dice y termina con 1',
  points: 3,
  needs: ['estados'],
  hints: [
    'Si nadie te dice dónde está la nube, ¿es buena idea adivinarlo?',
    'process.env.AWS_ENDPOINT_URL es undefined cuando falta. Un mensaje útil nombra la variable que hay que poner; console.error lo escribe en stderr.',
    "const endpoint = process.env.AWS_ENDPOINT_URL\nif (!endpoint) throw new Error('Falta AWS_ENDPOINT_URL')",
  ],
  run: async lab => {
    const result = await askHealth(lab, undefined, { timeoutSeconds: PATIENCE_SECONDS })
    const unreported = findUnreportedFailure(result, 'sin AWS_ENDPOINT_URL')
    if (unreported !== undefined) return unreported
    if (result.stderr.includes('AWS_ENDPOINT_URL')) return pass
    return programFailure(result, {
      expected: 'un mensaje en stderr que nombre AWS_ENDPOINT_URL, y código 1',
      found: describeEnd(result),
    })
  },
}

const survivesADeadPort: Check = {
  id: 'puerto-muerto',
  title: 'si nadie escucha, un mensaje en stderr y código 1',
  points: 4,
  needs: ['estados'],
  hints: [
    '¿Qué ve quien ejecuta tu programa si la nube está apagada? ¿Y otro programa que mira su código de salida?',
    'fetch rechaza su promesa con un TypeError («fetch failed») cuya propiedad cause dice ECONNREFUSED. Atrápalo en main, escríbelo con console.error y pon process.exitCode = 1. No reintentes sin fin.',
    'try {\n  process.exitCode = await informar(process.env)\n} catch (error) {\n  console.error(error.message)\n  process.exitCode = 1\n}',
  ],
  run: async lab => {
    const result = await askHealth(lab, await deadEndpoint(), { timeoutSeconds: PATIENCE_SECONDS })
    return findUnreportedFailure(result, 'nadie escucha en el puerto') ?? pass
  },
}

/** What the program makes of an answer that is not health, and of none at all. */
export const failureChecks: readonly Check[] = [
  refusesOtherBodies,
  refusesOtherStatuses,
  asksForTheEndpoint,
  survivesADeadPort,
]

function strangeBodies(states: States): { situation: string; reply: Reply }[] {
  const document = healthDocument(states)
  const page = `<!doctype html><html lang="es"><title>Proxy</title><pre>${document}</pre></html>`
  return [
    { situation: 'llega una página HTML', reply: withBody('text/html', page) },
    { situation: 'llega HTML que dice ser JSON', reply: withBody('application/json', page) },
    {
      situation: 'llega un JSON al que le falta el final',
      reply: withBody('application/json', document.slice(0, -3)),
    },
  ]
}
