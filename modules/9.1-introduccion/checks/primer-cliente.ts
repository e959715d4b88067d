import type { Exercise } from '../../../src/course/exercise.ts'
import { clientChecks } from './primer-cliente/clients.ts'
import { failureChecks } from './primer-cliente/failures.ts'
import { programChecks } from './primer-cliente/program.ts'
import { withoutEndpointChecks } from './primer-cliente/without-endpoint.ts'

/** 9.1.2: the first clients of the SDK, made from the environment alone. */
export const primerCliente: Exercise = {
  id: '9.1.2',
  slug: 'primer-cliente',
  title: 'Primer cliente',
  learned:
    'El código no sabe en qué nube está: endpoint, región y credenciales son del entorno, y el mismo programa sirve en tu máquina y en AWS.',
  checks: [...clientChecks, ...withoutEndpointChecks, ...programChecks, ...failureChecks],
}
