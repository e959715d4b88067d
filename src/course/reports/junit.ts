import type { CheckResult, ExerciseResult, GradeReport } from '../report.ts'
import { describe } from './json.ts'

/** The report as JUnit XML: a suite for each exercise, a case for each check; ready for a file. */
export function formatJunit(report: GradeReport): string {
  const { exercises } = report
  const attributes = formatAttributes({
    name: 'taller-nube',
    ...countCases(exercises.flatMap(({ checks }) => checks)),
    time: formatSeconds(report.durationMilliseconds),
    timestamp: report.startedAt.toISOString(),
  })
  const suites = exercises.map(result => formatSuite(result, report)).join('\n')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes}>\n${suites}\n</testsuites>\n`
}

function formatSuite(result: ExerciseResult, { seed, target }: GradeReport): string {
  const { exercise, checks, file, output } = result
  const attributes = formatAttributes({
    name: `${exercise.id} ${exercise.slug}`,
    ...countCases(checks),
    time: formatSeconds(result.durationMilliseconds),
    file,
  })
  const properties = {
    seed,
    target,
    score: result.earned,
    max_score: result.possible,
    file_hash: result.fileHash,
  }
  return [
    `  <testsuite${attributes}>`,
    '    <properties>',
    ...Object.entries(properties).map(
      ([name, value]) => `      <property${formatAttributes({ name, value })}/>`,
    ),
    '    </properties>',
    ...checks.map(check => formatCase(check, result)),
    ...(output.text === '' ? [] : [`    <system-out>${escapeXml(output.text)}</system-out>`]),
    '  </testsuite>',
  ].join('\n')
}

function formatCase(result: CheckResult, { module, exercise, file }: ExerciseResult): string {
  const attributes = formatAttributes({
    classname: `${module.folder}.${exercise.slug}`,
    name: `${result.check.id}: ${result.check.title}`,
    time: formatSeconds(result.durationMilliseconds),
    file,
  })
  const outcome = formatOutcome(result)
  return outcome === undefined
    ? `    <testcase${attributes}/>`
    : `    <testcase${attributes}>\n      ${outcome}\n    </testcase>`
}

function formatOutcome(result: CheckResult): string | undefined {
  const { verdict, tryIt } = result.finding
  const element = elementOf(result)
  if (element === undefined) return undefined
  const attributes = formatAttributes({
    message: describe(result),
    ...(element === 'skipped' ? {} : { type: verdict }),
  })
  return tryIt === undefined || element === 'skipped'
    ? `<${element}${attributes}/>`
    : `<${element}${attributes}>${escapeXml(`aws ${tryIt}`)}</${element}>`
}

function elementOf({ finding }: CheckResult): 'failure' | 'error' | 'skipped' | undefined {
  switch (finding.verdict) {
    case 'pass':
      return undefined
    case 'skipped':
    case 'unsupported':
      return 'skipped'
    case 'environment':
    case 'bug':
      return 'error'
    default:
      return 'failure'
  }
}

function countCases(checks: readonly CheckResult[]): Record<string, number> {
  const count = (element: ReturnType<typeof elementOf>): number =>
    checks.filter(check => elementOf(check) === element).length
  return {
    tests: checks.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  }
}

function formatAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;')}"`)
    .join('')
}

function formatSeconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Escapes, and drops what XML 1.0 cannot hold at all: control characters, lone surrogates, U+FFFE and U+FFFF. */
function escapeXml(text: string): string {
  return (
    text
      .replace(/\p{Surrogate}/gu, '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"']/g, character => entities[character] ?? character)
  )
}
