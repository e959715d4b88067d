import { invalidPattern } from '../errors.ts'
import { patternQuota } from '../limits.ts'
import { compileDelimited, type FieldValues } from './delimited.ts'
import { compileJson } from './json.ts'
import { compileTerms } from './terms.ts'

/** A filter pattern, ready to be asked about messages. */
export interface FilterPattern {
  matches(message: string): boolean
  /** What TestMetricFilter shows of a message that matches: the fields of a space-delimited pattern. */
  extract(message: string): FieldValues
}

const noValues: FieldValues = {}

/**
 * Compiles a filter pattern of any kind; an empty one matches everything.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws AwsError InvalidParameterException
 */
export function compilePattern(pattern: string): FilterPattern {
  const text = pattern.trim()
  if (text === '') return { matches: () => true, extract: () => noValues }
  if (text.startsWith('{')) {
    refuseUnclosed(text, '{', '}')
    return { matches: compileJson(text.slice(1, -1), countRegexes()), extract: () => noValues }
  }
  if (text.startsWith('[')) {
    refuseUnclosed(text, '[', ']')
    return compileDelimited(text.slice(1, -1), countRegexes())
  }
  return { matches: compileTerms(text), extract: () => noValues }
}

function countRegexes(): () => void {
  let count = 0
  return () => {
    count += 1
    if (count > patternQuota.regexes) throw invalidPattern()
  }
}

function refuseUnclosed(text: string, opening: '{' | '[', closing: '}' | ']'): void {
  if (text.length > 1 && text.endsWith(closing)) return
  throw invalidPattern(`If a filter pattern starts with '${opening}' it must end with '${closing}'`)
}
