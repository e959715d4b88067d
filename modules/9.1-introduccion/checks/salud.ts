import type { Exercise } from '../../../src/course/exercise.ts'
import { answerChecks } from './salud/answers.ts'
import { deadlineChecks } from './salud/deadline.ts'
import { failureChecks } from './salud/failures.ts'
import { ownCloudChecks } from './salud/own-cloud.ts'

/** 9.1.1: a program that asks a cloud for its health and ends with a code that others can trust. */
export const salud: Exercise = {
  id: '9.1.1',
  slug: 'salud',
  title: 'Salud de la nube',
  learned:
    'Antes de usar un servicio, pregunta si está en pie; un buen programa lo dice en stdout, en stderr y con su código de salida.',
  checks: [...answerChecks, ...failureChecks, ...ownCloudChecks, ...deadlineChecks],
}
