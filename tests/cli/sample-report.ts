import type { Check, Finding } from '../../src/course/check.ts'
import type { Exercise, Module } from '../../src/course/exercise.ts'
import type { CheckResult, ExerciseResult, GradeReport } from '../../src/course/report.ts'

/** A check that is never run; screens only read it. */
export function sampleCheck(id: string, title: string, points: number): Check {
  return {
    id,
    title,
    points,
    hints: [
      '¿Qué comando de S3 crea un bucket, y qué responde si ya existe?',
      'Mira CreateBucketCommand y sus dos errores: BucketAlreadyOwnedByYou y BucketAlreadyExists. Los explica https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html',
      'try { await s3.send(new CreateBucketCommand({ Bucket: bucket })) } catch (error) { … }',
    ],
    run: () => Promise.reject(new Error('a sample check does not run')),
  }
}

const objetos: Exercise = {
  id: '9.2.1',
  slug: 'objetos',
  title: 'Objetos de ida y vuelta',
  learned:
    'Un bucket no tiene carpetas: tiene claves, y se listan por páginas; quien lee solo la primera pierde datos.',
  inputs: ['datos/ventas_ejemplo.csv'],
  checks: [
    sampleCheck('crea-bucket', 'asegurarBucket crea el bucket', 4),
    sampleCheck('dos-veces', 'llamarla dos veces no falla', 2),
    sampleCheck('todas-las-claves', 'listar devuelve las 1.205 claves', 10),
    sampleCheck('bytes', 'descargar devuelve los mismos bytes, también los de una imagen', 14),
  ],
}

const versionado: Exercise = {
  id: '9.2.2',
  slug: 'versionado',
  title: 'Versiones',
  learned: 'Borrar no borra: pone un marcador.',
  checks: [
    sampleCheck('activa', 'activarVersionado lo activa', 10),
    sampleCheck('reloj', 'el ciclo de vida borra a los 90 días', 20),
  ],
}

const dataLake: Exercise = {
  id: '9.2.3',
  slug: 'data-lake',
  title: 'Bronce, Plata y Oro',
  learned: 'Cada capa se calcula de la anterior.',
  checks: [
    sampleCheck('bronce', 'Bronce es igual al archivo', 15),
    sampleCheck('oro', 'Oro sale de Plata', 25),
  ],
}

const salud: Exercise = {
  id: '9.1.1',
  slug: 'salud',
  title: 'Salud',
  learned: 'Se pregunta antes de usar.',
  checks: [sampleCheck('pregunta', 'pregunta la salud', 100)],
}

/** A course of two modules, small enough to read in a snapshot. */
export const sampleModules: readonly [Module, Module] = [
  { id: '9.1', folder: '9.1-introduccion', title: 'Introducción', exercises: [salud] },
  {
    id: '9.2',
    folder: '9.2-s3-data-lake',
    title: 'S3: data lake',
    exercises: [objetos, versionado, dataLake],
  },
]

const passed: Finding = { verdict: 'pass' }

/** An exercise's result with the given findings; checks without one passed. */
export function sampleResult(
  id: string,
  findings: Readonly<Record<string, Finding>> = {},
  output: ExerciseResult['output'] = { text: '', omittedBytes: 0 },
): ExerciseResult {
  for (const module of sampleModules) {
    const exercise = module.exercises.find(candidate => candidate.id === id)
    if (!exercise) continue
    const checks = exercise.checks.map((check): CheckResult => {
      const finding = findings[check.id] ?? passed
      return {
        check,
        finding,
        earned: finding.verdict === 'pass' ? check.points : 0,
        durationMilliseconds: 12,
      }
    })
    return {
      module,
      exercise,
      file: `exercises/${module.folder}/${exercise.slug}.ts`,
      fileHash: 'a'.repeat(64),
      checks,
      earned: checks.reduce((sum, { earned }) => sum + earned, 0),
      possible: checks.reduce(
        (sum, { check, finding }) => sum + (finding.verdict === 'unsupported' ? 0 : check.points),
        0,
      ),
      durationMilliseconds: 1134,
      output,
    }
  }
  throw new Error(`no sample exercise ${id}`)
}

/** A report of the given results on our own cloud. */
export function sampleReport(
  exercises: readonly ExerciseResult[],
  facts: Partial<GradeReport> = {},
): GradeReport {
  return {
    seed: 48213,
    target: 'embedded',
    source: 'exercises',
    startedAt: new Date('2026-11-23T10:31:07.000Z'),
    durationMilliseconds: 2134,
    exercises,
    ...facts,
  }
}

/** What an untouched starter gives: its first check fails, the others wait. */
export function untouched(id: string): ExerciseResult {
  const [first, ...others] = sampleResult(id).checks.map(({ check }) => check.id)
  const waiting: Finding = { verdict: 'skipped', found: 'espera a otra' }
  return sampleResult(id, {
    ...Object.fromEntries(others.map(other => [other, waiting])),
    [first ?? '']: {
      verdict: 'fail',
      found: `«Falta escribir la función» (${sampleResult(id).exercise.slug}.ts:14)`,
    },
  })
}
