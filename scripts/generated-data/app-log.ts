import type { Random } from '../../src/core/random.ts'

const services = ['api', 'ingesta', 'limpieza', 'informes'] as const
const countries = ['ARG', 'BRA', 'CHL', 'MEX', 'COL'] as const

/** The log of an invented application: a line an event, now and then the trace of an error below it. */
export function generateLog(random: Random, events: number): string {
  let time = Date.UTC(2024, 2, 1, 8)
  const lines: string[] = []
  for (let event = 0; event < events; event++) {
    time += random.integer(20, 45_000)
    lines.push(...writeEvent(random, new Date(time).toISOString()))
  }
  return `${lines.join('\n')}\n`
}

function writeEvent(random: Random, time: string): string[] {
  const service = random.pick(services)
  const request = random.hex(8)
  const start = `${time} ${'%'} [${service}] solicitud=${request}`
  const country = random.pick(countries)
  const milliseconds = random.integer(3, 480)
  switch (random.integer(1, 20)) {
    case 1:
      return [
        `${start.replace('%', 'ERROR')} no se pudo leer raw/eventos-${country}.jsonl`,
        '    SyntaxError: Unexpected end of JSON input',
        `        at leerEvento (${service}.js:${random.integer(10, 90)}:${random.integer(2, 40)})`,
      ]
    case 2:
    case 3:
      return [`${start.replace('%', 'WARN ')} reintento ${random.integer(1, 3)} de 3: la cola respondió 503`]
    default:
      return [`${start.replace('%', 'INFO ')} GET /indicadores/${country} 200 ${milliseconds} ms`]
  }
}
