import type { Misconception } from '../../../src/course/exercise.ts'
import { historyMisconceptions } from './versionado/history.ts'
import { lifecycleMisconceptions } from './versionado/lifecycle.ts'

/** Wrong solutions of 9.2.2, each with the check that must be the first to refuse it. */
export const misconceptionsVersionado: readonly Misconception[] = [
  ...historyMisconceptions,
  ...lifecycleMisconceptions,
]
