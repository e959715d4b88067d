import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Containment } from '../../../cloud/live-part.ts'

/** Why this machine cannot run functions of a runtime, for people; `undefined` when it can. */
export async function findRuntimeProblem(
  runtime: string,
  containment: Containment,
): Promise<string | undefined> {
  if (runtime.startsWith('nodejs')) return undefined
  if (!runtime.startsWith('python') && !runtime.startsWith('provided')) {
    return `el runtime ${runtime} no se puede ejecutar aquí: solo nodejs, python3 y provided`
  }
  if (containment === 'contained') {
    return `las funciones de ${runtime} no se ejecutan durante una corrección: solo las de nodejs se pueden confinar`
  }
  if (runtime.startsWith('provided')) return undefined
  return (await hasPython())
    ? undefined
    : `no hay Python 3 en esta máquina: ${runtime} necesita la orden python3`
}

const run = promisify(execFile)
let pythonAnswer: Promise<boolean> | undefined

function hasPython(): Promise<boolean> {
  pythonAnswer ??= run('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).then(
    () => true,
    () => false,
  )
  return pythonAnswer
}
