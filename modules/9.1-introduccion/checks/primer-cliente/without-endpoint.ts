import { type Check, type Finding, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { WITHHELD_S3_PROBE, WITHHELD_STS_PROBE, type WithheldRequest } from './probes.ts'
import { readSignature } from './seen-call.ts'
import { regionOtherThan, type Surroundings, userKeys } from './surroundings.ts'

const goesToAws: Check = {
  id: 'sin-endpoint',
  title: 'sin endpoint, los clientes hablan con AWS',
  points: 4,
  needs: ['s3-endpoint', 'sts-entorno'],
  hints: [
    'Quita AWS_ENDPOINT_URL del entorno. ¿A qué servidor hablaría tu programa?',
    'Sin la opción endpoint, el SDK construye la dirección de AWS: mi-bucket.s3.eu-west-1.amazonaws.com. Un «?? http://localhost:4566» o un forcePathStyle fijo lo estropean.',
    'if (entorno.AWS_ENDPOINT_URL) configuracion.endpoint = entorno.AWS_ENDPOINT_URL // si no está, no se pone\nforcePathStyle: Boolean(entorno.AWS_ENDPOINT_URL)',
  ],
  run: async lab => {
    const bucket = lab.name('aws')
    const region = regionOtherThan(lab.random, lab.connection.region)
    const surroundings = { ...userKeys(lab.random), AWS_REGION: region }
    const s3 = await withheld(lab, { probe: WITHHELD_S3_PROBE, args: [surroundings, bucket] })
    const sts = await withheld(lab, { probe: WITHHELD_STS_PROBE, args: [surroundings] })
    return (
      compareHost(s3, { expected: `${bucket}.s3.${region}.amazonaws.com`, bucket }) ??
      compareHost(sts, { expected: `sts.${region}.amazonaws.com` }) ??
      pass
    )
  },
}

const leavesTheKeysToTheSdk: Check = {
  id: 'sin-claves',
  title: 'sin claves en su entorno, deja buscarlas al SDK',
  points: 3,
  needs: ['sin-endpoint'],
  hints: [
    'En AWS las credenciales pueden venir de un perfil o de un rol, y entonces no están en tu entorno. ¿Qué hace tu cliente?',
    'Sin la opción credentials, el SDK recorre sus fuentes (variables, perfiles, rol de la máquina). Una clave de repuesto en el código lo impide: https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html',
    'if (accessKeyId && secretAccessKey) configuracion.credentials = { accessKeyId, secretAccessKey }\n// si no están, credentials no se pone: ni «test» ni textos vacíos',
  ],
  run: async lab => {
    const surroundings = { AWS_REGION: regionOtherThan(lab.random, lab.connection.region) }
    const keys = userKeys(lab.random)
    const requests = [
      await withheld(lab, { probe: WITHHELD_S3_PROBE, args: [surroundings, lab.name('aws')], env: keys }),
      await withheld(lab, { probe: WITHHELD_STS_PROBE, args: [surroundings], env: keys }),
    ]
    const findings = requests.map(request => compareSigner(request, keys))
    return findings.find(finding => finding !== undefined) ?? pass
  },
}

/** The clients, when nothing says where the cloud is. No request leaves the student's process. */
export const withoutEndpointChecks: readonly Check[] = [goesToAws, leavesTheKeysToTheSdk]

/** Takes the request that a client would send from a process without an endpoint, or says why there is none. */
async function withheld(
  lab: Lab,
  options: { probe: string; args: readonly unknown[]; env?: Surroundings },
): Promise<WithheldRequest | Finding> {
  const env = { AWS_ENDPOINT_URL: undefined, ...options.env }
  const claim = await lab.student.probe<WithheldRequest>(options.probe, options.args, { env })
  return claim.kind === 'value' ? claim.value : claimFailure(claim, 'una petición firmada para AWS')
}

function compareHost(
  request: WithheldRequest | Finding,
  { expected, bucket }: { expected: string; bucket?: string },
): Finding | undefined {
  if ('verdict' in request) return request
  const isRight = request.hostname === expected && (bucket === undefined || !request.path.includes(bucket))
  if (isRight) return undefined
  return fail({
    expected: `una petición a ${expected}`,
    found: `una petición a ${request.hostname}${request.path}`,
  })
}

function compareSigner(request: WithheldRequest | Finding, keys: Surroundings): Finding | undefined {
  if ('verdict' in request) return request
  const { accessKeyId } = readSignature(request.authorization)
  if (accessKeyId === keys.AWS_ACCESS_KEY_ID) return undefined
  return fail({
    expected: `firmada por ${keys.AWS_ACCESS_KEY_ID}, la clave que el SDK encuentra por su cuenta`,
    found: accessKeyId === '' ? 'una petición sin firmar' : `firmada por ${accessKeyId}`,
  })
}
