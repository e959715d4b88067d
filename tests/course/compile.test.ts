import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileStudent } from '../../src/course/student/compile.ts'
import { repository, withStudent, writeFolder } from './student-run.ts'

describe("the student's own files", () => {
  it('are compiled beside it, each with its own import.meta.url, however they are imported', async () => {
    const files = {
      'ejercicio.ts': `import { doble } from './lib/doble.ts'
import { triple } from './lib/triple.js'
import { nombre } from './lib'
import datos from './datos.json' with { type: 'json' }
export const todo = async () => {
  const { cuadrado } = await import('./cuadrado')
  return [doble(2), triple(2), cuadrado(3), nombre, datos.ciudad]
}
export const urls = async () => [import.meta.url, (await import('./cuadrado.ts')).url]
export const falla = async () => (await import('./cuadrado.ts')).falla()
`,
      'lib/doble.ts': 'export const doble = (n: number): number => n * 2\n',
      'lib/triple.ts': 'export const triple = (n: number): number => n * 3\n',
      'lib/index.ts': "export const nombre = 'índice'\n",
      'cuadrado.ts': `export const cuadrado = (n: number): number => n * n
export const url = import.meta.url
export const falla = () => {
  throw new Error('aquí')
}
`,
      'datos.json': '{ "ciudad": "Quito" }',
    }
    await withStudent(files, async ({ student }) => {
      expect(await student.call('todo', [])).toMatchObject({ value: [4, 6, 9, 'índice', 'Quito'] })
      expect(await student.call('urls', [])).toMatchObject({
        value: [expect.stringMatching(/ejercicio\.mjs$/), expect.stringMatching(/cuadrado\.mjs$/)],
      })
      expect(await student.call('falla', [])).toMatchObject({ message: 'aquí', where: 'cuadrado.ts:4' })
    })
  })

  it('may import each other in a circle', async () => {
    const files = {
      'ejercicio.ts': "import { b } from './b.ts'\nexport const a = () => b()\nexport const base = () => 1\n",
      'b.ts': "import { base } from './ejercicio.ts'\nexport const b = () => base() + 1\n",
    }
    await withStudent(files, async ({ student }) => {
      expect(await student.call('a', [])).toMatchObject({ value: 2 })
    })
  })
})

describe('what is refused', () => {
  const outside = 'que está fuera de la carpeta del ejercicio'
  const table: readonly {
    readonly name: string
    readonly source: string
    readonly message: string
    readonly line?: number
  }[] = [
    { name: 'a file above', source: "import '../otro.ts'\n", message: `importa «../otro.ts», ${outside}` },
    {
      name: 'an absolute path',
      source: `\nimport '${join(repository, 'src/course/grader.ts')}'\n`,
      message: outside,
      line: 2,
    },
    {
      name: 'a file URL',
      source: "import 'file:///etc/hosts'\n",
      message: `importa «file:///etc/hosts», ${outside}`,
    },
    {
      name: 'a dynamic import of a file above',
      source: "export const f = () => import('../otro.ts')\n",
      message: outside,
    },
    {
      name: 'an export from a file above',
      source: "export * from '../../modules/index.ts'\n",
      message: outside,
    },
    {
      name: 'a link that leaves the folder',
      source: "import './enlace.ts'\n",
      message: `importa «./enlace.ts», ${outside}`,
    },
    {
      name: 'a file that is not there',
      source: "import './nada.ts'\n",
      message: 'importa «./nada.ts», y ese archivo no existe',
    },
    {
      name: 'require',
      source: "const fs = require('fs')\nexport const f = () => fs\n",
      message: "usa import en lugar de require('fs')",
    },
    {
      name: 'an unclosed text',
      source: "export const a = 1\nconst t = 'hola\n",
      message: 'no compila: hay un texto sin cerrar: faltan las comillas',
      line: 2,
    },
    {
      name: 'a name declared twice',
      source: 'const a = 1\nconst a = 2\n',
      message: 'no compila: «a» ya está declarado',
      line: 2,
    },
    {
      name: 'an unclosed block',
      source: 'export function f() {\n',
      message: 'no compila: el archivo se acaba antes de cerrar un bloque',
      line: 2,
    },
  ]
  it.each(table)(
    '$name, with the line and no word of the compiler',
    async ({ source, message, line = 1 }) => {
      const { folder, remove } = writeFolder({ 'ejercicio.ts': source })
      const elsewhere = writeFolder({ 'fuera.ts': 'export const x = 1\n' })
      symlinkSync(join(elsewhere.folder, 'fuera.ts'), join(folder, 'enlace.ts'))
      const result = await compileStudent({
        source: { path: join(folder, 'ejercicio.ts') },
        outFolder: join(folder, 'salida'),
        entryName: 'ejercicio',
      })
      expect(result).toMatchObject({ kind: 'refused', message: expect.stringContaining(message) })
      expect(result).toMatchObject({
        where: expect.stringMatching(new RegExp(`^ejercicio\\.ts:${line}:\\d+$`)),
      })
      remove()
      elsewhere.remove()
    },
  )

  it('a file that is gone, with the command that brings it back', async () => {
    const { folder, remove } = writeFolder({})
    const result = await compileStudent({
      source: { path: join(folder, 'objetos.ts') },
      outFolder: join(folder, 'salida'),
      entryName: 'objetos',
    })
    expect(result).toEqual({
      kind: 'refused',
      message: 'no existe objetos.ts; recupéralo con npm run exercise objetos reset',
    })
    remove()
  })
})

it('names the place of a problem relative to the folder of the exercise, also in another file', async () => {
  const { folder, remove } = writeFolder({})
  const compile = (text: string) =>
    compileStudent({
      source: { path: join(repository, 'tests/course/ejercicio.ts'), text },
      outFolder: folder,
      entryName: 'ejercicio',
    })
  expect(await compile('const a = ;\n')).toMatchObject({ where: 'ejercicio.ts:1:11' })
  expect(await compile("import './alternatives/../../cli.ts'\n")).toMatchObject({ where: 'ejercicio.ts:1:8' })
  remove()
  const other = writeFolder({ 'ejercicio.ts': "import './lib/roto.ts'\n", 'lib/roto.ts': '\nconst b = ;\n' })
  const source = { path: join(other.folder, 'ejercicio.ts') }
  const result = await compileStudent({ source, outFolder: join(other.folder, 'salida'), entryName: 'e' })
  expect(result).toMatchObject({ where: 'lib/roto.ts:2:11' })
  other.remove()
})

it('grades a text in place of the file, as if it lay there', async () => {
  const { folder, remove } = writeFolder({
    'a.ts': 'export const f = () => 1\n',
    'lib.ts': 'export const n = 2\n',
  })
  const result = await compileStudent({
    source: { path: join(folder, 'a.ts'), text: "import { n } from './lib.ts'\nexport const f = () => n\n" },
    outFolder: join(folder, 'salida'),
    entryName: 'b',
  })
  expect(result).toEqual({ kind: 'compiled', entry: join(folder, 'salida/b.mjs') })
  const compiled = await import(join(folder, 'salida/b.mjs'))
  expect(compiled.f()).toBe(2)
  remove()
})
