import { type Check, type Finding, pass } from '../../../../src/course/check.ts'
import { askHealth, findWrongExit, findWrongStates } from './health-run.ts'
import { HEALTH_PATH } from './health-server.ts'
import type { States } from './states.ts'

const tellsTheCloudsHealth: Check = {
  id: 'nube',
  title: 'cuenta la salud de la nube que corrige este ejercicio',
  points: 3,
  needs: ['estados'],
  hints: [
    '¿Coincide lo que escribe tu programa con lo que responde la nube de verdad?',
    'Arranca la nube (npm run cloud) y compara: curl http://127.0.0.1:4566/_localstack/health',
    'AWS_ENDPOINT_URL=http://127.0.0.1:4566 npx tsx exercises/9.1-introduccion/salud.ts; echo $?',
  ],
  run: async lab => {
    const { endpoint } = lab.connection
    if (endpoint === undefined) {
      return { verdict: 'unsupported', found: 'AWS no tiene una página de salud para cada cuenta' }
    }
    const states = await readHealth(endpoint)
    if (states === undefined) return noHealth(endpoint)
    const result = await askHealth(lab, endpoint)
    return findWrongStates(result, states) ?? findWrongExit(result, states) ?? pass
  },
}

/** The program against the cloud of the run itself. */
export const ownCloudChecks: readonly Check[] = [tellsTheCloudsHealth]

/** The cloud's own states, or `undefined` when it does not tell them. */
async function readHealth(endpoint: string): Promise<States | undefined> {
  const deadlineMilliseconds = 5_000
  try {
    const response = await fetch(new URL(HEALTH_PATH, endpoint), {
      signal: AbortSignal.timeout(deadlineMilliseconds),
    })
    if (!response.ok) return undefined
    const document = (await response.json()) as { services?: States }
    return document.services
  } catch {
    // No cloud, or no health document: the caller reports the environment, not the student.
    return undefined
  }
}

function noHealth(endpoint: string): Finding {
  return {
    verdict: 'environment',
    expected: `la salud de la nube en ${endpoint}${HEALTH_PATH}`,
    found: 'no responde',
  }
}
