import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { version } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { withStudent } from './student-run.ts'

/** A student that builds with whatever it is told, and one that runs as a program. */
const builder = `import { writeFileSync, mkdirSync } from 'node:fs'
import * as esbuild from 'esbuild'
import porDefecto, { build, transform, type BuildOptions } from 'esbuild'

export const version = () => [esbuild.version, porDefecto.version]
export const construir = async (opciones: BuildOptions, archivos: Record<string, string> = {}) => {
  for (const [nombre, texto] of Object.entries(archivos)) writeFileSync(nombre, texto)
  const resultado = await build(opciones)
  return { ...resultado, textos: resultado.outputFiles?.map(archivo => archivo.text) }
}
export const transformar = transform
export const dos = () => Promise.all(['1', '2'].map(numero => transform('let x: number = ' + numero, { loader: 'ts' })))
export const fallar = async () => {
  try {
    await build({ stdin: { contents: 'let x = ;' } })
  } catch (error) {
    return [error instanceof Error, (error as { errors: { text: string }[] }).errors[0]?.text]
  }
}

if (process.argv[1]?.endsWith('ejercicio.mjs')) {
  mkdirSync('lambdas', { recursive: true })
  writeFileSync('lambdas/index.ts', "import { gzipSync } from 'fflate'\\nexport const handler = () => gzipSync\\n")
  await build({
    entryPoints: ['lambdas/index.ts'], bundle: true, platform: 'node', format: 'cjs', outfile: 'dist/index.js',
  })
}
`

describe('what a student gets as esbuild', () => {
  it('builds and transforms as esbuild does, in a call', async () => {
    await withStudent({ 'ejercicio.ts': builder }, async ({ student }) => {
      expect(await student.call('version', [])).toMatchObject({ value: [version, version] })
      const archivos = {
        'a.ts': "import { b } from './b'\nconsole.log(b)\n",
        'b.ts': 'export const b: string = "be"\n',
      }
      const opciones = { entryPoints: ['a.ts'], bundle: true, write: false, metafile: true, format: 'esm' }
      expect(await student.call('construir', [opciones, archivos])).toMatchObject({
        value: {
          errors: [],
          metafile: { inputs: { 'a.ts': {}, 'b.ts': {} } },
          textos: [expect.stringContaining('var b = "be"')],
        },
      })
      const escrito = {
        entryPoints: { uno: 'a.ts' },
        bundle: true,
        outdir: 'salida',
        minify: true,
        sourcemap: true,
      }
      expect(await student.call('construir', [escrito])).toMatchObject({ value: { errors: [] } })
      expect(await student.call('transformar', ['let x: number = 1', { loader: 'ts' }])).toMatchObject({
        value: { code: 'let x = 1;\n' },
      })
      expect(await student.call('dos', [])).toMatchObject({
        value: [{ code: 'let x = 1;\n' }, { code: 'let x = 2;\n' }],
      })
      expect(await student.call('fallar', [])).toMatchObject({ value: [true, 'Unexpected ";"'] })
      const stdin = { contents: "export { b } from './b'", resolveDir: '.', loader: 'ts' }
      expect(await student.call('construir', [{ stdin, bundle: true, write: false }])).toMatchObject({
        value: { textos: [expect.stringContaining('"be"')] },
      })
    })
  })

  it('writes the files of a program, which then ends by itself', async () => {
    await withStudent({ 'ejercicio.ts': builder }, async ({ student, workspace }) => {
      expect(await student.program()).toMatchObject({ exitCode: 0, stderr: '' })
      const written = join(workspace.copy, 'dist/index.js')
      expect(existsSync(written)).toBe(true)
      expect(readFileSync(written, 'utf8')).toContain('gzipSync')
    })
  })
})

