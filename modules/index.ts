import type { Misconception, Module } from '../src/course/exercise.ts'
import { misconceptions as misconceptions9_1 } from './9.1-introduccion/misconceptions.ts'
import { module9_1 } from './9.1-introduccion/module.ts'
import { misconceptions as misconceptions9_2 } from './9.2-s3-data-lake/misconceptions.ts'
import { module9_2 } from './9.2-s3-data-lake/module.ts'
import { misconceptions as misconceptions9_3 } from './9.3-lambda-s3/misconceptions.ts'
import { module9_3 } from './9.3-lambda-s3/module.ts'

/** Every module of the course, in its order; adding one adds its line here. */
export const courseModules: readonly Module[] = [module9_1, module9_2, module9_3]

/** Every named wrong solution of the course. */
export const courseMisconceptions: readonly Misconception[] = [
  ...misconceptions9_1,
  ...misconceptions9_2,
  ...misconceptions9_3,
]
