import { describe, expect, test } from 'vitest'
import { findSelection } from '../../src/cli/manifest/find-selection.ts'
import { toManifest } from '../../src/cli/manifest/manifest.ts'
import type { CommandName } from '../../src/cli/words/grammar.ts'
import { findNearMiss } from '../../src/cli/words/near-miss.ts'
import { parseWords, WordError, type WordProblem } from '../../src/cli/words/parse-words.ts'
import { sampleModules } from './sample-report.ts'

const manifest = toManifest(sampleModules)

function parse(line: string) {
  const [command, ...words] = line.split(' ')
  const { selection, ...slots } = parseWords({ command: command as CommandName, words, manifest })
  const named = selection?.kind === 'exercise' ? selection.exercise.id : selection?.module.id
  return named === undefined ? slots : { named, ...slots }
}

function problemOf(line: string): WordProblem {
  try {
    parse(line)
  } catch (error) {
    if (error instanceof WordError) return error.problem
    throw error
  }
  throw new Error(`«${line}» was understood`)
}

describe('words', () => {
  test.each([
    ['exercise', {}],
    ['exercise 9.2', { named: '9.2' }],
    ['exercise 9.2.3', { named: '9.2.3' }],
    ['exercise 09.02.03', { named: '9.2.3' }],
    ['exercise data-lake', { named: '9.2.3' }],
    ['exercise objetos.ts', { named: '9.2.1' }],
    ['exercise exercises/9.2-s3-data-lake/objetos.ts', { named: '9.2.1' }],
    ['exercise ./exercises/9.2-s3-data-lake/', { named: '9.2' }],
    ['exercise exercises\\9.2-s3-data-lake\\objetos.ts', { named: '9.2.1' }],
    ['exercise 9.2-s3-data-lake', { named: '9.2' }],
    ['exercise watch 9.2.1', { named: '9.2.1', verb: 'watch' }],
    ['exercise 9.2.1 watch', { named: '9.2.1', verb: 'watch' }],
    ['exercise Pista', { verb: 'hint' }],
    ['exercise 9.2 solución', { named: '9.2', verb: 'solution' }],
    ['exercise localstack 9.2 semilla 5', { named: '9.2', target: 'localstack', seed: 5 }],
    ['exercise --seed=7 objetos', { named: '9.2.1', seed: 7 }],
    ['exercise 9.2.1 9.2.1', { named: '9.2.1' }],
    ['exercise --help', { isHelp: true }],
    ['grade solution junit 9.1', { named: '9.1', verb: 'solution', format: 'junit' }],
    ['cloud puerto 4600', { port: 4600 }],
    ['cloud port 0', { port: 0 }],
    ['cloud memoria puerto 4600', { cloudState: 'memory', port: 4600 }],
    ['cloud --memory', { cloudState: 'memory' }],
    ['cloud reiniciar', { cloudState: 'reset' }],
    ['derive check', { mode: 'check' }],
    ['lambda procesar-csv', { functionName: 'procesar-csv' }],
    ['lambda solution procesar-csv', { functionName: 'procesar-csv', verb: 'solution' }],
    ['lambda lambdas/procesar-csv/ una-vez', { functionName: 'procesar-csv', isOnce: true }],
    ['lambda ./solutions/lambdas/anatomia/index.ts', { functionName: 'anatomia' }],
    ['lambda lambdas\\procesar-csv', { functionName: 'procesar-csv' }],
    ['lambda', {}],
  ])('«%s» is understood', (line, expected) => {
    expect(parse(line)).toEqual(expected)
  })

  test.each<[string, WordProblem]>([
    ['exercise 9.2.9', { kind: 'unknown', word: '9.2.9', suggestion: '9.2.1' }],
    ['exercise objeto', { kind: 'unknown', word: 'objeto', suggestion: 'objetos' }],
    ['exercise wacth', { kind: 'unknown', word: 'wacth', suggestion: 'watch' }],
    ['exercise xyzzyplugh', { kind: 'unknown', word: 'xyzzyplugh', suggestion: undefined }],
    ['exercise constructor', { kind: 'unknown', word: 'constructor', suggestion: undefined }],
    ['exercise watch hint', { kind: 'conflict', first: 'watch', second: 'hint' }],
    ['exercise 9.2.1 9.2.2', { kind: 'conflict', first: '9.2.1', second: '9.2.2' }],
    ['grade json junit', { kind: 'conflict', first: 'json', second: 'junit' }],
    ['grade watch', { kind: 'unknown', word: 'watch', suggestion: undefined }],
    [
      'exercise semilla',
      { kind: 'number', word: 'semilla', value: undefined, minimum: 0, maximum: 4294967295 },
    ],
    [
      'exercise semilla -1',
      { kind: 'number', word: 'semilla', value: '-1', minimum: 0, maximum: 4294967295 },
    ],
    ['cloud port 70000', { kind: 'number', word: 'port', value: '70000', minimum: 0, maximum: 65535 }],
    ['cloud port 1e3', { kind: 'number', word: 'port', value: '1e3', minimum: 0, maximum: 65535 }],
    ['cloud 9.2', { kind: 'unknown', word: '9.2', suggestion: undefined }],
    ['lambda ../otra', { kind: 'unknown', word: '../otra', suggestion: undefined }],
    ['lambda una dos', { kind: 'conflict', first: 'una', second: 'dos' }],
    ['progress watch', { kind: 'unknown', word: 'watch', suggestion: undefined }],
  ])('«%s» is refused', (line, problem) => {
    expect(problemOf(line)).toEqual(problem)
  })

  test('a word that names nothing selects nothing', () => {
    expect(findSelection(manifest, '9.20')).toBeUndefined()
    expect(findSelection(manifest, '')).toBeUndefined()
  })

  test('a short word is never taken for another', () => {
    expect(findNearMiss('x', ['9', 'h'])).toBeUndefined()
    expect(findNearMiss('grad', ['exercise', 'grade'])).toBe('grade')
  })
})

test('a function is named by its file, its folder, and its solution', () => {
  const module = { id: '9.3', folder: '9.3-lambda', title: 'Lambda' }
  const exercise = {
    id: '9.3.2',
    slug: 'csv',
    kind: 'function',
    title: 'x',
    learned: 'x',
    checks: [],
  } as const
  const course = [{ ...module, exercises: [exercise] }]
  for (const word of ['lambdas/csv/index.ts', './lambdas/csv/', 'solutions/lambdas/csv/index.ts', 'csv']) {
    expect(findSelection(course, word), word).toMatchObject({ exercise: { id: '9.3.2' } })
  }
})
