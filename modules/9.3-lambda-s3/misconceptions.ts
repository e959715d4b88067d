import type { Misconception } from '../../src/course/exercise.ts'
import { anatomiaMisconceptions } from './misconceptions/anatomia.ts'
import { desplegarMisconceptions } from './misconceptions/desplegar.ts'
import { procesarCsvMisconceptions } from './misconceptions/procesar-csv.ts'

/** Every named wrong solution of the module. */
export const misconceptions: readonly Misconception[] = [
  ...anatomiaMisconceptions,
  ...procesarCsvMisconceptions,
  ...desplegarMisconceptions,
]
