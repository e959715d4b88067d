import type { Finding } from './check.ts'
import type { Claim } from './lab.ts'

/** A call that gave no value: it threw, was missing, did not end, or took its process with it. */
export type FailedClaim = Exclude<Claim<unknown>, { readonly kind: 'value' }>

/**
 * What a check reports when a student's call gave no value; `expected` says in Spanish what should have happened.
 *
 * ```ts
 * const claim = await lab.student.call<string[]>('listar', [{ $client: 'S3Client' }, bucket, ''])
 * if (claim.kind !== 'value') return claimFailure(claim, 'las 1205 claves')
 * ```
 *
 * The verdict is `fail` for an error or a missing export, `timeout` and `crash` for the two others.
 */
export function claimFailure(claim: FailedClaim, expected?: string): Finding {
  const evidence = { ...(expected === undefined ? {} : { expected }), found: describeClaim(claim) }
  switch (claim.kind) {
    case 'timeout':
      return { verdict: 'timeout', ...evidence }
    case 'crash':
      return { verdict: 'crash', ...evidence }
    default:
      return { verdict: 'fail', ...evidence }
  }
}

/** A failed call in one Spanish line, e.g. `«Falta escribir listar» (objetos.ts:14)`. */
export function describeClaim(claim: FailedClaim): string {
  switch (claim.kind) {
    case 'error':
      return `«${describeError(claim.name, claim.message)}»${describePlace(claim.where)}`
    case 'missing':
      return claim.message
    case 'timeout':
      return `no terminó en ${formatSeconds(claim.seconds)} s${describePlace(claim.where)}`
    case 'crash':
      return `${claim.message}${describePlace(claim.where)}`
  }
}

function describeError(name: string, message: string): string {
  const line = firstLine(message)
  const isPlain = name === '' || name === 'Error'
  if (line === '') return isPlain ? 'un error sin mensaje' : name
  return isPlain ? line : `${name}: ${line}`
}

function describePlace(where: string | undefined): string {
  return where === undefined ? '' : ` (${where})`
}

function firstLine(text: string): string {
  const maximumCharacters = 300
  const line = text.trim().split('\n', 1)[0] ?? ''
  return line.length > maximumCharacters ? `${line.slice(0, maximumCharacters)}…` : line
}

function formatSeconds(seconds: number): string {
  return String(Math.round(seconds * 10) / 10).replace('.', ',')
}
