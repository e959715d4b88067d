import { type Check, type Finding, pass } from '../../../../src/course/check.ts'
import type { Lab, ProgramResult } from '../../../../src/course/lab.ts'
import { describeEnd, hasErrorMessage, programFailure } from '../program-evidence.ts'
import { deadEndpoint } from '../salud/health-server.ts'
import { type AwsFailure, type Scenario, withFakeAws } from './fake-aws.ts'
import { readReport } from './report-lines.ts'
import { accountNumber, bucketNames, identityIn, pickS3Failure, pickStsFailure } from './surroundings.ts'

const showsTheErrorOfS3: Check = {
  id: 'error-s3',
  title: 'un error al listar se ve: su nombre en stderr y código 1',
  points: 3,
  needs: ['buckets'],
  hints: [
    'Si S3 dice que no puedes listar, ¿es lo mismo que no tener buckets?',
    'Un error del SDK lleva su código en error.name (AccessDenied, InvalidAccessKeyId…). console.error escribe en stderr; process.exitCode = 1 lo cuenta a los demás programas.',
    "try {\n  await presentar(process.env)\n} catch (error) {\n  console.error(error.name + ': ' + error.message)\n  process.exitCode = 1\n}",
  ],
  run: async lab => {
    const identity = identityIn(accountNumber(lab.random), lab.random)
    const failure = pickS3Failure(lab.random)
    const atOnce = await runAgainst(lab, { identity, pages: [failure] })
    const later = await runAgainst(lab, { identity, pages: [bucketNames(lab.random, 3), failure] })
    return (
      findHiddenFailure(atOnce, failure, 'S3 responde') ??
      findInventedCount(atOnce, failure) ??
      findHiddenFailure(later, failure, 'en la segunda página S3 responde') ??
      pass
    )
  },
}

const showsTheErrorOfSts: Check = {
  id: 'error-sts',
  title: 'sin identidad o sin nube, lo dice y termina con 1',
  points: 3,
  needs: ['cuenta'],
  hints: [
    '¿Qué escribe tu programa si las credenciales no valen? ¿Y si la nube está apagada?',
    'Un solo try/catch en main alcanza para todos los errores, vengan de STS, de S3 o de la red.',
    "main().catch(error => {\n  console.error(error.name + ': ' + error.message)\n  process.exitCode = 1\n})",
  ],
  run: async lab => {
    const failure = pickStsFailure(lab.random)
    const refused = await runAgainst(lab, { identity: failure, pages: [[]] })
    const alone = await lab.student.program({ env: { AWS_ENDPOINT_URL: await deadEndpoint() } })
    return findHiddenFailure(refused, failure, 'STS responde') ?? findSilentEnd(alone) ?? pass
  },
}

/** The program, when the cloud says no. */
export const failureChecks: readonly Check[] = [showsTheErrorOfS3, showsTheErrorOfSts]

async function runAgainst(lab: Lab, scenario: Scenario): Promise<ProgramResult> {
  return await withFakeAws(
    scenario,
    async ({ endpoint }) => await lab.student.program({ env: { AWS_ENDPOINT_URL: endpoint } }),
  )
}

function findHiddenFailure(
  result: ProgramResult,
  failure: AwsFailure,
  situation: string,
): Finding | undefined {
  if (result.exitCode === 1 && result.stderr.includes(failure.code)) return undefined
  return programFailure(result, {
    expected: `${situation} ${failure.status} ${failure.code}: ese nombre en stderr y código 1`,
    found: describeEnd(result),
  })
}

function findInventedCount(result: ProgramResult, failure: AwsFailure): Finding | undefined {
  const { bucketCount } = readReport(result.stdout)
  if (bucketCount === undefined) return undefined
  return programFailure(result, {
    expected: `ninguna línea «Buckets:», porque S3 respondió ${failure.code}`,
    found: `Buckets: ${bucketCount}`,
  })
}

function findSilentEnd(result: ProgramResult): Finding | undefined {
  if (result.exitCode === 1 && hasErrorMessage(result)) return undefined
  return programFailure(result, {
    expected: 'nadie escucha en el endpoint: el error en stderr y código 1',
    found: describeEnd(result),
  })
}
