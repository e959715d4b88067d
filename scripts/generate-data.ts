/**
 * Writes `datos/`: `npx tsx scripts/generate-data.ts`. The invented files come from a seed, so that everybody has the
 * same ones; the real ones are copied from the npm package vega-datasets as they are. See datos/README.md.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createRandom } from '../src/core/random.ts'
import { generateLog } from './generated-data/app-log.ts'
import { generateCustomers } from './generated-data/clientes.ts'
import { generateSales } from './generated-data/ventas.ts'

const repository = join(dirname(fileURLToPath(import.meta.url)), '..')
const seed = 92

const require = createRequire(import.meta.url)
/** Where the package's files are, whatever folder npm put it in. */
const realFolder = join(dirname(require.resolve('vega-datasets')), '../data')

/** Files of vega-datasets that `datos/reales/` holds. */
export const realFiles = ['us-employment.csv', 'gapminder.json', 'co2-concentration.csv'] as const

/** Every file of `datos/` that this script writes, by its path in the repository, with its bytes. */
export async function createDataFiles(): Promise<Map<string, Buffer>> {
  const random = createRandom(seed)
  const invented: [string, string][] = [
    [
      'datos/ventas.csv',
      generateSales(random.fork('ventas'), { rows: 2400, years: [2022, 2024], newline: '\n', bom: '' }),
    ],
    [
      'datos/ventas_ejemplo.csv',
      generateSales(random.fork('ventas_ejemplo'), {
        rows: 120,
        years: [2024, 2024],
        newline: '\r\n',
        bom: '\uFEFF',
      }),
    ],
    ['datos/clientes.json', generateCustomers(random.fork('clientes'), 150)],
    ['datos/app.log', generateLog(random.fork('app.log'), 500)],
  ]
  const files = new Map(invented.map(([path, text]) => [path, Buffer.from(text, 'utf8')]))
  for (const name of realFiles) {
    files.set(`datos/reales/${name}`, await readFile(join(realFolder, name)))
  }
  return files
}

async function main(): Promise<void> {
  for (const [path, bytes] of await createDataFiles()) {
    const file = join(repository, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
    console.log(`${path}  ${bytes.length} bytes`)
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
