import type { Module } from '../../src/course/exercise.ts'
import { dataLake } from './checks/data-lake.ts'
import { objetos } from './checks/objetos.ts'
import { versionado } from './checks/versionado.ts'

/** Module 9.2: buckets and objects, versions, and a data lake in layers. */
export const module9_2: Module = {
  id: '9.2',
  folder: '9.2-s3-data-lake',
  title: 'S3: data lake',
  exercises: [objetos, versionado, dataLake],
}
