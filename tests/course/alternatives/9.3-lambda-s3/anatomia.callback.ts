/** 9.3.1 a la antigua: sin promesas, con el callback que Lambda da al handler. */
interface Contexto {
  readonly awsRequestId: string
  readonly functionName: string
  readonly functionVersion: string
  readonly memoryLimitInMB: string
  readonly getRemainingTimeInMillis: () => number
}

type Contestar = (error: Error | null, respuesta?: unknown) => void

interface Evento {
  readonly operacion?: string
  readonly datos?: unknown
  readonly esperaMs?: number
  readonly mensaje?: string
}

export function handler(evento: Evento, contexto: Contexto, contestar: Contestar): void {
  const { operacion } = evento
  console.info('[%s] %s', contexto.awsRequestId, operacion)
  if (operacion === 'eco') contestar(null, { operacion, datos: evento.datos })
  else if (operacion === 'tiempo') {
    const antesMs = contexto.getRemainingTimeInMillis()
    setTimeout(() => {
      contestar(null, { operacion, antesMs, despuesMs: contexto.getRemainingTimeInMillis() })
    }, evento.esperaMs)
  } else if (operacion === 'entorno') {
    contestar(null, {
      operacion,
      solicitud: contexto.awsRequestId,
      funcion: process.env.AWS_LAMBDA_FUNCTION_NAME,
      version: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      memoriaMb: Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE),
      region: process.env.AWS_REGION,
    })
  } else contestar(new Error(operacion === 'fallar' ? evento.mensaje : `¿qué es ${operacion}?`))
}
