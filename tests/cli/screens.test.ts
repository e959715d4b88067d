import { describe, expect, test } from 'vitest'
import { liveEvidence } from '../../src/cli/evidence/live-evidence.ts'
import { snapshotEvidence } from '../../src/cli/evidence/saved-evidence.ts'
import type { Deployment } from '../../src/cli/functions/deploy-function.ts'
import { toManifest } from '../../src/cli/manifest/manifest.ts'
import { languages } from '../../src/cli/messages/messages.ts'
import { cloudBanner, requestLine } from '../../src/cli/screens/cloud-screen.ts'
import { conclusionLines } from '../../src/cli/screens/conclusion-lines.ts'
import { diffScreen } from '../../src/cli/screens/diff-screen.ts'
import { doctorScreen } from '../../src/cli/screens/doctor-screen.ts'
import { type ExerciseScreenOptions, exerciseScreen } from '../../src/cli/screens/exercise-screen.ts'
import { logLines } from '../../src/cli/screens/function-log.ts'
import { gradeScreen } from '../../src/cli/screens/grade-screen.ts'
import { commandHelpScreen, helpScreen } from '../../src/cli/screens/help-screen.ts'
import { hintScreen } from '../../src/cli/screens/hint-lines.ts'
import { deploymentLines, followingLines } from '../../src/cli/screens/lambda-screen.ts'
import { nextScreen } from '../../src/cli/screens/next-screen.ts'
import { progressScreen } from '../../src/cli/screens/progress-screen.ts'
import { hintLines } from '../../src/cli/screens/request-hint.ts'
import type { ScreenStyle } from '../../src/cli/screens/screen.ts'
import { waitingLines, watchScreen } from '../../src/cli/screens/watch-screen.ts'
import type { GradedState } from '../../src/cli/state/progress-file.ts'
import type { StandingEntry } from '../../src/cli/state/standing.ts'
import { widthOf } from '../../src/cli/terminal/layout.ts'
import { colourPaint, plainPaint } from '../../src/cli/terminal/paint.ts'
import type { CommandName } from '../../src/cli/words/grammar.ts'
import { grammars } from '../../src/cli/words/grammar.ts'
import type { GradeReport } from '../../src/course/report.ts'
import { sampleModules, sampleReport, sampleResult, untouched } from './sample-report.ts'

const manifest = toManifest(sampleModules)

const starters = sampleReport([
  sampleResult(
    '9.2.1',
    {
      'crea-bucket': {
        verdict: 'fail',
        expected: 'el bucket taller-7f3a existe',
        found: '404 NoSuchBucket',
        tryIt: 's3api head-bucket --bucket taller-7f3a',
      },
      'dos-veces': { verdict: 'crash', found: '«Falta escribir asegurarBucket» (objetos.ts:14)' },
      'todas-las-claves': { verdict: 'skipped', found: 'espera a «asegurarBucket crea el bucket»' },
      bytes: { verdict: 'timeout', found: 'descargar no terminó en 20 s' },
    },
    { text: 'hola\n\u001b[2J\u001b[H✓ 9.2.1 objetos 30/30\rlisto\n', omittedBytes: 12345 },
  ),
  untouched('9.2.2'),
  sampleResult('9.2.3', { oro: { verdict: 'fail', found: 'la media es otra' } }),
])

const allPassed = sampleReport([sampleResult('9.2.1')])

const solutions = sampleReport([sampleResult('9.2.1'), sampleResult('9.2.2'), sampleResult('9.2.3')], {
  source: 'solutions',
})

const onLocalStack = sampleReport(
  [
    sampleResult('9.1.1'),
    sampleResult('9.2.1', { bytes: { verdict: 'fail', expected: '12 bytes', found: '11 bytes' } }),
    sampleResult('9.2.2', {
      reloj: { verdict: 'unsupported', found: 'necesita mover el reloj, y esta nube no puede' },
    }),
    untouched('9.2.3'),
  ],
  { target: 'localstack' },
)

const brokenCloud = sampleReport([
  sampleResult('9.2.1', {
    bytes: { verdict: 'environment', found: 'no hay una nube que responda en http://127.0.0.1:1' },
  }),
  sampleResult('9.2.3', { oro: { verdict: 'bug', found: 'TypeError: x is not a function' } }),
])

