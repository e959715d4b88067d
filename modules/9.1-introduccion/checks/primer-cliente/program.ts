import { CreateBucketCommand, paginateListBuckets, S3Client } from '@aws-sdk/client-s3'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { type Check, type Finding, pass } from '../../../../src/course/check.ts'
import type { Lab, ProgramResult } from '../../../../src/course/lab.ts'
import { describeEnd, programFailure } from '../program-evidence.ts'
import { type Identity, withFakeAws } from './fake-aws.ts'
import { listNames, readReport } from './report-lines.ts'
import { accountNumber, bucketNames, identityIn } from './surroundings.ts'

const saysWhoYouAre: Check = {
  id: 'cuenta',
  title: 'escribe la cuenta y el ARN que dice STS',
  points: 5,
  hints: [
    'La cuenta que escribes, ¿la preguntaste o la sabías de antemano?',
    'GetCallerIdentityCommand, de @aws-sdk/client-sts, responde { Account, Arn, UserId } para las credenciales con las que se firma.',
    "const identidad = await crearSts(entorno).send(new GetCallerIdentityCommand({}))\nconsole.log('Cuenta:', identidad.Account)\nconsole.log('ARN:', identidad.Arn)",
  ],
  run: async lab => {
    const own = await lab.client(STSClient).send(new GetCallerIdentityCommand({}))
    const result = await lab.student.program()
    const wrong = findWrongIdentity(result, { account: own.Account ?? '', arn: own.Arn ?? '' })
    if (wrong !== undefined) return { ...wrong, tryIt: 'sts get-caller-identity' }
    return (await findWrongOtherIdentity(lab)) ?? pass
  },
}

const listsTheBuckets: Check = {
  id: 'buckets',
  title: 'escribe cuántos buckets hay y sus nombres',
  points: 5,
  needs: ['cuenta'],
  hints: [
    '¿Sale en tu lista un bucket que acabas de crear? ¿Y qué escribes cuando no hay ninguno?',
    'ListBucketsCommand responde { Buckets: [{ Name, CreationDate }] }. Primero «Buckets: n», después un nombre por línea.',
    "console.log('Buckets:', nombres.length)\nfor (const nombre of nombres) console.log(nombre)",
  ],
  run: async lab => {
    const s3 = lab.client(S3Client)
    const count = lab.random.integer(2, 4)
    for (let number = 1; number <= count; number++) await createBucket(lab, s3, lab.name(`cubo-${number}`))
    const expected = await readBuckets(s3)
    const wrong = findWrongBuckets(await lab.student.program(), expected)
    if (wrong !== undefined) return { ...wrong, tryIt: 's3 ls' }
    return (await findWrongEmptyList(lab)) ?? pass
  },
}

const readsAllPages: Check = {
  id: 'paginas',
  title: 'recorre todas las páginas de ListBuckets',
  points: 5,
  needs: ['cuenta'],
  hints: [
    'Una cuenta puede tener miles de buckets. ¿Cabe la lista en una sola respuesta?',
    'Mientras la respuesta traiga ContinuationToken, faltan páginas: se pide la siguiente con ese token. paginateListBuckets lo hace por ti, con for await.',
    'for await (const pagina of paginateListBuckets({ client: s3 }, {})) {\n  for (const bucket of pagina.Buckets ?? []) nombres.push(bucket.Name)\n}',
  ],
  run: async lab => {
    const { random } = lab
    const pages = Array.from({ length: 3 }, () => bucketNames(random, random.integer(2, 4)))
    const salt = random.hex(12)
    const scenario = {
      identity: identityIn(accountNumber(random), random),
      pages,
      tokenOf: (page: number): string => `${salt}+/${page}==`,
    }
    return await withFakeAws(scenario, async ({ endpoint }) => {
      const result = await lab.student.program({ env: { AWS_ENDPOINT_URL: endpoint } })
      return findWrongBuckets(result, pages.flat(), 'repartidos en 3 páginas') ?? pass
    })
  },
}

/** The program, when everything goes well. */
export const programChecks: readonly Check[] = [saysWhoYouAre, listsTheBuckets, readsAllPages]

/** The program as somebody else: a server of the grader's that tells an account made up for this run. */
async function findWrongOtherIdentity(lab: Lab): Promise<Finding | undefined> {
  const identity = identityIn(accountNumber(lab.random), lab.random)
  return await withFakeAws({ identity, pages: [[]] }, async ({ endpoint }) =>
    findWrongIdentity(await lab.student.program({ env: { AWS_ENDPOINT_URL: endpoint } }), identity),
  )
}

async function findWrongEmptyList(lab: Lab): Promise<Finding | undefined> {
  const scenario = { identity: identityIn(accountNumber(lab.random), lab.random), pages: [[]] }
  return await withFakeAws(scenario, async ({ endpoint }) =>
    findWrongBuckets(await lab.student.program({ env: { AWS_ENDPOINT_URL: endpoint } }), []),
  )
}

function findWrongIdentity(result: ProgramResult, identity: Identity): Finding | undefined {
  const { account, arn } = readReport(result.stdout)
  const isRight = account === identity.account && arn === identity.arn && result.exitCode === 0
  if (isRight) return undefined
  const isSilent = account === undefined || arn === undefined || result.exitCode !== 0
  const printed = `Cuenta: ${account ?? '(falta)'} · ARN: ${arn ?? '(falta)'}`
  return programFailure(result, {
    expected: `Cuenta: ${identity.account} · ARN: ${identity.arn}, y código 0`,
    found: isSilent ? `${printed}; ${describeEnd(result)}` : printed,
  })
}

function findWrongBuckets(result: ProgramResult, names: readonly string[], note = ''): Finding | undefined {
  const { bucketCount, bucketNames: printed } = readReport(result.stdout)
  const expectedNames = [...names].sort()
  const areNamesRight =
    printed.length === names.length && printed.every((name, index) => name === expectedNames[index])
  if (bucketCount === String(names.length) && areNamesRight && result.exitCode === 0) return undefined
  const end = result.exitCode === 0 ? '' : `; ${describeEnd(result)}`
  return programFailure(result, {
    expected: `Buckets: ${names.length}${note === '' ? '' : `, ${note}`}, un nombre por línea: ${listNames(expectedNames)}`,
    found: `Buckets: ${bucketCount ?? '(falta)'}, debajo: ${listNames(printed)}${end}`,
  })
}

async function createBucket(lab: Lab, s3: S3Client, bucket: string): Promise<void> {
  const { region } = lab.connection
  await s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      // us-east-1 is the only region that must not be named here, and every other one must.
      ...(region === 'us-east-1'
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } }),
    }),
  )
}

async function readBuckets(s3: S3Client): Promise<string[]> {
  const names: string[] = []
  for await (const page of paginateListBuckets({ client: s3 }, {})) {
    for (const { Name } of page.Buckets ?? []) if (Name !== undefined) names.push(Name)
  }
  return names
}
