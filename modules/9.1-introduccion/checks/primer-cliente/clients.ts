import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure, describeClaim } from '../../../../src/course/claim.ts'
import type { Claim, Lab } from '../../../../src/course/lab.ts'
import { type FakeAws, withFakeAws } from './fake-aws.ts'
import { CALLER_IDENTITY_PROBE, HEAD_BUCKET_PROBE, LIST_BUCKETS_PROBE, TWO_CLOUDS_PROBE } from './probes.ts'
import type { SeenCall } from './seen-call.ts'
import { regionOtherThan, roleKeys, type Surroundings, userKeys, workingScenario } from './surroundings.ts'

/** What one command did, seen from both ends. */
interface Exchange {
  readonly server: FakeAws
  readonly surroundings: Surroundings
  readonly claim: Claim<unknown>
  /** The first request that arrived. */
  readonly call: SeenCall | undefined
}

const talksToTheEndpoint: Check = {
  id: 's3-endpoint',
  title: 'crearS3 habla con el endpoint de su entorno',
  points: 5,
  hints: [
    '¿De dónde sale la dirección a la que habla tu cliente? Fíjate en que crearS3 recibe un entorno.',
    'S3Client acepta { endpoint } en su configuración. Léelo del parámetro entorno, no de process.env ni del código: https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/client/s3/',
    'return new S3Client({ endpoint: entorno.AWS_ENDPOINT_URL, region: entorno.AWS_REGION /* … */ })',
  ],
  // Two clouds at once: a client keeps to its own environment, whatever was asked for after it.
  run: lab =>
    withFakeAws(workingScenario(lab.random), one =>
      withFakeAws(workingScenario(lab.random), async other => {
        const claim = await lab.student.probe(
          TWO_CLOUDS_PROBE,
          [one, other].map(server =>
            surroundingsOf(lab, { keys: userKeys(lab.random), endpoint: server.endpoint }),
          ),
        )
        return (
          findMisdirected(one, claim, 'del primer cliente') ??
          findMisdirected(other, claim, 'del segundo cliente, que tiene otro entorno') ??
          pass
        )
      }),
    ),
}

const signsWithTheKeys: Check = {
  id: 's3-credenciales',
  title: 'crearS3 firma con las credenciales de su entorno',
  points: 5,
  needs: ['s3-endpoint'],
  hints: [
    '¿Con qué clave firma tu cliente? Si está escrita en el código, la ve cualquiera que lea el repositorio.',
    'credentials lleva accessKeyId, secretAccessKey y, con credenciales temporales, sessionToken. En el entorno: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY y AWS_SESSION_TOKEN.',
    'credentials: {\n  accessKeyId: entorno.AWS_ACCESS_KEY_ID,\n  secretAccessKey: entorno.AWS_SECRET_ACCESS_KEY,\n  sessionToken: entorno.AWS_SESSION_TOKEN,\n}',
  ],
  run: lab =>
    exchange(
      lab,
      { probe: LIST_BUCKETS_PROBE, keys: roleKeys(lab.random) },
      ({ surroundings, claim, call }) => {
        const { AWS_ACCESS_KEY_ID: key, AWS_SESSION_TOKEN: token } = surroundings
        const expected = `firmada por ${key}, con el token de sesión ${token}`
        if (call === undefined) return nothingArrived(claim, expected)
        if (call.signature.accessKeyId === key && call.sessionToken === token) return pass
        return fail({ expected, found: describeSigner(call) })
      },
    ),
}

const signsForTheRegion: Check = {
  id: 's3-region',
  title: 'crearS3 usa la región de su entorno',
  points: 4,
  needs: ['s3-endpoint'],
  hints: [
    'La firma de cada petición lleva una región. ¿Cuál lleva la tuya?',
    'El SDK de JavaScript toma la región de la opción region. En el entorno es AWS_REGION.',
    'region: entorno.AWS_REGION',
  ],
  run: lab =>
    exchange(
      lab,
      { probe: LIST_BUCKETS_PROBE, keys: userKeys(lab.random) },
      ({ surroundings, claim, call }) => {
        const expected = `firmada para la región ${surroundings.AWS_REGION}`
        if (call === undefined) return nothingArrived(claim, expected)
        if (call.signature.region === surroundings.AWS_REGION) return pass
        return fail({ expected, found: `firmada para la región ${call.signature.region || '(ninguna)'}` })
      },
    ),
}

