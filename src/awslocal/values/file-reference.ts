import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { CommandFailure } from '../failure.ts'
import { describeSystemError } from './system-error.ts'

/** A `file://` or `fileb://` value whose file cannot be read. */
export class FileReferenceError extends CommandFailure {
  override readonly name = 'FileReferenceError'
}

/**
 * Gives the content that `file://path` (text) or `fileb://path` (bytes) stands for, or the value itself.
 * DIFFERS: values that start with `http://` or `https://` are not fetched, as in version 2 of the AWS CLI.
 */
export function resolveFileReference(value: string): string | Uint8Array {
  if (value.startsWith('file://')) return decodeText(readReferenced(value, 'file://'), value)
  if (value.startsWith('fileb://')) return readReferenced(value, 'fileb://')
  return value
}

/** Puts the home folder for `~` and environment variables for `$NAME` and `${NAME}`, as a shell would. */
export function expandPath(path: string): string {
  const expanded = path.replace(
    /\$(?:(\w+)|\{([^}]+)\})/g,
    (whole, bare: string | undefined, braced: string | undefined) =>
      process.env[bare ?? braced ?? ''] ?? whole,
  )
  return expanded === '~' || expanded.startsWith('~/') ? homedir() + expanded.slice(1) : expanded
}

function readReferenced(reference: string, prefix: string): Uint8Array {
  const path = expandPath(reference.slice(prefix.length))
  try {
    return readFileSync(path)
  } catch (error) {
    throw new FileReferenceError(`Unable to load paramfile ${reference}: ${describeSystemError(error, path)}`)
  }
}

function decodeText(bytes: Uint8Array, reference: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch {
    throw new FileReferenceError(
      `Unable to load paramfile (${reference.slice('file://'.length)}), text contents could not be decoded.  ` +
        'If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.',
    )
  }
}
