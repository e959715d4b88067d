import type { Exercise } from '../../../src/course/exercise.ts'
import { enablesVersioning } from './versionado/activar.ts'
import {
  changesNothingTwice,
  cleansRemains,
  expiresRaw,
  keepsOthersRules,
  stopsWhenUnreadable,
} from './versionado/ciclo-de-vida.ts'
import { leavesOldMarkers, leavesOthersDeleted, undeletes } from './versionado/recuperar.ts'
import { worksOverTime } from './versionado/reloj.ts'
import {
  keepsHistory,
  refusesUnknownVersion,
  restoresAwkwardKeys,
  restoresContent,
} from './versionado/restaurar.ts'
import { tellsEveryPage, tellsHistory, tellsNullVersion, tellsOneKey } from './versionado/versiones.ts'

/** 9.2.2: versions, delete markers, going back, and rules that clean by themselves. */
export const versionado: Exercise = {
  id: '9.2.2',
  slug: 'versionado',
  title: 'Versionado: historia, restaurar, recuperar y ciclo de vida',
  learned:
    'Con versionado, escribir y borrar solo añaden a la historia: volver atrás es copiar o quitar un marcador, y las reglas de ciclo de vida ponen el límite.',
  checks: [
    enablesVersioning,
    tellsHistory,
    tellsNullVersion,
    tellsOneKey,
    tellsEveryPage,
    restoresContent,
    keepsHistory,
    restoresAwkwardKeys,
    refusesUnknownVersion,
    undeletes,
    leavesOthersDeleted,
    leavesOldMarkers,
    expiresRaw,
    cleansRemains,
    keepsOthersRules,
    changesNothingTwice,
    stopsWhenUnreadable,
    worksOverTime,
  ],
}
