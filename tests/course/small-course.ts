import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Check } from '../../src/course/check.ts'
import type { RunningCloud } from '../../src/course/cloud.ts'
import type { Exercise, Module } from '../../src/course/exercise.ts'
import type { ExerciseOfModule } from '../../src/course/exercise-files.ts'

/** A check for tests: one point, its id as title, and whatever else is said. */
export function check(id: string, run: Check['run'], more: Partial<Check> = {}): Check {
  return { id, title: `comprueba ${id}`, points: 1, hints: ['¿?', 'api', 'código'], run, ...more }
}

/** An exercise of a module of its own, whose file is `ejercicio.ts`. */
export function exerciseWith(checks: readonly Check[], more: Partial<Exercise> = {}): ExerciseOfModule {
  const exercise: Exercise = {
    id: '9.0.1',
    slug: 'ejercicio',
    title: 'Ejercicio de prueba',
    learned: 'Nada.',
    checks,
    ...more,
  }
  const module: Module = { id: '9.0', folder: '9.0-prueba', title: 'Prueba', exercises: [exercise] }
  return { module, exercise }
}

/** Something that listens where a cloud would, and answers everything with 200 and nothing. */
export async function startSilentCloud(): Promise<RunningCloud> {
  const server = createServer((_request, response) => response.end())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
