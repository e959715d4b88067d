import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Bundle, bundleFunction } from '../../../src/course/functions/bundle-function.ts'
import { repository, writeFolder } from '../student-run.ts'

const packages = join(repository, 'node_modules')

/** Bundles the files of a function whose entry is `index.ts`, from a folder that is gone afterwards. */
async function bundle(files: Readonly<Record<string, string>>, nodeModules = packages): Promise<Bundle> {
  const { folder, remove } = writeFolder(files)
  try {
    return await bundleFunction({ entry: 'index.ts', folder, packages: nodeModules })
  } finally {
    remove()
  }
}

/** Runs `expression` where `handler` is the bundle's, as Lambda's runtime would: alone in its folder. */
function runBundle(bundled: Bundle, expression: string): string {
  if (bundled.kind === 'refused') throw new Error(bundled.message)
  const { folder, remove } = writeFolder({})
  for (const [path, bytes] of Object.entries(bundled.files)) writeFileSync(join(folder, path), bytes)
  const program = `const { handler } = require('./index.js'); (async () => ${expression})().then(console.log, e => console.log(e.stack))`
  try {
    const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', NODE_OPTIONS: '' }
    return execFileSync(process.execPath, ['--enable-source-maps', '-e', program], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
  } finally {
    remove()
  }
}

function digestOf(bundled: Bundle): string {
  if (bundled.kind === 'refused') throw new Error(bundled.message)
  return createHash('sha256')
    .update(bundled.files['index.js'] ?? '')
    .digest('hex')
}

const complete = {
  'index.ts': `import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { parse } from 'csv-parse'
import parquet from 'parquetjs-lite'
import { basename } from 'node:path'
import datos from './datos.json'
import { doble } from './lib/doble.js'

const s3 = new S3Client({ region: 'us-east-1' })
export async function handler(n: number): Promise<unknown> {
  if (n === 0) throw new RangeError('cero')
  const { nombre } = await import('./lib/tarde.ts')
  return [doble(n), typeof parse, typeof parquet.ParquetWriter, GetObjectCommand.name, Upload.name,
    s3.config.serviceId, datos.ciudad, nombre, basename(import.meta.url)].join(' ')
}
`,
  'lib/doble.ts': 'export const doble = (n: number): number => n * 2\n',
  'lib/tarde.ts': "export const nombre = 'tarde'\n",
  'datos.json': '{ "ciudad": "Quito" }',
}

describe('a bundle', () => {
  it('is one file with its packages, that runs where nothing else is', async () => {
    const bundled = await bundle(complete)
    expect(bundled).toMatchObject({ kind: 'bundled' })
    expect(Object.keys('files' in bundled ? bundled.files : {})).toEqual(['index.js'])
    expect(runBundle(bundled, 'handler(4)')).toBe(
      '8 function function GetObjectCommand Upload S3 Quito tarde index.js\n',
    )
  })

  it("names the student's lines where it throws", async () => {
    expect(runBundle(await bundle(complete), 'handler(0)')).toMatch(
      /^RangeError: cero\n {4}at (async )?handler \(\S+\/index\.ts:11:22\)/,
    )
  })

  it('is the same byte for byte wherever its folder lies', async () => {
    const here = digestOf(await bundle(complete))
    expect(digestOf(await bundle(complete))).toBe(here)
    const { folder, remove } = writeFolder(complete)
    symlinkSync(packages, join(folder, 'node_modules'))
    expect(digestOf(await bundle(complete, join(folder, 'node_modules')))).toBe(here)
    remove()
  })

  it('keeps its names: nothing is minified', async () => {
    const bundled = await bundle({
      'index.ts': 'const miFuncion = () => 1\nexport const handler = () => miFuncion.name\n',
    })
    expect(runBundle(bundled, 'handler()')).toBe('miFuncion\n')
  })
})

describe('what is refused', () => {
  const outside = 'que está fuera de la carpeta de la función; copia aquí lo que necesites'
  const table: readonly { readonly name: string; readonly source: string; readonly message: string }[] = [
    {
      name: 'a file above',
      source: "\nimport '../otro.ts'\n",
      message: `importa «../otro.ts», ${outside}`,
    },
    { name: 'a link that leaves the folder', source: "\nimport './enlace.ts'\n", message: outside },
    {
      name: 'a file above that is required',
      source: "\nconst x = require('../otro')\n",
      message: outside,
    },
    {
      name: 'a file that is not there',
      source: "\nimport { x } from './nada.ts'\nexport const handler = x\n",
      message: 'importa «./nada.ts», y ese archivo no existe',
    },
    {
      name: 'a package that is not installed',
      source: "\nimport 'no-hay-tal-paquete'\n",
      message: 'importa «no-hay-tal-paquete», y ese paquete no está instalado',
    },
    {
      name: 'an address',
      source: "\nimport 'https://example.com/x.js'\n",
      message: 'no está en node_modules',
    },
    { name: 'native code', source: "\nimport './x.node'\n", message: 'usa código nativo (x.node)' },
    {
      name: 'an await outside of any function',
      source: '\nconst x = await Promise.resolve(1)\nexport const handler = () => x\n',
      message: 'no compila: await va dentro de una función',
    },
    {
      name: 'what a file of its own does not export',
      source: "\nimport { nada } from './otra.ts'\nexport const handler = nada\n",
      message: 'no compila: otra.ts no exporta «nada»',
    },
    {
      name: 'what a package does not export',
      source: "\nimport csv from 'csv-parse'\nexport const handler = csv\n",
      message: 'csv-parse/lib/index.js no tiene export default',
    },
    {
      name: 'what does not compile',
      source: "\nconst t = 'hola\n",
      message: 'no compila: hay un texto sin cerrar',
    },
  ]
  it.each(table)('$name, with its line', async ({ source, message }) => {
    const { folder, remove } = writeFolder({ 'index.ts': source, 'otra.ts': 'export const algo = 1\n' })
    const elsewhere = writeFolder({ 'fuera.ts': 'export const x = 1\n' })
    symlinkSync(join(elsewhere.folder, 'fuera.ts'), join(folder, 'enlace.ts'))
    const refused = await bundleFunction({ entry: 'index.ts', folder, packages })
    expect(refused).toMatchObject({ kind: 'refused', message: expect.stringContaining(message) })
    expect(refused).toMatchObject({ where: expect.stringMatching(/^index\.ts:2:\d+$/) })
    remove()
    elsewhere.remove()
  })

  it('in another file of the function, with its path', async () => {
    const files = {
      'index.ts': "export { handler } from './lib/roto.ts'\n",
      'lib/roto.ts': '\nconst b = ;\n',
    }
    expect(await bundle(files)).toMatchObject({ kind: 'refused', where: 'lib/roto.ts:2:11' })
  })

  it("a package's native code", async () => {
    const { folder, remove } = writeFolder({
      'node_modules/nativo/package.json': '{ "name": "nativo", "main": "index.js" }',
      'node_modules/nativo/index.js': "module.exports = require('./build/nativo.node')\n",
    })
    mkdirSync(join(folder, 'node_modules/nativo/build'))
    writeFileSync(join(folder, 'node_modules/nativo/build/nativo.node'), '')
    const source = { 'index.ts': "import nativo from 'nativo'\nexport const handler = nativo\n" }
    expect(await bundle(source, join(folder, 'node_modules'))).toEqual({
      kind: 'refused',
      message: expect.stringContaining('el paquete nativo usa código nativo (nativo.node)'),
    })
    remove()
  })

  it('an entry that is a link out of the folder', async () => {
    const { folder, remove } = writeFolder({})
    symlinkSync(join(repository, 'tests/course/student-run.ts'), join(folder, 'index.ts'))
    expect(await bundleFunction({ entry: 'index.ts', folder, packages })).toEqual({
      kind: 'refused',
      message: 'index.ts lleva fuera de la carpeta de la función',
    })
    remove()
  })

  it('a function without its entry', async () => {
    expect(await bundle({})).toEqual({ kind: 'refused', message: 'no existe index.ts' })
  })
})
