import type { Module } from '../../src/course/exercise.ts'
import { primerCliente } from './checks/primer-cliente.ts'
import { salud } from './checks/salud.ts'

/** What a cloud is, whether it is up, and who you are for it. */
export const module9_1: Module = {
  id: '9.1',
  folder: '9.1-introduccion',
  title: 'Introducción',
  exercises: [salud, primerCliente],
}
