import type { Exercise } from '../../../src/course/exercise.ts'
import { describesItself, echoes, keepsNothing, measuresTime } from './anatomia/answers.ts'
import { fails, logsNoSecrets, logsRequest, refusesUnknown } from './anatomia/failures.ts'

/** 9.3.1: a function's event, context, result, errors and log. */
export const anatomia: Exercise = {
  id: '9.3.1',
  slug: 'anatomia',
  kind: 'function',
  title: 'Anatomía de una función',
  learned:
    'Una función recibe un evento y un contexto, contesta con lo que devuelve, falla con lo que lanza y cuenta lo que hace en su log.',
  checks: [
    echoes,
    fails,
    refusesUnknown,
    measuresTime,
    describesItself,
    keepsNothing,
    logsRequest,
    logsNoSecrets,
  ],
}