function exerciseLines(report: GradeReport, options: Partial<ExerciseScreenOptions>) {
  return (style: ScreenStyle): string[] => {
    const all = {
      detail: 'first-failure',
      evidence: snapshotEvidence,
      hintLevel: 1,
      line: 14,
      ...options,
    } as const
    return [
      ...exerciseScreen(report, all, style),
      ...conclusionLines({ report, manifest, line: all.line }, style),
    ]
  }
}

const graded: GradedState = {
  fileHash: 'a',
  target: 'embedded',
  seed: 1,
  gradedAt: '2026-11-23T10:31:07.000Z',
  earned: 100,
  possible: 100,
  passed: true,
  checks: [{ id: 'pregunta', verdict: 'pass' }],
}

const failing: GradedState = {
  ...graded,
  earned: 6,
  possible: 30,
  passed: false,
  checks: [
    { id: 'crea-bucket', verdict: 'pass' },
    { id: 'bytes', verdict: 'fail' },
  ],
}

const standings: StandingEntry[] = manifest.flatMap(module =>
  module.exercises.map((exercise): StandingEntry => {
    const entry = { module, exercise, state: {} }
    if (exercise.id === '9.1.1') return { ...entry, standing: { kind: 'passed', graded } }
    if (exercise.id === '9.2.1') return { ...entry, standing: { kind: 'failing', graded: failing } }
    return { ...entry, standing: { kind: exercise.id === '9.2.2' ? 'changed' : 'untouched' } }
  }),
)

function entry(id: string): StandingEntry {
  const found = standings.find(({ exercise }) => exercise.id === id)
  if (!found) throw new Error(`no sample exercise ${id}`)
  return found
}

const liveCloud = { cloud: { endpoint: 'http://127.0.0.1:41873', accountId: '123456789012' }, seed: 48213 }

const yours = {
  name: 'exercises/9.2-s3-data-lake/objetos.ts',
  text: "import { S3Client } from 's3'\n\nexport function crear() {\n  // TODO\n  throw new Error('Falta escribir crear')\n}\n",
}
const solution = {
  name: 'solutions/9.2-s3-data-lake/objetos.ts',
  text: "import { S3Client } from 's3'\n\nexport function crear() {\n  const s3 = new S3Client({})\n  return s3\n  // listo\n}\n",
}

const request = {
  time: new Date(2026, 10, 23, 10, 31, 7).getTime(),
  service: 's3',
  operation: 'GetObject',
  resource: 'lago/raw/red%2Bflower.csv',
  milliseconds: 4,
}

const keepingCloud = {
  port: 4566,
  services: ['s3', 'sts'],
  startMilliseconds: 142.4,
  enforcesIam: false,
  verifiesSignatures: false,
}

