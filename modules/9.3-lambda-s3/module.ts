import type { Module } from '../../src/course/exercise.ts'
import { anatomia } from './checks/anatomia.ts'
import { desplegar } from './checks/desplegar.ts'
import { procesarCsv } from './checks/procesar-csv.ts'

/** Module 9.3: functions that S3 calls, and how they are deployed. */
export const module9_3: Module = {
  id: '9.3',
  folder: '9.3-lambda-s3',
  title: 'Lambda y S3',
  exercises: [anatomia, procesarCsv, desplegar],
}
