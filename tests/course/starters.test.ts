import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deriveAll, deriveStarter } from '../../src/course/starters/derive.ts'
import { replaceFile } from '../../src/course/starters/replace-file.ts'
import { resetExercise } from '../../src/course/starters/reset.ts'
import { check, exerciseWith } from './small-course.ts'
import { writeFolder } from './student-run.ts'

const solution = `import { x } from 'x'

/** Suma. */
export function suma(a: number, b: number): number {
  // #region solucion suma: devuelve la suma de los dos
  //| sin redondear
  const total = a + b
  return total
  // #endregion
}

export const nombre = (): string => {
    // #region solucion nombre: el nombre de x
    return x.name
    // #endregion
}
`

const starter = `import { x } from 'x'

/** Suma. */
export function suma(a: number, b: number): number {
  // TODO: devuelve la suma de los dos
  // sin redondear
  throw new Error('Falta escribir suma')
}

export const nombre = (): string => {
    // TODO: el nombre de x
    throw new Error('Falta escribir nombre')
}
`

describe('deriving a starter', () => {
  it('puts the statement and an error in place of each region, and keeps the rest to the byte', () => {
    expect(deriveStarter(solution, 'a.ts')).toBe(starter)
  })

  const table: readonly { readonly name: string; readonly text: string; readonly problem: RegExp }[] = [
    {
      name: 'a region that is not closed',
      text: 'a\n// #region solucion f: x\nb\n',
      problem: /^s\.ts:2 la región no se cierra$/,
    },
    { name: 'a closing without opening', text: '// #endregion\n', problem: /^s\.ts:1 se cierra una región/ },
    {
      name: 'a region inside another',
      text: '// #region solucion f: x\n// #region solucion g: y\n// #endregion\n',
      problem: /^s\.ts:2 empieza dentro de la región de la línea 1$/,
    },
    {
      name: 'an accent in the marker',
      text: '// #region solución f: x\n// #endregion\n',
      problem: /^s\.ts:1 se esperaba «\/\/ #region solucion/,
    },
    {
      name: 'a marker without statement',
      text: '// #region solucion f:\n// #endregion\n',
      problem: /^s\.ts:1 se esperaba/,
    },
    {
      name: 'a marker without function',
      text: '// #region solucion : x\n// #endregion\n',
      problem: /^s\.ts:1 se esperaba/,
    },
    {
      name: 'a marker without blank',
      text: '//#region solucion f: x\n// #endregion\n',
      problem: /^s\.ts:1 se esperaba/,
    },
    {
      name: 'a statement apart from its marker',
      text: '// #region solucion f: x\ncode()\n//| tarde\n// #endregion\n',
      problem: /^s\.ts:3 una línea «\/\/\|» va justo debajo/,
    },
    {
      name: 'an empty statement line',
      text: '// #region solucion f: x\n//|\n// #endregion\n',
      problem: /^s\.ts:2 se esperaba «\/\/\| <enunciado>»$/,
    },
    { name: 'no region at all', text: 'export const a = 1\n', problem: /^s\.ts:1 no tiene ninguna región/ },
  ]
  it.each(table)('names file and line of $name', ({ text, problem }) => {
    expect(() => deriveStarter(text, 's.ts')).toThrow(
      expect.objectContaining({ code: 'bad-region', message: expect.stringMatching(problem) }),
    )
  })
})

describe('in a repository', () => {
  let course: ReturnType<typeof writeFolder>
  const which = exerciseWith([check('a', async () => ({ verdict: 'pass' }))])
  const path = 'exercises/9.0-prueba/ejercicio.ts'
  beforeEach(() => {
    course = writeFolder({ 'solutions/9.0-prueba/ejercicio.ts': solution })
  })
  afterEach(() => course.remove())
  const read = (file: string): string => readFileSync(join(course.folder, file), 'utf8')
  const derive = (mode: 'check' | 'write') =>
    deriveAll({ repository: course.folder, modules: [which.module], mode })

  it('derivation writes what differs and says what it did; a check only says', async () => {
    expect(await derive('check')).toEqual([{ path, state: 'absent' }])
    expect(existsSync(join(course.folder, path))).toBe(false)
    expect(await derive('write')).toEqual([{ path, state: 'absent' }])
    expect(read(path)).toBe(starter)
    expect(await derive('check')).toEqual([{ path, state: 'equal' }])
    writeFileSync(join(course.folder, path), 'mi trabajo')
    expect(await derive('check')).toEqual([{ path, state: 'different' }])
    expect(read(path)).toBe('mi trabajo')
    const [written] = await derive('write')
    expect(written).toMatchObject({
      path,
      state: 'different',
      backup: expect.stringMatching(/^\.respaldo\//),
    })
    expect(read(written?.backup ?? '')).toBe('mi trabajo')
    expect(read(path)).toBe(starter)
  })

  it('a reset keeps the file and says where, however often and fast', async () => {
    await derive('write')
    const backups: string[] = []
    for (const text of ['primero', 'segundo', 'tercero']) {
      writeFileSync(join(course.folder, path), text)
      const reset = await resetExercise(course.folder, which)
      expect(reset.path).toBe(path)
      expect(reset.backup).toMatch(
        /^\.respaldo\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?\/exercises\/9\.0-prueba\/ejercicio\.ts$/,
      )
      backups.push(reset.backup ?? '')
      expect(read(path)).toBe(starter)
    }
    expect(backups.map(read)).toEqual(['primero', 'segundo', 'tercero'])
  })

  it('a reset of a file that is gone just writes it', async () => {
    expect(await resetExercise(course.folder, which)).toEqual({ path })
    expect(read(path)).toBe(starter)
    expect(existsSync(join(course.folder, '.respaldo'))).toBe(false)
  })

  it('a reset through a link that leaves the repository is refused, and nothing changes', async () => {
    const outside = writeFolder({ 'ejercicio.ts': 'de otro' })
    mkdirSync(join(course.folder, 'exercises'))
    symlinkSync(outside.folder, join(course.folder, 'exercises/9.0-prueba'))
    await expect(resetExercise(course.folder, which)).rejects.toMatchObject({
      code: 'outside-repository',
      exitCode: 3,
    })
    expect(readFileSync(join(outside.folder, 'ejercicio.ts'), 'utf8')).toBe('de otro')
    expect(readdirSync(outside.folder)).toEqual(['ejercicio.ts'])
    outside.remove()
  })

  it('a link inside the repository is replaced, and what it led to stays', async () => {
    mkdirSync(join(course.folder, 'exercises/9.0-prueba'), { recursive: true })
    writeFileSync(join(course.folder, 'mio.ts'), 'lo mío')
    symlinkSync(join(course.folder, 'mio.ts'), join(course.folder, path))
    const { backup } = await resetExercise(course.folder, which)
    expect([read(path), read('mio.ts'), read(backup ?? '')]).toEqual([starter, 'lo mío', 'lo mío'])
  })

  it('two copies of one second never meet', async () => {
    const now = new Date('2026-11-23T10:31:05.400Z')
    const replace = (text: string) => replaceFile({ repository: course.folder, path: 'a/b.ts', text, now })
    expect(await replace('1')).toEqual({})
    expect(await replace('2')).toEqual({ backup: '.respaldo/2026-11-23T10-31-05/a/b.ts' })
    expect(await replace('3')).toEqual({ backup: '.respaldo/2026-11-23T10-31-05-2/a/b.ts' })
    expect([read('.respaldo/2026-11-23T10-31-05/a/b.ts'), read('a/b.ts')]).toEqual(['1', '3'])
  })
})