const screens: Readonly<Record<string, (style: ScreenStyle) => string[]>> = {
  'exercise-starters': exerciseLines(starters, {}),
  'exercise-passed': exerciseLines(allPassed, { detail: 'all', line: undefined }),
  'exercise-solutions': exerciseLines(solutions, { detail: 'all', evidence: undefined, line: undefined }),
  'exercise-environment': exerciseLines(brokenCloud, { line: undefined }),
  'watch-failing': style => [
    ...watchScreen(
      { report: starters, manifest, line: 14 },
      { detail: 'all', evidence: liveEvidence({ ...liveCloud, hasAwsCli: false }), hintLevel: 2, line: 14 },
      style,
    ),
    ...waitingLines({ file: 'objetos.ts', hasKeys: true }, style),
  ],
  'watch-passed': style => [
    ...watchScreen(
      { report: allPassed, manifest, line: undefined },
      {
        detail: 'all',
        evidence: liveEvidence({ ...liveCloud, hasAwsCli: true }),
        hintLevel: 1,
        line: undefined,
      },
      style,
    ),
    ...waitingLines({ file: 'objetos.ts', hasKeys: false }, style),
  ],
  'grade-localstack': style => gradeScreen(onLocalStack, style),
  'grade-broken': style => gradeScreen(brokenCloud, style),
  progress: style => progressScreen(standings, style),
  next: style =>
    nextScreen({ standings, next: entry('9.2.1'), place: 'exercises/9.2-s3-data-lake/objetos.ts:14' }, style),
  hint: style => {
    const { exercise } = entry('9.2.1')
    const [check] = exercise.checks
    if (!check) throw new Error('the sample exercise has no checks')
    return hintScreen(
      { entry: entry('9.2.1'), check, level: 2, file: 'exercises/9.2-s3-data-lake/objetos.ts' },
      style,
    )
  },
  'diff-narrow': style => diffScreen({ yours, solution, columns: 80 }, style),
  'cloud-requests': style => [
    requestLine({ ...request, operation: 'PutObject', status: 200 }, style),
    requestLine({ ...request, operation: 'WEBSITE.GET.OBJECT', status: 304 }, style),
    requestLine({ ...request, operation: 'UploadPart', status: 499, brokeOff: true }, style),
    requestLine({ ...request, status: 404 }, style),
    ...hintLines(
      {
        id: 's3.encoded-key',
        facts: { key: 'raw/red+flower.csv', existing: 'raw/red flower.csv' },
        command: "npx awslocal s3api head-object --bucket lago --key 'raw/red flower.csv'",
        omitted: 3,
      },
      style,
    ),
    requestLine({ ...request, service: 'http', operation: 'GET', resource: '', status: 400 }, style),
  ],
  cloud: style => [
    ...cloudBanner(
      {
        ...keepingCloud,
        kept: {
          folder: '.taller/nube',
          found: { buckets: 2, keys: 1204, functions: 1, other: 7 },
          repairedBytes: 0,
          lostBodies: 0,
        },
      },
      style,
    ),
    ...cloudBanner(
      {
        ...keepingCloud,
        kept: { folder: '.taller/nube', found: { buckets: 0 }, repairedBytes: 1204, lostBodies: 2 },
      },
      style,
    ),
    ...cloudBanner(
      {
        port: 4600,
        services: ['s3', 'sts'],
        startMilliseconds: 98,
        enforcesIam: true,
        verifiesSignatures: true,
      },
      style,
    ),
  ],
  lambda: style => {
    const deployed = { name: 'procesar-csv', folder: 'lambdas/procesar-csv' }
    const endpoint = 'http://localhost:4566'
    const success = { kind: 'deployed', milliseconds: 412.3, zipBytes: 298_907 } as const
    const deployments: readonly Deployment[] = [
      { ...success, change: 'created' },
      { ...success, change: 'updated' },
      { ...success, change: 'same' },
      {
        kind: 'refused',
        message: 'no compila: hay un texto sin cerrar: faltan las comillas',
        where: 'lambdas/procesar-csv/index.ts:3:5',
      },
      { kind: 'refused', message: 'no existe index.ts' },
      {
        kind: 'failed',
        message:
          'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.',
      },
      { kind: 'unanswered' },
    ]
    const event = { eventId: '1', timestamp: new Date(2024, 0, 1, 9, 5, 7).getTime(), logStreamName: 's' }
    const console = '2024-01-01T09:05:07.123Z\t8f5c1d3e-0000-4000-8000-000000000000\t'
    const stack = [
      'TypeError: sin nombre',
      '    at leer (/tmp/taller-nube-1/functions/08/task/lib/leer.ts:4:9)',
      '    at Object.handler (/var/task/index.ts:9:3)',
      '    at runBuffered (/opt/taller/src/services/lambda/runtime/bootstrap/node/calls.cjs:78:25)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ]
    const error = JSON.stringify({ errorType: 'TypeError', errorMessage: 'sin nombre', stack })
    const logged = [
      'START RequestId: 8f5 Version: $LATEST\n',
      `${console}INFO\tdos líneas\nde una vez\u001b[2J\n`,
      `${console}INFO\t{"filas": 3}\n`,
      `${console}ERROR\tInvoke Error \t${error}\n`,
    ]
    return [
      ...deployments.flatMap(deployment => deploymentLines({ deployed, deployment, endpoint }, style)),
      ...followingLines(deployed, endpoint, style),
      ...followingLines(deployed, 'http://127.0.0.1:4600', style),
      ...logged.flatMap(message => logLines({ ...event, message }, deployed, style)),
    ]
  },
  doctor: style =>
    doctorScreen(
      [
        { state: 'good', label: 'Node', text: 'v20.20.2' },
        { state: 'missing', label: 'taller', text: 'sin construir', remedy: 'npm run build' },
        { state: 'info', label: 'Docker', text: 'no está: solo hace falta para LocalStack' },
      ],
      style,
    ),
  help: style => helpScreen(style),
  ...Object.fromEntries(
    (Object.keys(grammars) as CommandName[]).map(name => [
      `help-${name}`,
      (style: ScreenStyle) => commandHelpScreen(name, style),
    ]),
  ),
}

/** Lines that are there to be copied are never broken, however long. */
function mayBeLong(line: string): boolean {
  return /npx awslocal|aws --endpoint-url|https?:\/\/|^[-+] /.test(line)
}

describe.each(['es', 'en'] as const)('screens in %s', language => {
  const style: ScreenStyle = { paint: plainPaint, messages: languages[language] }

  test.each(Object.keys(screens))('%s', async name => {
    const lines = screens[name]?.(style) ?? []
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`screens/${language}/${name}.txt`)
    for (const line of lines) {
      expect(line).not.toMatch(/\p{Cc}/u)
      if (!mayBeLong(line)) expect(widthOf(line), line).toBeLessThanOrEqual(80)
    }
  })
})

