import type { Claim } from '../lab.ts'
import { studentHeapMegabytes } from './containment.ts'
import { LargeFrameError, maximumFrameBytes } from './frames.ts'
import { findStudentPlace } from './places.ts'
import { toPrintable } from './printable.ts'

/** What is needed to tell a student where in their own files something happened. */
export interface Reader {
  /** Real path of the folder of the student's file. */
  readonly folder: string
  /** The file's name, e.g. `objetos.ts`. */
  readonly file: string
}

/** An error as the harness describes it: everything is a text that the student's code may have forged. */
interface Described {
  readonly name: string
  readonly message: string
  readonly stack: string
  readonly code: string
  readonly permission: string
  readonly resource: string
}

/** Turns the harness's answer into a claim. */
export function explainAnswer(
  outcome: unknown,
  durationMilliseconds: number,
  reader: Reader,
): Claim<unknown> {
  const fields = toRecord(outcome)
  switch (fields.kind) {
    case 'value':
      return { kind: 'value', value: fields.value, durationMilliseconds }
    case 'missing':
      return { kind: 'missing', message: explainMissing(fields, reader) }
    case 'load-error':
      return explainLoadError(toDescribed(fields), reader)
    case 'not-cloneable':
      return {
        kind: 'error',
        name: 'Error',
        message: `devolvió algo que no son datos (una función, un cliente o un stream): ${toDescribed(fields).message}`,
      }
    case 'error': {
      const error = toDescribed(fields)
      return {
        kind: 'error',
        name: error.name,
        message: explainMessage(error),
        ...placeOf(error.stack, reader),
      }
    }
    default:
      return explainBrokenChannel(undefined)
  }
}

/** An exception that nobody caught, or a rejected promise without `await`. */
export function explainFatal(message: unknown, reader: Reader): Claim<unknown> {
  const error = toDescribed(toRecord(message))
  const isRejection = toRecord(message).origin === 'unhandledRejection'
  const cause = isRejection
    ? 'una promesa falló y nadie la esperaba (¿falta un await?)'
    : 'nadie atrapó el error'
  return { kind: 'crash', message: `${cause}: «${explainMessage(error)}»`, ...placeOf(error.stack, reader) }
}

/** How a process ended by itself before it answered. */
export function explainEnd(
  end: { readonly code: number | null; readonly signal: string | null; readonly lastWords: string },
  reader: Reader,
): Claim<unknown> {
  if (/heap out of memory|Allocation failed/.test(end.lastWords)) {
    return { kind: 'crash', message: `se quedó sin memoria (límite: ${studentHeapMegabytes} MiB)` }
  }
  const place = placeOf(end.lastWords, reader)
  if (end.signal !== null) return { kind: 'crash', message: `el proceso murió (${end.signal})`, ...place }
  return {
    kind: 'crash',
    message: `el programa terminó antes de responder, con código ${end.code ?? 0} (¿process.exit?)`,
    ...place,
  }
}

/** What came through the channel was not an answer of the harness. */
export function explainBrokenChannel(error: unknown): Claim<unknown> {
  const megabytes = maximumFrameBytes / (1024 * 1024)
  return error instanceof LargeFrameError
    ? { kind: 'crash', message: `devolvió demasiados datos (más de ${megabytes} MiB)` }
    : { kind: 'crash', message: 'el programa escribió en el canal del corrector' }
}

function explainMissing(fields: Record<string, unknown>, { file }: Reader): string {
  const name = typeof fields.exportName === 'string' ? fields.exportName : 'la función'
  return fields.reason === 'not-a-function'
    ? `${file} exporta ${name}, pero no es una función`
    : `${file} no exporta ${name}`
}

/** Errors while the student's module was loading: imports that do not exist, and code at the top that throws. */
function explainLoadError(error: Described, reader: Reader): Claim<unknown> {
  const place = placeOf(error.stack, reader)
  const packageName = /^Cannot find package '([^']+)'/.exec(error.message)?.[1]
  if (packageName !== undefined) {
    return { kind: 'crash', message: `importa el paquete «${packageName}», que no está instalado`, ...place }
  }
  const absent =
    /module '([^']+)' does not provide an export named '([^']+)'/.exec(error.message) ??
    /Named export '([^']+)' not found\. The requested module '([^']+)'/.exec(error.message)
  if (absent !== null) {
    const [, first = '', second = ''] = absent
    const [module, name] = error.message.startsWith('Named') ? [second, first] : [first, second]
    return { kind: 'crash', message: `importa «${name}», que «${module}» no exporta`, ...place }
  }
  return { kind: 'crash', message: `al cargar ${reader.file}: «${explainMessage(error)}»`, ...place }
}

const permissions: Readonly<Record<string, string>> = {
  FileSystemRead: 'leer',
  FileSystemWrite: 'escribir',
  ChildProcess: 'arrancar otro proceso',
  WorkerThreads: 'crear un hilo',
}

function explainMessage(error: Described): string {
  if (error.code === 'ERR_DLOPEN_DISABLED') return 'acceso denegado: cargar un módulo nativo'
  if (error.code !== 'ERR_ACCESS_DENIED' || error.message.startsWith('acceso denegado')) return error.message
  if (error.permission === '') return `acceso denegado: ${error.message}`
  const what = permissions[error.permission] ?? error.permission
  const where = error.resource === '' ? '' : ` ${error.resource}`
  return `acceso denegado: ${what}${where} (fuera de la carpeta del ejercicio)`
}

function placeOf(stack: string, { folder }: Reader): { where?: string } {
  const where = findStudentPlace(stack, folder)
  return where === undefined ? {} : { where }
}

function toDescribed(fields: Record<string, unknown>): Described {
  const text = (name: string): string => (typeof fields[name] === 'string' ? toPrintable(fields[name]) : '')
  return {
    name: text('name'),
    message: text('message'),
    stack: text('stack'),
    code: text('code'),
    permission: text('permission'),
    resource: text('resource'),
  }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
