import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/course/check.ts'
import type { CheckResult, GradeReport } from '../../src/course/report.ts'
import { toMachineReport } from '../../src/course/reports/json.ts'
import { formatJunit } from '../../src/course/reports/junit.ts'
import { writeReport } from '../../src/course/reports/write-report.ts'
import { check, exerciseWith } from './small-course.ts'
import { writeFolder } from './student-run.ts'

function reportWith(findings: readonly Finding[], output = ''): GradeReport {
  const checks: CheckResult[] = findings.map((finding, index) => ({
    check: check(`c${index}`, async () => finding, { points: 2, title: `título <${index}> & "más"` }),
    finding,
    earned: finding.verdict === 'pass' ? 2 : 0,
    durationMilliseconds: 1500,
  }))
  const which = exerciseWith(checks.map(result => result.check))
  return {
    seed: 7,
    target: 'embedded',
    source: 'exercises',
    startedAt: new Date('2026-11-23T10:31:05.123Z'),
    durationMilliseconds: 2100,
    exercises: [
      {
        ...which,
        file: 'exercises/9.0-prueba/ejercicio.ts',
        fileHash: 'ab',
        checks,
        earned: checks.reduce((sum, { earned }) => sum + earned, 0),
        possible: findings.filter(({ verdict }) => verdict !== 'unsupported').length * 2,
        durationMilliseconds: 2000,
        output: { text: output, omittedBytes: 5 },
      },
    ],
  }
}

const mixed: readonly Finding[] = [
  { verdict: 'pass' },
  { verdict: 'fail', expected: '«a» & <b>', found: 'c\nd', tryIt: 's3api head-bucket --bucket "x"' },
  { verdict: 'timeout', found: 'no terminó en 20 s' },
  { verdict: 'skipped', found: 'espera a «c1»' },
  { verdict: 'unsupported' },
]

describe('the JSON report', () => {
  it('has every check with its evidence', () => {
    const report = toMachineReport(reportWith(mixed, 'hola'))
    expect(report).toMatchObject({
      version: 3,
      status: 'fail',
      seed: 7,
      score: 2,
      max_score: 8,
      started_at: '2026-11-23T10:31:05.123Z',
    })
    const [exercise] = report.exercises
    expect(exercise).toMatchObject({
      id: '9.0.1',
      status: 'fail',
      total_points: 10,
      output: 'hola',
      omitted_output_bytes: 5,
    })
    expect(
      exercise?.tests.map(({ status, verdict, score, max_score }) => [status, verdict, score, max_score]),
    ).toEqual([
      ['pass', 'pass', 2, 2],
      ['fail', 'fail', 0, 2],
      ['fail', 'timeout', 0, 2],
      ['fail', 'skipped', 0, 2],
      ['pass', 'unsupported', 0, 0],
    ])
    expect(exercise?.tests[0]).toMatchObject({
      message: null,
      expected: null,
      found: null,
      try_it: null,
      task_id: '9.0.1',
    })
    expect(exercise?.tests[1]).toMatchObject({
      message: 'esperado: «a» & <b> · encontrado: c\nd',
      try_it: 's3api head-bucket --bucket "x"',
    })
  })

  const table: readonly {
    readonly name: string
    readonly findings: readonly Finding[]
    readonly status: string
  }[] = [
    { name: 'all passed', findings: [{ verdict: 'pass' }, { verdict: 'unsupported' }], status: 'pass' },
    { name: 'nothing could be shown', findings: [{ verdict: 'unsupported' }], status: 'fail' },
    { name: 'no check at all', findings: [], status: 'fail' },
    { name: 'a bug of ours', findings: [{ verdict: 'fail' }, { verdict: 'bug' }], status: 'error' },
    { name: 'no cloud', findings: [{ verdict: 'pass' }, { verdict: 'environment' }], status: 'error' },
    { name: 'a crash', findings: [{ verdict: 'crash' }], status: 'fail' },
  ]
  it.each(table)('is $status with $name', ({ findings, status }) => {
    expect(toMachineReport(reportWith(findings)).status).toBe(status)
  })
})

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  text: string
}

/** Reads XML with a parser that refuses whatever is not well-formed. */
function parseStrictly(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const top = (): Element => open.at(-1) ?? root
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: { ...attributes }, children: [], text: '' }
    top().children.push(element)
    open.push(element)
  })
  parser.on('text', text => {
    top().text += text
  })
  parser.on('closetag', () => open.pop())
  parser.write(xml).close()
  return root.children[0] ?? root
}

const findAll = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap(child => findAll(child, name)),
]

describe('the JUnit report', () => {
  it('is well-formed XML whatever the texts hold', () => {
    const nasty = 'a\u0000b\u001b[31m <x> & "q" \'s\' ]]> \ud800 😀 \ufffe fin'
    const kept = 'ab[31m <x> & "q" \'s\' ]]>  😀  fin'
    const finding: Finding = { verdict: 'fail', expected: nasty, found: 'f', tryIt: nasty }
    const root = parseStrictly(formatJunit(reportWith([...mixed, finding], nasty)))
    const failure = findAll(root, 'failure').at(-1)
    expect(failure?.attributes.message).toBe(`esperado: ${kept} · encontrado: f`)
    expect(failure?.text).toBe(`aws ${kept}`)
    expect(findAll(root, 'system-out').map(({ text }) => text)).toEqual([kept])
  })

  it('has a suite for each exercise and a case for each check, with the right element', () => {
    const root = parseStrictly(formatJunit(reportWith(mixed)))
    const totals = { tests: '5', failures: '2', errors: '0', skipped: '2' }
    expect(root).toMatchObject({ name: 'testsuites', attributes: { ...totals, time: '2.100' } })
    expect(findAll(root, 'testsuite').map(({ attributes }) => attributes)).toMatchObject([
      { name: '9.0.1 ejercicio', ...totals },
    ])
    const cases = findAll(root, 'testcase')
    expect(cases.map(({ children }) => children.map(({ name }) => name))).toEqual([
      [],
      ['failure'],
      ['failure'],
      ['skipped'],
      ['skipped'],
    ])
    expect(cases[0]?.attributes).toMatchObject({
      name: 'c0: título <0> & "más"',
      classname: '9.0-prueba.ejercicio',
    })
    const { attributes, text } = cases[1]?.children[0] ?? root
    expect(attributes).toEqual({ type: 'fail', message: 'esperado: «a» & <b> · encontrado: c\nd' })
    expect(text).toBe('aws s3api head-bucket --bucket "x"')
  })
})

it('reports are written under .taller/notas, named by the run', async () => {
  const { folder, remove } = writeFolder({})
  const report = reportWith(mixed)
  expect(await writeReport(folder, report, 'json')).toBe('.taller/notas/2026-11-23T10-31-05.json')
  expect(await writeReport(folder, report, 'junit')).toBe('.taller/notas/2026-11-23T10-31-05.xml')
  const json = JSON.parse(readFileSync(join(folder, '.taller/notas/2026-11-23T10-31-05.json'), 'utf8'))
  expect(json).toEqual(JSON.parse(JSON.stringify(toMachineReport(report))))
  expect(readFileSync(join(folder, '.taller/notas/2026-11-23T10-31-05.xml'), 'utf8')).toBe(
    formatJunit(report),
  )
  remove()
})
