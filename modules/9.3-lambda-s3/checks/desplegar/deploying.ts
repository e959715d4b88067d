import { isDeepStrictEqual } from 'node:util'
import type { Lab, ProgramResult } from '../../../../src/course/lab.ts'
import { describeEnd, programFailure } from '../../../9.1-introduccion/checks/program-evidence.ts'
import { refuse, refuseClaim, refuseFinding } from '../../../9.2-s3-data-lake/checks/data-lake/lake.ts'
import { createBucket } from '../../../9.2-s3-data-lake/checks/grader-s3/objects.ts'
import { logsLine, showJson } from '../grader-lambda/invoking.ts'
import { answerOf, codePath, functionSource, roleOf } from './functions.ts'

/** The time that one deployment gets. */
const timeoutSeconds = 45

/** What the program is told to deploy, and to where. */
export interface Deployment {
  readonly bucket: string
  readonly functionName: string
  readonly role: string
  /** Default: the run's cloud. */
  readonly endpoint?: string
}

/** Runs the student's program. */
export function runDeployment(lab: Lab, deployment: Deployment): Promise<ProgramResult> {
  const { bucket, functionName, role, endpoint } = deployment
  const variables = { BUCKET: bucket, FUNCION: functionName, ROL_ARN: role }
  const env = endpoint === undefined ? variables : { ...variables, AWS_ENDPOINT_URL: endpoint }
  return lab.student.program({ env, timeoutSeconds })
}

/** Ends the check unless the program ended well. */
export function refuseFailedRun(result: ProgramResult, expected = 'el programa termina con código 0'): void {
  if (result.exitCode === 0) return
  refuseFinding(
    programFailure(result, { expected, found: describeEnd(result), tryIt: 'lambda list-functions' }),
  )
}

/** A new bucket and the name of a function that is not there yet. */
export async function prepare(lab: Lab, purpose: string): Promise<Deployment> {
  const bucket = await createBucket(lab, purpose)
  return { bucket, functionName: lab.name(`taller-${purpose}`), role: roleOf(lab, 'taller-lambda') }
}

/** Puts a function of the grader's in the place of the student's, and gives its mark. */
export async function writeFunction(lab: Lab): Promise<string> {
  const mark = `marca-${lab.random.hex(8)}`
  await lab.writeFile(codePath, functionSource(mark))
  return mark
}

/** Ends the check unless the deployed function is the one with that mark. */
export async function expectMark(lab: Lab, functionName: string, mark: string): Promise<void> {
  const tryIt = logsLine(functionName)
  const expected = `la función responde ${showJson(answerOf(mark))}`
  const invocation = await lab.functions.invoke(functionName, {})
  if (invocation.kind !== 'value') refuseClaim(invocation, { expected, tryIt })
  if (isDeepStrictEqual(invocation.value, answerOf(mark))) return
  refuse({ expected, found: `respondió ${showJson(invocation.value)}`, tryIt })
}

/** What the first deployment of the run left, for the checks that look at it. */
export interface FirstDeployment extends Deployment {
  readonly mark: string
  readonly startedAt: number
  /** SHA-256 of the zip, as Lambda says it. */
  readonly codeHash: string
  /** The function that the bucket told of its objects before. */
  readonly otherArn: string
  /** The student's own function, before the grader's took its place. */
  readonly ownFunction: Buffer | undefined
}

/** One run's labs have one connection. */
const firstDeployments = new WeakMap<object, FirstDeployment>()

/** Remembers the first deployment for the run's other checks. */
export function rememberFirst({ connection }: Lab, deployment: FirstDeployment): void {
  firstDeployments.set(connection, deployment)
}

/** The run's first deployment; a check that asks needs the one that makes it. */
export function firstDeployment({ connection }: Lab): FirstDeployment {
  const deployment = firstDeployments.get(connection)
  if (deployment === undefined) throw new Error('the first deployment is not there')
  return deployment
}
