import { readFile, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as iam from '@aws-sdk/client-iam'
import * as lambda from '@aws-sdk/client-lambda'
import * as s3 from '@aws-sdk/client-s3'
import * as sts from '@aws-sdk/client-sts'
import type { ServiceModel } from '../src/wire/model.ts'

/** One `src/services/<id>/model.ts`: the SDK's operation schemas by name, imported one by one so that a bundler drops the rest. */
interface ModelSource {
  /** The service's folder, e.g. `s3`. */
  readonly id: string
  /** The npm package that exports the schemas. */
  readonly packageName: string
  /** What that package exports. */
  readonly exports: Readonly<Record<string, unknown>>
  /** How the service talks, as AWS's model says it. */
  readonly facts: Omit<ServiceModel, 'operations' | 'elementOrder'>
}

/** Every model that is checked in; a new service adds a line. */
export const modelSources: readonly ModelSource[] = [
  {
    id: 's3',
    packageName: '@aws-sdk/client-s3',
    exports: s3,
    facts: {
      protocol: 'restXml',
      xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
      unwrappedOutputs: { GetBucketLocation: 'LocationConstraint' },
    },
  },
  {
    id: 'sts',
    packageName: '@aws-sdk/client-sts',
    exports: sts,
    facts: {
      protocol: 'query',
      version: '2011-06-15',
      xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    },
  },
  {
    id: 'iam',
    packageName: '@aws-sdk/client-iam',
    exports: iam,
    facts: {
      protocol: 'query',
      version: '2010-05-08',
      xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    },
  },
  {
    id: 'logs',
    packageName: '@aws-sdk/client-cloudwatch-logs',
    exports: logs,
    facts: { protocol: 'awsJson1.1', targetPrefix: 'Logs_20140328' },
  },
  {
    id: 'lambda',
    packageName: '@aws-sdk/client-lambda',
    exports: lambda,
    facts: { protocol: 'restJson1' },
  },
]

/** Smithy's tag of an operation, the first element of its static schema. */
const operationTag = 9

/** The file that holds a service's model, from the repository's root. */
export function modelPath(source: ModelSource): string {
  return `src/services/${source.id}/model.ts`
}

/** The text of `modelPath(source)`, already in the formatter's shape. */
export function renderModel(source: ModelSource): string {
  const names = operationNames(source.exports)
  return `// Written by \`npm run generate\` from the schemas of ${source.packageName}; do not edit.
import {
${names.map(name => `  ${name}$,`).join('\n')}
} from '${source.packageName}'
import type { ServiceModel } from '../../wire/model.ts'

/** Every operation of ${source.id} as AWS models it. */
export const ${source.id}Model: ServiceModel = {
${Object.entries(source.facts)
  .map(([name, value]) => `  ${name}: ${renderValue(value)},`)
  .join('\n')}
  operations: {
${names.map(name => `    ${name}: ${name}$,`).join('\n')}
  },
}
`
}

function renderValue(value: string | Readonly<Record<string, string>>): string {
  if (typeof value === 'string') return `'${value}'`
  const members = Object.entries(value).map(([name, text]) => `${name}: '${text}'`)
  return `{ ${members.join(', ')} }`
}

function operationNames(exports: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(exports)
    .filter(([name, value]) => name.endsWith('$') && Array.isArray(value) && value[0] === operationTag)
    .map(([name]) => name.slice(0, -1))
    .sort(compareIgnoringCase)
}

/** The order that the formatter gives to imports. */
function compareIgnoringCase(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()]
  if (a === b) return 0
  return a < b ? -1 : 1
}

async function writeModels(): Promise<void> {
  for (const source of modelSources) {
    const path = new URL(`../${modelPath(source)}`, import.meta.url)
    const text = renderModel(source)
    const current = await readFile(path, 'utf8').catch(() => undefined)
    if (current !== text) await writeFile(path, text)
    console.log(`${modelPath(source)}: ${current === text ? 'unchanged' : 'written'}`)
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  await writeModels()