describe('screens', () => {
  test.each(Object.keys(screens))('colour only adds to %s', name => {
    const plain = screens[name]?.({ paint: plainPaint, messages: languages.es }).join('\n')
    const coloured = screens[name]?.({ paint: colourPaint, messages: languages.es }).join('\n') ?? ''
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are what is taken away
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain)
  })

  test('from 100 columns on, two files stand side by side', async () => {
    const style = { paint: plainPaint, messages: languages.es }
    const lines = diffScreen({ yours, solution, columns: 120 }, style)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('screens/es/diff-wide.txt')
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(120)
  })

  test('equal files have no differences, whatever their line ends', () => {
    const style = { paint: plainPaint, messages: languages.es }
    const windows = { ...yours, text: yours.text.replaceAll('\n', '\r\n') }
    expect(diffScreen({ yours: windows, solution: yours, columns: 80 }, style)).toEqual([])
  })

  test.each([
    ['event', 'ok', 'ObjectCreated:Put datalake/raw/ventas.csv', 'evento ObjectCreated:Put            ok'],
    ['call', 'error', 'Invoke', 'invocación                       error'],
    ['url', 'ok', 'GET /hola', 'url GET /hola                       ok'],
    ['event', 'undelivered', 'Success → arn:x', 'sin entregar: Success → arn:x    error'],
  ] as const)('an invocation (%s, %s) stands under what caused it', (cause, outcome, resource, told) => {
    const style = { paint: plainPaint, messages: languages.es }
    const line = requestLine(
      {
        time: 0,
        service: 'lambda',
        operation: 'procesar-csv',
        resource,
        status: 200,
        milliseconds: 212,
        invocation: { cause, outcome },
      },
      style,
    )
    expect(line).toMatch(/^\d\d:\d\d:\d\d lambda {2}└─ procesar-csv {2}/)
    expect(line.slice(34)).toBe(`${told}  212 ms`)
    expect(widthOf(line)).toBeLessThanOrEqual(80)
  })

  test('a request is one line, whatever its resource', () => {
    const style = { paint: plainPaint, messages: languages.es }
    const resource = `datalake/${'muy/'.repeat(40)}larga\n✓ forged.csv`
    const request = {
      time: 0,
      service: 's3',
      operation: 'PutObject',
      resource,
      status: 404,
      milliseconds: 4.4,
    }
    const line = requestLine(request, style)
    expect(line).toMatch(/^\d\d:\d\d:\d\d s3 {6}PutObject {8}datalake\/.*… 404 {4}4 ms$/)
    expect(widthOf(line)).toBeLessThanOrEqual(80)
  })

  test.each([
    [
      's3',
      'GetBucketNotificationConfiguration',
      'datalake-curso',
      'GetBucketNotificationConfiguration datalake-curso  ',
    ],
    [
      's3',
      'PutObject',
      'lago/raw/a%C3%B1o%20nuevo.csv',
      'PutObject        lago/raw/año nuevo.csv            ',
    ],
    ['s3', 'PutObject', 'lago/raw/%zz', 'PutObject        lago/raw/%zz                      '],
    [
      'lambda',
      'Invoke',
      '2015-03-31/functions/f/invocations',
      'Invoke           f/invocations                     ',
    ],
    ['lambda', 'ListFunctions', '2015-03-31/functions/', `ListFunctions    ${' '.repeat(34)}`],
  ])(
    '%s %s keeps its column and names its resource as its reader does',
    (service, operation, resource, told) => {
      const style = { paint: plainPaint, messages: languages.es }
      const line = requestLine({ time: 0, service, operation, resource, status: 200, milliseconds: 3 }, style)
      expect(line.slice(17)).toBe(`${told} 200    3 ms`)
    },
  )
})
