import { type ExitCode, exitCodes, UserError } from '../core/user-error.ts'
import type { Command } from './command.ts'
import { type CommandContext, createContext, type Surroundings } from './context.ts'
import { InterruptedError } from './interruption.ts'
import { chooseMessages, type Messages } from './messages/messages.ts'
import { bugLines, errorLines } from './screens/error-lines.ts'
import { commandHelpScreen, helpScreen } from './screens/help-screen.ts'
import { createTerminal } from './terminal/terminal.ts'
import { type CommandName, grammars } from './words/grammar.ts'
import { findNearMiss } from './words/near-miss.ts'
import { normalizeWord, parseWords, WordError } from './words/parse-words.ts'
import { describeWordProblem } from './words/word-problems.ts'

/** Every command, loaded when it is asked for: nobody waits for what they do not use. */
const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  exercise: async () => (await import('./commands/exercise.ts')).exercise,
  grade: async () => (await import('./commands/grade.ts')).grade,
  cloud: async () => (await import('./commands/cloud.ts')).cloud,
  lambda: async () => (await import('./commands/lambda.ts')).lambda,
  progress: async () => (await import('./commands/progress.ts')).progress,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  derive: async () => (await import('./commands/derive.ts')).derive,
}

/** Runs one command line and gives its exit code; whatever goes wrong is told here, and nowhere else. */
export async function runCommand(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const context = createContext(surroundings)
  try {
    return await dispatch(words, context)
  } catch (error) {
    context.live.clear()
    return explainError(error, surroundings)
  } finally {
    context.live.clear()
  }
}

async function dispatch([first, ...rest]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const name = first === undefined ? 'help' : normalizeWord(first)
  if (['help', 'ayuda', 'h'].includes(name)) {
    context.terminal.print(helpScreen(context.style))
    return exitCodes.passed
  }
  if (!isCommandName(name)) {
    const suggestion = findNearMiss(name, Object.keys(commands))
    throw new WordError({ problem: { kind: 'unknown', word: first ?? '', suggestion } })
  }
  const manifest = grammars[name].selects === 'exercises' ? await context.manifest() : []
  const request = parseWords({ command: name, words: rest, manifest })
  if (request.isHelp) {
    context.terminal.print(commandHelpScreen(name, context.style))
    return exitCodes.passed
  }
  const command = await commands[name]()
  return command(request, context)
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}

/** Says on standard error what went wrong, in the person's language, and gives the exit code for it. */
export function explainError(
  error: unknown,
  { stderr, env }: Pick<Surroundings, 'stderr' | 'env'>,
): ExitCode {
  const messages = chooseMessages(env)
  const terminal = createTerminal(stderr, env)
  const style = { paint: terminal.paint, messages }
  if (error instanceof InterruptedError) {
    terminal.print([messages.exercise.interrupted])
    return exitCodes.failed
  }
  if (error instanceof WordError) {
    terminal.print(describeWordProblem(error, style))
    return exitCodes.usage
  }
  if (error instanceof UserError) {
    terminal.print(errorLines({ message: translateCause(error, messages), nextStep: error.nextStep }, style))
    return error.exitCode
  }
  terminal.print(bugLines(error, { showStack: Boolean(env.TALLER_DEBUG) }, style))
  return exitCodes.bug
}

/** Errors from other parts come in Spanish; those that are known by their code are said in the person's language. */
function translateCause({ code, message }: UserError, { causes }: Messages): string {
  const known: Readonly<Record<string, (original: string) => string>> = causes
  return Object.hasOwn(known, code) ? (known[code]?.(message) ?? message) : message
}
