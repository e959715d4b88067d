/** Textos en español. */
export const spanish = {
  usage:
    'uso: awslocal [opciones] <servicio> <operación> [parámetros]\n' +
    'Para ver la ayuda:\n\n  awslocal help\n  awslocal <servicio> help\n  awslocal <servicio> <operación> help\n',
  endpointUnreachable: (endpoint: string) =>
    `No hay ninguna nube en ${endpoint}. Enciéndela en otra terminal con: npm run cloud`,
  endpointSilent: (endpoint: string) =>
    `La nube de ${endpoint} no responde. Comprueba que sigue encendida o reiníciala con: npm run cloud`,
  endpointBroken: (endpoint: string) =>
    `La nube de ${endpoint} cortó la conexión antes de responder. Repite el comando; si sigue, reiníciala con: npm run cloud`,
  noEvidence:
    'No hay evidencia guardada: aún no ha fallado ninguna corrección. Corrige primero un ejercicio con: npm run exercise',
  evidenceUnavailable:
    'Esta instalación de awslocal no puede abrir la evidencia. Ejecútala desde el taller: npx awslocal',
  helpUsage: 'uso: awslocal [opciones] <servicio> <operación> [parámetros]',
  helpServiceUsage: (service: string) => `uso: awslocal ${service} <operación> [parámetros]`,
  helpOperationUsage: (command: string) => `uso: awslocal ${command}`,
  helpIntroduction:
    'awslocal habla con la nube de tu máquina (http://localhost:4566) con los mismos comandos que la AWS CLI.',
  helpServices: 'Servicios',
  helpOperations: 'Operaciones',
  helpOptions: 'Opciones',
  helpRequired: 'Obligatorias',
  helpOptional: 'Optativas',
  helpWaiters: 'Esperas (awslocal … wait)',
  helpGlobalOptions: 'Opciones de cualquier comando',
  helpHighLevelS3: 'copiar, listar y sincronizar: ls, mb, rb, cp, mv, rm, sync, presign, website',
  helpMore: (command: string) => `Más: ${command}`,
  tail: {
    groupArns: 'los grupos, por su ARN: arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/mi-funcion',
    group: 'el grupo, p. ej. /aws/lambda/mi-funcion',
    since: 'desde cuándo: 30s, 10m (por defecto), 2h, 1d, 1w o una fecha, p. ej. 2026-01-31T10:00:00',
    follow: 'sigue mostrando lo que llega hasta que pulses Ctrl-C',
    format: 'cuánto se ve de cada línea; json despliega los mensajes que son JSON',
    filterPattern: 'solo las líneas que cumplen el patrón, p. ej. ERROR',
    streamNames: 'solo estos flujos',
    streamPrefix: 'solo los flujos que empiezan así',
  },
  globals: {
    debug: 'cuenta cada petición en la salida de errores',
    'endpoint-url': 'otra dirección, p. ej. http://localhost:4600',
    'no-verify-ssl': 'no comprueba el certificado',
    'no-paginate': 'una sola página de resultados',
    output: 'json (por defecto), text o table',
    query: 'una expresión JMESPath que elige parte de la respuesta',
    profile: 'un perfil de ~/.aws',
    region: 'la región (por defecto us-east-1)',
    color: 'on, off o auto (por defecto: solo en un terminal); hoy solo logs tail lleva color',
    'no-sign-request': 'peticiones sin firmar',
    'ca-bundle': 'certificados en los que confiar',
    'cli-read-timeout': 'segundos de espera por una respuesta',
    'cli-connect-timeout': 'segundos de espera por una conexión',
    'no-cli-pager': 'se acepta; nunca hay paginador',
    'cli-binary-format': 'cómo se leen los blobs: raw-in-base64-out (por defecto) o base64',
    evidencia: 'trabaja sobre lo que guardó la última corrección que falló',
    version: 'la versión',
  } as Readonly<Record<string, string>>,
}
