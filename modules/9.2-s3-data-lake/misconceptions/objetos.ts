import type { Misconception } from '../../../src/course/exercise.ts'
import { synchroniseMisconceptions } from './objetos/synchronise.ts'
import { transferMisconceptions } from './objetos/transfer.ts'

/** Wrong solutions of 9.2.1, each with the check that must be the first to refuse it. */
export const misconceptionsObjetos: readonly Misconception[] = [
  ...transferMisconceptions,
  ...synchroniseMisconceptions,
]
