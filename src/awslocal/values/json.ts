import { locateJsonError } from './json-error.ts'

/** JSON that does not parse; the message is the one the AWS CLI shows. */
export class JsonError extends Error {
  override readonly name = 'JsonError'
}

/** Parses JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new JsonError(locateJsonError(text) ?? error.message)
  }
}
