import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Outcome, Running } from './outcome.ts'
import { splitWords } from './words.ts'

/** One command that both tools must do alike. */
export interface Case {
  /** After `aws` or `awslocal`; `BUCKET` and `STREAM` stand for names that each tool has of its own. */
  readonly line: string
  readonly input?: string
  /** Lines may come in any order: several transfers run at once. */
  readonly anyOrder?: boolean
  /** A file that the command leaves in its folder. */
  readonly leaves?: string
}

/** One of the two tools, with its own names and folder. */
export interface Side {
  readonly tool: Running
  readonly names: Readonly<Record<string, string>>
  readonly folder: string
}

/** Runs a command with both tools and expects the same exit status, output and errors. */
export async function expectSame(given: Case, aws: Side, awslocal: Side): Promise<void> {
  const expected = await runCase(given, aws)
  const found = await runCase(given, awslocal)
  expect(found).toEqual(expected)
}

async function runCase(given: Case, { tool, names, folder }: Side): Promise<Outcome & { left?: string }> {
  const line = Object.entries(names).reduce(
    (text, [placeholder, name]) => text.replaceAll(placeholder, name),
    given.line,
  )
  const { status, stdout, stderr } = await tool.run(splitWords(line), {
    folder,
    ...(given.input === undefined ? {} : { input: given.input }),
  })
  const mask = (text: string): string =>
    sortIf(given.anyOrder === true, maskText(withoutProgress(text), { names, folder }))
  const left = given.leaves === undefined ? {} : { left: readFileSync(join(folder, given.leaves), 'utf8') }
  return { status, stdout: mask(stdout), stderr: mask(withoutUsage(stderr)), ...left }
}

/** The AWS CLI shows its progress in pipes as well, each line written over the one before. */
function withoutProgress(text: string): string {
  return text
    .split('\n')
    .map(line => line.replace(/^[^\n]*\r(?!$)/, '').replace(/^Completed .*\r$/, ''))
    .map(line => (/^(upload|download|copy|move|delete): /.test(line) ? line.trimEnd() : line))
    .join('\n')
    .replace(/\n\s*\n$/, '\n')
}

/** What stands before the message is in the language of each tool, and the choices are those of each tool's AWS models. */
function withoutUsage(stderr: string): string {
  const message = /(?:^|\n)(?:aws|awslocal): (error: [\s\S]*)$/.exec(stderr)?.[1]
  const choices = /^(error: argument \w+: Invalid choice), valid choices are:\n[\s\S]*?(?:\n\n\n|\n$)/
  if (message !== undefined && choices.test(message)) return message.replace(choices, '$1 ')
  if (message !== undefined && !stderr.includes('usage: aws [options] <command> <subcommand> [parameters]'))
    return message
  return /\n(Unknown options: [^\n]*\n)$/.exec(stderr)?.[1] ?? stderr
}

const masks: readonly [RegExp, string][] = [
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{4})?/g, '<time>'],
  [/\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT/g, '<time>'],
  [/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/g, '<time>'],
  [/\b1\d{9}\.\d{1,6} */g, '<time>'],
  [
    /("(?:VersionId|UploadId|RevisionId|CodeSha256|ShardIterator|UUID|nextSequenceToken|uploadSequenceToken|LogResult)": )"(?!null")[^"]*"/g,
    '$1"<id>"',
  ],
  [/\bA[A-Z0-9]{20}\b/g, '<id>'],
  [/("(?:UserId|InstanceProfileId)": )"[^"]*"/g, '$1"<id>"'],
  [/("(?:creationTime|lastIngestionTime|ingestionTime)": )\d+/g, '$1<time>'],
]

function maskText(text: string, { names, folder }: Pick<Side, 'names' | 'folder'>): string {
  const named = Object.entries(names).reduce(
    (masked, [placeholder, name]) => masked.replaceAll(name, placeholder),
    text,
  )
  return masks.reduce(
    (masked, [pattern, mask]) => masked.replace(pattern, mask),
    named.replaceAll(folder, '<folder>'),
  )
}

function sortIf(sorts: boolean, text: string): string {
  return sorts ? text.split('\n').sort().join('\n') : text
}
