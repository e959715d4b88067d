import type { Misconception } from '../../src/course/exercise.ts'
import { primerClienteMisconceptions } from './misconceptions/primer-cliente.ts'
import { saludMisconceptions } from './misconceptions/salud.ts'

/** Wrong solutions of module 9.1, each with the check that must be the first to refuse it. */
export const misconceptions: readonly Misconception[] = [
  ...saludMisconceptions,
  ...primerClienteMisconceptions,
]
