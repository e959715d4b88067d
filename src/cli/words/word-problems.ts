import { errorLines } from '../screens/error-lines.ts'
import type { ScreenStyle } from '../screens/screen.ts'
import { hang } from '../terminal/layout.ts'
import type { WordError } from './parse-words.ts'

/** What a person reads when their words were not understood: the cause, what was meant perhaps, and the usage. */
export function describeWordProblem(error: WordError, style: ScreenStyle): string[] {
  const { messages, paint } = style
  const lines = errorLines({ message: causeOf(error, style), nextStep: nextStepOf(error) }, style)
  if (error.command === undefined) return lines
  const usage = hang(`${messages.errors.usage} `, messages.help.usage[error.command])
  return [...lines, ...usage.map(paint.dim)]
}

function causeOf({ problem }: WordError, { messages: { errors } }: ScreenStyle): string {
  if (problem.kind === 'conflict') return errors.conflict(problem.first, problem.second)
  if (problem.kind === 'number') {
    const { word, value, minimum, maximum } = problem
    if (value === undefined) return errors.numberMissing(word, minimum, maximum)
    return errors.numberWrong(word, value, minimum, maximum)
  }
  const meant = problem.suggestion === undefined ? '' : ` ${errors.didYouMean(problem.suggestion)}`
  return `${errors.unknownWord(problem.word)}${meant}`
}

/** The command line as it was meant perhaps, else the one that explains the words. */
function nextStepOf({ command, words, problem }: WordError): string {
  const suggestion = problem.kind === 'unknown' ? problem.suggestion : undefined
  if (command === undefined) return suggestion === undefined ? 'npx taller ayuda' : `npm run ${suggestion}`
  if (problem.kind !== 'unknown' || suggestion === undefined) return `npm run ${command} ayuda`
  const meant = words.map(word => (word === problem.word ? suggestion : word))
  return `npm run ${command} ${meant.join(' ')}`
}
