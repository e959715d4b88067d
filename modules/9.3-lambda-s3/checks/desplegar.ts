import type { Exercise } from '../../../src/course/exercise.ts'
import {
  bringsNewCode,
  deploysAtOnce,
  deploysTwice,
  reportsErrors,
  waits,
  zipsTheSame,
} from './desplegar/again.ts'
import { deploys, fires, keepsOthers, notifies, permits, staysQuiet } from './desplegar/first.ts'
import { runsTheWholePipeline } from './desplegar/own-function.ts'

/** 9.3.3: a function deployed by a program, with its permission and the bucket's notification. */
export const desplegar: Exercise = {
  id: '9.3.3',
  slug: 'desplegar',
  title: 'Desplegar: de tu código a un pipeline que corre solo',
  learned:
    'Un despliegue es un programa que se puede repetir: crea o actualiza, espera preguntando, da el permiso justo y no toca lo ajeno.',
  functions: ['procesar-csv'],
  checks: [
    deploys,
    permits,
    notifies,
    keepsOthers,
    fires,
    staysQuiet,
    deploysTwice,
    zipsTheSame,
    bringsNewCode,
    waits,
    deploysAtOnce,
    reportsErrors,
    runsTheWholePipeline,
  ],
}
