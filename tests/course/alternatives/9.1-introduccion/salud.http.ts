// Right, written with node:http and one timer of its own: the timer destroys the request wherever it is.
import { get } from 'node:http'

const servicios = 's3 lambda kinesis dynamodb sqs sns iam logs'.split(' ')

function pedir(direccion: string, plazo: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const peticion = get(direccion, respuesta => {
      let cuerpo = ''
      respuesta.setEncoding('utf8')
      respuesta.on('data', (trozo: string) => {
        cuerpo += trozo
      })
      respuesta.on('error', reject)
      respuesta.on('aborted', () => reject(new Error('la respuesta quedó a medias')))
      respuesta.on('end', () => {
        const codigo = respuesta.statusCode ?? 0
        if (codigo >= 200 && codigo < 300) resolve(cuerpo)
        else reject(new Error(`código ${codigo}`))
      })
    })
    const alarma = setTimeout(() => peticion.destroy(new Error(`no respondió en ${plazo} ms`)), plazo)
    peticion.on('error', reject)
    peticion.on('close', () => clearTimeout(alarma))
  })
}

async function salud(): Promise<boolean> {
  const base = process.env.AWS_ENDPOINT_URL
  if (base === undefined || base === '') throw new Error('define AWS_ENDPOINT_URL')
  const documento: { services: Record<string, string> } = JSON.parse(
    await pedir(`${base}/_localstack/health`, 5000),
  )
  let todoBien = true
  for (const servicio of servicios) {
    const estado = servicio in documento.services ? documento.services[servicio] : 'ausente'
    process.stdout.write(`${servicio.padEnd(10)}${estado}\n`)
    if (estado !== 'running' && estado !== 'available') todoBien = false
  }
  return todoBien
}

salud().then(
  todoBien => process.exit(todoBien ? 0 : 1),
  error => {
    process.stderr.write(`error: ${error.message}\n`)
    process.exit(1)
  },
)
