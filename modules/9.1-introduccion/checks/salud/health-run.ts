import type { Finding } from '../../../../src/course/check.ts'
import type { Lab, ProgramOptions, ProgramResult } from '../../../../src/course/lab.ts'
import { describeEnd, hasErrorMessage, programFailure } from '../program-evidence.ts'
import { type HealthServer, type Reply, withHealthServer } from './health-server.ts'
import { areHealthy, HEALTHY_STATES, SERVICES, type States, stateOf } from './states.ts'

/** Runs the student's program against an endpoint. */
export async function askHealth(
  lab: Lab,
  endpoint: string | undefined,
  options: Pick<ProgramOptions, 'timeoutSeconds'> = {},
): Promise<ProgramResult> {
  return await lab.student.program({ ...options, env: { AWS_ENDPOINT_URL: endpoint } })
}

/** Runs the student's program against a server that answers like `reply`. */
export async function askHealthOf(
  lab: Lab,
  reply: Reply,
  options: Pick<ProgramOptions, 'timeoutSeconds'> = {},
): Promise<ProgramResult> {
  return await withHealthServer(reply, ({ endpoint }: HealthServer) => askHealth(lab, endpoint, options))
}

/** What is wrong with the printed states, or `undefined` when the eight lines are right. */
export function findWrongStates(result: ProgramResult, states: States): Finding | undefined {
  const printed = printedStates(result.stdout)
  const wrong = SERVICES.filter(service => !isRightLine(printed, service, stateOf(states, service)))
  if (wrong.length === 0 && !result.timedOut) return undefined
  return programFailure(result, {
    expected: listLines(wrong.map(service => `${service} ${stateOf(states, service)}`)),
    found:
      printed.size === 0
        ? `ninguna línea «servicio estado»${quoteFirstLine(result.stdout)}; ${describeEnd(result)}`
        : listLines(wrong.map(service => describeLines(service, printed.get(service)))),
  })
}

/** What is wrong with the exit code, or `undefined` when it is the one that the states deserve. */
export function findWrongExit(result: ProgramResult, states: States): Finding | undefined {
  const expectedCode = areHealthy(states) ? 0 : 1
  if (result.exitCode === expectedCode && !result.timedOut) return undefined
  const reason = expectedCode === 0 ? 'los ocho están en running o available' : `hay ${listBroken(states)}`
  return programFailure(result, { expected: `código ${expectedCode}: ${reason}`, found: describeEnd(result) })
}

/** What is wrong with a run that could not learn the health, or `undefined` when it said so and ended with 1. */
export function findUnreportedFailure(result: ProgramResult, situation: string): Finding | undefined {
  const claimed = claimedHealthy(result)
  const isReported = result.exitCode === 1 && !result.timedOut && hasErrorMessage(result)
  if (isReported && claimed.length === 0) return undefined
  return programFailure(result, {
    expected: `${situation}: un mensaje en stderr, código 1 y ningún servicio dado por sano`,
    found:
      claimed.length > 0 ? `${describeEnd(result)}; en stdout: ${listLines(claimed)}` : describeEnd(result),
  })
}

/** The first finding that there is. */
export function firstFinding(findings: readonly (Finding | undefined)[]): Finding | undefined {
  return findings.find(finding => finding !== undefined)
}

/** States that the program printed for each of the eight services; other lines do not count. */
function printedStates(stdout: string): Map<string, string[]> {
  const names: readonly string[] = SERVICES
  const printed = new Map<string, string[]>()
  for (const line of stdout.split(/\r?\n/)) {
    const [service, state, ...more] = line.trim().split(/\s+/)
    if (service === undefined || state === undefined || more.length > 0 || !names.includes(service)) continue
    printed.set(service, [...(printed.get(service) ?? []), state])
  }
  return printed
}

function claimedHealthy(result: ProgramResult): string[] {
  const healthy: readonly string[] = HEALTHY_STATES
  return [...printedStates(result.stdout)]
    .filter(([, states]) => states.some(state => healthy.includes(state)))
    .map(([service, states]) => `${service} ${states.join(' ')}`)
}

function isRightLine(
  printed: ReadonlyMap<string, readonly string[]>,
  service: string,
  state: string,
): boolean {
  const lines = printed.get(service)
  return lines?.length === 1 && lines[0] === state
}

function describeLines(service: string, states: readonly string[] | undefined): string {
  if (states === undefined) return `falta la línea de ${service}`
  return states.map(state => `${service} ${state}`).join(' y además ')
}

function quoteFirstLine(stdout: string): string {
  const maximumCharacters = 60
  const line = stdout.trim().split(/\r?\n/, 1)[0] ?? ''
  return line === '' ? '' : ` (la primera línea dice «${line.slice(0, maximumCharacters)}»)`
}

function listBroken(states: States): string {
  const healthy: readonly string[] = HEALTHY_STATES
  return SERVICES.filter(service => !healthy.includes(stateOf(states, service)))
    .map(service => `${service} ${stateOf(states, service)}`)
    .join(' y ')
}

function listLines(lines: readonly string[]): string {
  const maximumLines = 4
  const shown = lines.slice(0, maximumLines).join(' · ')
  return lines.length > maximumLines ? `${shown} · y ${lines.length - maximumLines} más` : shown
}
