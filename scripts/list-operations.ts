import { readdir, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { ServiceDefinition } from '../src/cloud/service.ts'

const repository = new URL('../', import.meta.url)

/** Where the list lives, from the repository's root. */
export const operationsPath = 'docs/operaciones.md'

/** Operations of S3 that AWS closed: they are here and refuse, as there. */
export const closedByAws: ReadonlySet<string> = new Set(['GetObjectTorrent', 'SelectObjectContent'])

/** The page that lists, service by service, the operations that work and those that answer 501. */
export async function renderOperations(): Promise<string> {
  const services = await loadServices()
  return `${[introduction, ...services.map(renderService)].join('\n\n')}\n`
}

const introduction = `<!-- Escrito por \`npx tsx scripts/list-operations.ts\`; no lo edites a mano. -->
# Operaciones de la nube local

Qué operaciones de cada servicio funcionan hoy, sacado de las tablas del código. Las demás responden **501 NotImplemented** y
dicen su nombre; ninguna finge que hizo algo. Hasta dónde llegan las que sí están se cuenta en
[nube-local.md](nube-local.md), y lo que responden distinto de AWS, en [diferencias.md](diferencias.md).`

/** Every folder of src/services exports one definition from its index. */
async function loadServices(): Promise<ServiceDefinition<unknown>[]> {
  const folder = new URL('src/services/', repository)
  const names = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory())
  const modules = await Promise.all(
    names.map(
      ({ name }) => import(new URL(`${name}/index.ts`, folder).href) as Promise<Record<string, unknown>>,
    ),
  )
  return modules.flatMap(exported => Object.values(exported).filter(isService))
}

function isService(value: unknown): value is ServiceDefinition<unknown> {
  return typeof value === 'object' && value !== null && 'operations' in value && 'model' in value
}

function renderService({ id, model, operations }: ServiceDefinition<unknown>): string {
  const all = Object.keys(model.operations).sort()
  const working = all.filter(name => Object.hasOwn(operations, name) && !closedByAws.has(name))
  const closed = all.filter(name => Object.hasOwn(operations, name) && closedByAws.has(name))
  const missing = all.filter(name => !Object.hasOwn(operations, name))
  return `## ${id}

Funcionan ${working.length} de ${all.length}:

${working.map(name => `- \`${name}\``).join('\n')}
${closed.length === 0 ? '' : `\nResponden 405, como AWS desde que las cerró: ${closed.map(name => `\`${name}\``).join(', ')}.\n`}${missing.length === 0 ? '' : `\nResponden 501: ${missing.map(name => `\`${name}\``).join(', ')}.\n`}`.trimEnd()
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(new URL(operationsPath, repository), await renderOperations())
  console.log(`${operationsPath}: written`)
}
