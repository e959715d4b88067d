import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { closedByAws } from '../../scripts/list-operations.ts'
import type { AwsError } from '../../src/core/aws-error.ts'
import { s3 } from '../../src/services/s3/index.ts'
import { type GoldenCase, parseGoldenFile } from '../golden/harness/golden-file.ts'

const goldenFolder = new URL('../golden/s3/', import.meta.url)
const sourceFolder = new URL('../../src/services/s3/', import.meta.url)

function casesOf(file: string): readonly GoldenCase[] {
  return parseGoldenFile(readFileSync(new URL(file, goldenFolder), 'utf8')).cases
}

/** `PutObject` → `put-object.http`; `ListObjectsV2` → `list-objects-v2.http`. */
function fileOf(operation: string): string {
  return `${operation.replace(/(?<=.)(?=[A-Z])/g, '-').toLowerCase()}.http`
}

type Factory = (...facts: never[]) => AwsError

/** Every function of S3's `errors.ts` files, by its name. */
async function readFactories(): Promise<[string, Factory][]> {
  const paths = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' }).filter(path =>
    /(^|\/)errors\.ts$/.test(path),
  )
  const modules = await Promise.all(
    paths.map(path => import(new URL(path, sourceFolder).href) as Promise<Record<string, Factory>>),
  )
  return modules.flatMap(exported => Object.entries(exported))
}

/** Stands for any fact that an error tells: as text it is `*`, each of its members is another like it. */
const anything: object = new Proxy(() => anything, {
  get: (_, name) => {
    if (name === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 0 : '*')
    if (name === Symbol.iterator) return () => [][Symbol.iterator]()
    return name === 'toString' || name === 'toISOString' ? () => '*' : anything
  },
})

/** What an answer has in it that carries the error which a factory makes, whatever it tells of. */
function patternOf(factory: Factory): RegExp {
  const { code, message, statusCode } = factory(...(Array(4).fill(anything) as never[]))
  if (statusCode === 304) return /^HTTP\/1\.1 304 /
  const text = message.replace(/[.[\](){}?+^$|\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^HTTP/1\\.1 ${statusCode} [^]*<Code>${code}</Code><Message>${text}</Message>`)
}

/** Errors that no case shows, and why. */
const unanswerable: Readonly<Record<string, string>> = {
  s3Error: 'makes the others',
  invalidArgument: 'makes the others',
  invalidRequest: 'makes the others',
  invalidTag: 'makes the others',
  badDigest: 'makes the others',
}

const files = readdirSync(goldenFolder)
const answers = files.flatMap(file => casesOf(file).map(({ answer }) => answer.replaceAll('&quot;', '"')))

it.each(Object.keys(s3.operations).filter(operation => !closedByAws.has(operation)))(
  '%s has a golden answer of its success',
  operation => {
    const file = fileOf(operation)
    expect(files).toContain(file)
    expect(casesOf(file).some(({ answer }) => /^HTTP\/1\.1 2\d\d /.test(answer))).toBe(true)
  },
)

const known = await readFactories()

describe('every error of S3 has a golden answer', () => {
  it('and each that has none says why', () => {
    expect(Object.keys(unanswerable).filter(name => !known.some(([each]) => each === name))).toEqual([])
  })
  it.each(known.filter(([name]) => !(name in unanswerable)))('%s', (_, factory) => {
    const wanted = patternOf(factory)
    expect(answers.filter(answer => wanted.test(answer))).not.toEqual([])
  })
})
