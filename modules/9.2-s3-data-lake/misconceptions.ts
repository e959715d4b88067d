import type { Misconception } from '../../src/course/exercise.ts'
import { misconceptionsDataLake } from './misconceptions/data-lake.ts'
import { misconceptionsObjetos } from './misconceptions/objetos.ts'
import { misconceptionsVersionado } from './misconceptions/versionado.ts'

/** Wrong solutions of module 9.2. */
export const misconceptions: readonly Misconception[] = [
  ...misconceptionsObjetos,
  ...misconceptionsVersionado,
  ...misconceptionsDataLake,
]