const usesPathStyle: Check = {
  id: 'estilo-de-ruta',
  title: 'con endpoint, crearS3 pone el bucket en la ruta',
  points: 4,
  needs: ['s3-endpoint'],
  hints: [
    'AWS tiene un nombre de servidor por bucket. ¿Existe el servidor mi-bucket.localhost en tu máquina?',
    'La opción forcePathStyle pide http://localhost:4566/mi-bucket en vez de http://mi-bucket.localhost:4566. Hace falta cuando hay endpoint.',
    'forcePathStyle: entorno.AWS_ENDPOINT_URL !== undefined',
  ],
  run: lab => {
    const bucket = lab.name('ruta')
    const options = { probe: HEAD_BUCKET_PROBE, keys: userKeys(lab.random), hostname: 'localhost', bucket }
    return exchange(lab, options, ({ server, claim, call }) => {
      const host = `localhost:${server.port}`
      const expected = `http://${host}/${bucket}`
      if (call === undefined) return nothingArrived(claim, expected)
      if (call.host === host && call.path.replace(/\/$/, '') === `/${bucket}`) return pass
      return fail({ expected, found: `http://${call.host}${call.path}` })
    })
  },
}

const makesStsTheSameWay: Check = {
  id: 'sts-entorno',
  title: 'crearSts usa el endpoint, las claves y la región',
  points: 4,
  hints: [
    '¿Tu cliente de STS sabe lo mismo que el de S3?',
    'Todos los clientes del SDK aceptan endpoint, region y credentials; solo forcePathStyle es de S3. Una función que arme esa configuración sirve para los dos.',
    'return new STSClient(configurar(entorno))',
  ],
  run: lab =>
    exchange(
      lab,
      { probe: CALLER_IDENTITY_PROBE, keys: roleKeys(lab.random) },
      ({ server, surroundings, claim, call }) => {
        const { AWS_ACCESS_KEY_ID: key, AWS_REGION: region, AWS_SESSION_TOKEN: token } = surroundings
        const expected = `una petición de STS en ${server.endpoint}, firmada por ${key}, con su token, para ${region}`
        if (call === undefined) return nothingArrived(claim, expected)
        const { accessKeyId, region: signedRegion } = call.signature
        if (accessKeyId === key && signedRegion === region && call.sessionToken === token) {
          return claim.kind === 'value' ? pass : claimFailure(claim, expected)
        }
        return fail({
          expected,
          found: `${describeSigner(call)}, para ${signedRegion || '(ninguna región)'}`,
        })
      },
    ),
}

/** The clients, on an endpoint of their own. */
export const clientChecks: readonly Check[] = [
  talksToTheEndpoint,
  signsWithTheKeys,
  signsForTheRegion,
  usesPathStyle,
  makesStsTheSameWay,
]

/** Sends a command with a client of the student's to a server of the grader's, and judges what arrived. */
async function exchange(
  lab: Lab,
  options: { probe: string; keys: Surroundings; hostname?: string; bucket?: string },
  judge: (exchange: Exchange) => Finding,
): Promise<Finding> {
  return await withFakeAws(workingScenario(lab.random), async server => {
    const endpoint = `http://${options.hostname ?? '127.0.0.1'}:${server.port}`
    const surroundings = surroundingsOf(lab, { keys: options.keys, endpoint })
    const claim = await lab.student.probe(options.probe, [surroundings, options.bucket])
    return judge({ server, surroundings, claim, call: server.calls[0] })
  })
}

function surroundingsOf(
  lab: Lab,
  { keys, endpoint }: { keys: Surroundings; endpoint: string },
): Surroundings {
  const region = regionOtherThan(lab.random, lab.connection.region)
  return { ...keys, AWS_REGION: region, AWS_ENDPOINT_URL: endpoint }
}

function findMisdirected(server: FakeAws, claim: Claim<unknown>, who: string): Finding | undefined {
  const expected = `una petición de S3 en ${server.endpoint}, ${who}`
  if (server.calls.length === 0) return nothingArrived(claim, expected)
  return claim.kind === 'value' ? undefined : claimFailure(claim, expected)
}

function nothingArrived(claim: Claim<unknown>, expected: string): Finding {
  if (claim.kind === 'value')
    return fail({ expected, found: 'no llegó ninguna petición: el cliente habla con otro servidor' })
  return { ...claimFailure(claim, expected), found: `no llegó ninguna petición: ${describeClaim(claim)}` }
}

function describeSigner(call: SeenCall): string {
  const key = call.signature.accessKeyId === '' ? 'sin firma' : `firmada por ${call.signature.accessKeyId}`
  return call.sessionToken === undefined
    ? `${key}, sin token de sesión`
    : `${key}, con el token ${call.sessionToken}`
}
