import type { Misconception } from '../../../src/course/exercise.ts'
import { goldMisconceptions } from './data-lake/gold.ts'
import { silverMisconceptions } from './data-lake/silver.ts'
import { sourceMisconceptions } from './data-lake/sources.ts'

/** Wrong beliefs about 9.2.3. */
export const misconceptionsDataLake: readonly Misconception[] = [
  ...sourceMisconceptions,
  ...silverMisconceptions,
  ...goldMisconceptions,
]