/** Options that would read or write what is not the student's. */
const hostile: readonly (readonly [name: string, options: unknown, message: RegExp])[] = [
  [
    'a file as text',
    {
      stdin: { contents: "import t from '/etc/passwd'; console.log(t)", resolveDir: '.' },
      bundle: true,
      loader: { '': 'text' },
    },
    /está fuera de tu carpeta/,
  ],
  ['an entry point', { entryPoints: ['/etc/passwd'], loader: { '': 'text' } }, /está fuera de tu carpeta/],
  [
    'an entry point with dots',
    { entryPoints: ['../../../../../../etc/hosts'], loader: { '': 'text' } },
    /está fuera de tu carpeta/,
  ],
  [
    'another working directory',
    { entryPoints: ['passwd'], absWorkingDir: '/etc' },
    /\/etc está fuera de tu carpeta/,
  ],
  [
    'another place for stdin',
    { stdin: { contents: '1', resolveDir: '/etc' } },
    /\/etc está fuera de tu carpeta/,
  ],
  ['other packages', { stdin: { contents: '1' }, nodePaths: ['/usr/lib'] }, /está fuera de tu carpeta/],
  [
    'an alias',
    { stdin: { contents: "import 'x'", resolveDir: '.' }, bundle: true, alias: { x: '/etc/passwd' } },
    /está fuera de tu carpeta/,
  ],
  [
    'an alias through dots',
    {
      stdin: { contents: "import 'x'", resolveDir: '.' },
      bundle: true,
      alias: { x: 'y/../../../../../../etc/passwd' },
    },
    /Could not resolve|está fuera/,
  ],
  [
    'an inject',
    { stdin: { contents: '1' }, bundle: true, inject: ['/etc/passwd'] },
    /está fuera de tu carpeta/,
  ],
  [
    'a file of CSS',
    { stdin: { contents: "@import '/etc/passwd';", resolveDir: '.', loader: 'css' }, bundle: true },
    /está fuera de tu carpeta/,
  ],
  ['plugins', { plugins: [{ name: 'x' }] }, /no hay plugins/],
  ['a tsconfig', { stdin: { contents: '1' }, tsconfig: '/etc/passwd' }, /«tsconfig» no está disponible/],
  ['an option that is none', { stdin: { contents: '1' }, otra: 1 }, /«otra» no está disponible/],
  ['an option of another type', { stdin: { contents: '1' }, bundle: 'sí' }, /«bundle» no puede valer/],
  ['a file outside', { stdin: { contents: '1' }, outfile: '/tmp/fuera.js' }, /acceso denegado: escribir/],
  [
    'a name outside',
    { stdin: { contents: '1' }, outdir: '.', entryNames: '../../fuera' },
    /acceso denegado: escribir|outside/,
  ],
]

describe('what a student gets as esbuild does not', () => {
  it.each(hostile)('reach %s', async (_name, options, message) => {
    await withStudent({ 'ejercicio.ts': builder }, async ({ student, workspace }) => {
      const claim = await student.call('construir', [options])
      expect(claim).toMatchObject({ kind: 'error', message: expect.stringMatching(message) })
      expect(JSON.stringify(claim)).not.toContain('root:')
      expect(existsSync(join(workspace.base, 'fuera.js'))).toBe(false)
    })
  })

  it('follow a source map that a file names, nor a tsconfig that names another', async () => {
    await withStudent({ 'ejercicio.ts': builder }, async ({ student }) => {
      const archivos = {
        'a.js': 'let x = 1\n//# sourceMappingURL=../../../../../../etc/passwd\n',
        'tsconfig.json': '{ "extends": "/etc/passwd" }',
      }
      const opciones = { entryPoints: ['a.js'], write: false, sourcemap: 'inline', logLevel: 'verbose' }
      const claim = await student.call('construir', [opciones, archivos])
      expect(claim).toMatchObject({ value: { warnings: [] } })
      expect(JSON.stringify(claim)).not.toContain('root:')
    })
  })

  it('answer who writes to its pipe by hand', async () => {
    const source = `import { writeSync } from 'node:fs'
export const romper = () => writeSync(4, Buffer.alloc(64, 255))
export const vivo = () => 1
`
    await withStudent({ 'ejercicio.ts': source }, async ({ student }) => {
      await student.call('romper', [])
      expect(await student.call('vivo', [])).toMatchObject({ value: 1 })
    })
  })
})
