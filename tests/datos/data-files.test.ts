import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanCsv, cleanJson } from '../../modules/9.2-s3-data-lake/checks/data-lake/oracle.ts'
import { createDataFiles, realFiles } from '../../scripts/generate-data.ts'

const repository = join(import.meta.dirname, '../..')
const generated = await createDataFiles()
const readme = await readFile(join(repository, 'datos/README.md'), 'utf8')

function clean(path: string, bytes: Buffer): ReturnType<typeof cleanCsv> {
  return path.endsWith('.json') ? cleanJson(bytes) : cleanCsv(bytes)
}

describe('datos/', () => {
  it.each([...generated])('%s is what the generator gives', async (path, bytes) => {
    const file = await readFile(join(repository, path))
    expect(file.equals(bytes), `run npx tsx scripts/generate-data.ts to write ${path}`).toBe(true)
  })

  it.each([...generated])('%s is in the README with its size and its clean rows', (path, bytes) => {
    const name = path.replace('datos/', '')
    const row = readme.split('\n').find(line => line.startsWith(`| \`${name}\``))
    expect(row).toContain(`| ${bytes.length} |`)
    if (name.endsWith('.log')) return
    const cleaning = clean(path, bytes)
    expect(cleaning.kind === 'table' && row?.endsWith(`| ${cleaning.table.rowCount} |`)).toBe(true)
  })

  it('keeps the sales small', () => {
    expect(generated.get('datos/ventas.csv')?.length).toBeLessThanOrEqual(300 * 1024)
  })

  it.each(['datos/ventas.csv', 'datos/ventas_ejemplo.csv'])(
    '%s cleans to the columns of its README',
    path => {
      const cleaning = clean(path, generated.get(path) ?? Buffer.alloc(0))
      const columns = cleaning.kind === 'table' ? cleaning.table.columns : []
      expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
        'fecha DATE',
        'registrado TIMESTAMP',
        'categoria STRING',
        'producto STRING',
        'cantidad INT64',
        'precio_unitario DOUBLE',
        'monto DOUBLE',
        'región STRING',
        'sucursal STRING',
        'vendedor STRING',
      ])
    },
  )

  it('has the dirt that its README tells', () => {
    const text = generated.get('datos/ventas.csv')?.toString('utf8') ?? ''
    const example = generated.get('datos/ventas_ejemplo.csv')?.toString('utf8') ?? ''
    expect(example.startsWith('\uFEFF')).toBe(true)
    expect(example.split('\r\n').length).toBeGreaterThan(100)
    for (const dirt of [
      '"Cable USB-C, 2 m"',
      '"Monitor 24"""',
      '"Silla plegable\n',
      ',N/A,',
      ',007,',
      ',-1,',
    ]) {
      expect(text).toContain(dirt)
    }
  })

  it('copies real files exactly as their catalogue lists them', async () => {
    const catalogue: unknown = JSON.parse(
      await readFile(join(repository, 'node_modules/vega-datasets/datapackage.json'), 'utf8'),
    )
    for (const name of realFiles) {
      const bytes = await readFile(join(repository, 'datos/reales', name))
      // The catalogue's hash is Git's: SHA-1 of the blob with its header.
      const hash = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
      expect(catalogue).toMatchObject({
        resources: expect.arrayContaining([expect.objectContaining({ path: name, hash: `sha1:${hash}` })]),
      })
    }
  })
})
