/** 9.3.1 con una tabla de operaciones en vez de un switch. */
interface Contexto {
  awsRequestId: string
  functionName: string
  functionVersion: string
  memoryLimitInMB: string
  getRemainingTimeInMillis(): number
}

type Campos = Readonly<Record<string, unknown>>
type Operacion = (evento: Campos, contexto: Contexto) => unknown

const pausa = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

const operaciones = new Map<unknown, Operacion>([
  ['eco', ({ datos }) => ({ datos })],
  [
    'tiempo',
    async ({ esperaMs }, contexto) => {
      const antesMs = contexto.getRemainingTimeInMillis()
      await pausa(Number(esperaMs))
      return { antesMs, despuesMs: contexto.getRemainingTimeInMillis() }
    },
  ],
  [
    'entorno',
    (_evento, { awsRequestId, functionName, functionVersion, memoryLimitInMB }) => ({
      solicitud: awsRequestId,
      funcion: functionName,
      version: functionVersion,
      memoriaMb: Number.parseInt(memoryLimitInMB, 10),
      region: process.env.AWS_REGION,
    }),
  ],
  [
    'fallar',
    ({ mensaje }) => {
      throw new RangeError(String(mensaje))
    },
  ],
])

export const handler = async (evento: Campos, contexto: Contexto): Promise<Campos> => {
  const { operacion } = evento
  process.stdout.write(`${JSON.stringify({ nivel: 'info', id: contexto.awsRequestId, operacion })}\n`)
  const hacer = operaciones.get(operacion)
  if (hacer === undefined) throw new Error('no sé hacer eso')
  return { operacion, ...Object(await hacer(evento, contexto)) }
}
